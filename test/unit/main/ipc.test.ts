import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accept, refuse } from '../../../contract/result.ts';
import { FileTickets } from '../../../main/files/file-tickets.ts';
import { replaceTickets } from '../../../main/files/replace-tickets.ts';
import { checkBounds } from '../../../main/ipc/input-bounds.ts';
import { checkSender, type Sender } from '../../../main/ipc/sender.ts';
import { withoutPaths } from '../../../main/ipc/without-paths.ts';

type Frame = Sender['senderFrame'];
const frame = (origin: string, parent: Frame = null): Frame => ({ origin, parent }) as unknown as Frame;

test('REQ-OTA-UI-02 only the main frame of our own window, at our own origin, is answered', () => {
  const ours = frame('app://drydock');
  const contents = { mainFrame: ours } as unknown as Parameters<typeof checkSender>[1];
  assert.equal(checkSender({ senderFrame: ours }, contents), null);
  const other = frame('https://example.com');
  const within = frame('app://drydock', ours);
  for (const [senderFrame, window] of [
    [null, contents],
    [ours, null],
    [frame('app://drydock'), contents],
    [within, { mainFrame: within }],
    [other, { mainFrame: other }],
    [frame('app://drydock.evil'), { mainFrame: frame('app://drydock.evil') }],
    [frame(''), { mainFrame: frame('') }],
  ] as const) {
    const refused = checkSender({ senderFrame }, window as unknown as Parameters<typeof checkSender>[1]);
    assert.equal(refused?.code, 'window.sender-refused');
  }
});

test('REQ-OTA-UI-02 an input has bounds of size and depth, and holds nothing but plain values', () => {
  assert.equal(checkBounds({ a: ['x', 1, null, undefined, { b: true }] }), null);
  let deep: unknown = 0;
  for (let depth = 0; depth < 20; depth += 1) deep = { deep };
  for (const [input, code] of [
    [deep, 'window.input-too-large'],
    ['x'.repeat(2 * 1024 * 1024 + 1), 'window.input-too-large'],
    [{ ['k'.repeat(2 * 1024 * 1024)]: 'xx' }, 'window.input-too-large'],
    [Array.from({ length: 20_001 }, () => 0), 'window.input-too-large'],
    [new Array(4_000_000_000), 'window.input-too-large'],
    [new Map(), 'station.input-invalid'],
    [new Date(), 'station.input-invalid'],
    [new Uint8Array(1), 'station.input-invalid'],
    [new Error('x'), 'station.input-invalid'],
    [Number.NaN, 'station.input-invalid'],
    [1n, 'station.input-invalid'],
    [() => 1, 'station.input-invalid'],
    [Object.create({ inherited: 1 }), 'station.input-invalid'],
  ] as const) {
    assert.equal(checkBounds(input)?.code, code);
  }
  const cycle: Record<string, unknown> = {};
  cycle['self'] = cycle;
  assert.equal(checkBounds(cycle)?.code, 'window.input-too-large');
});

function ticketsFor(session: () => number): FileTickets {
  let next = 0;
  return new FileTickets((length) => new Uint8Array(length).fill((next += 1)), session);
}

test('REQ-OTA-UI-02 a ticket is good for its purpose and its session alone', () => {
  let session = 1;
  const tickets = ticketsFor(() => session);
  const { ticket, name, lenBytes } = tickets.issue('/media/stick/pump.zip', 'bundle', 7);
  assert.deepEqual([name, lenBytes], ['pump.zip', 7]);
  assert.deepEqual(tickets.pathOf(ticket, 'bundle'), accept('/media/stick/pump.zip'));
  assert.equal(tickets.pathOf(ticket, 'policy').ok, false);
  assert.equal(tickets.pathOf(`ticket:${'A'.repeat(43)}`, 'bundle').ok, false);
  session = 2;
  assert.equal(tickets.pathOf(ticket, 'bundle').ok, false);
  tickets.expire();
  session = 1;
  assert.equal(tickets.pathOf(ticket, 'bundle').ok, false, 'forgotten, not only hidden');
});

test('tickets are bounded in number; the oldest go', () => {
  let next = 0;
  const random = (length: number): Uint8Array => {
    const bytes = Buffer.alloc(length);
    bytes.writeUInt32LE((next += 1));
    return bytes;
  };
  const tickets = new FileTickets(random, () => 1);
  const first = tickets.issue('/a', 'bundle', 1);
  const second = tickets.issue('/b', 'bundle', 1);
  for (let count = 0; count < 1023; count += 1) tickets.issue('/c', 'bundle', 1);
  assert.equal(tickets.pathOf(first.ticket, 'bundle').ok, false);
  assert.equal(tickets.pathOf(second.ticket, 'bundle').ok, true);
});

test('REQ-OTA-UI-02 tickets are replaced wherever a path stands, and a path itself is refused', () => {
  const known = new Map([
    ['t1', '/one'],
    ['t2', '/two'],
  ]);
  const tickets = {
    pathOf: (ticket: string) => {
      const path = known.get(ticket);
      return path === undefined ? refuse('window.file-unknown', 'no') : accept(path);
    },
  };
  const fields = { 'packages.*.document': 'trust-package', 'packages.*.signature': 'trust-signature' } as const;
  const input = { packages: [{ document: 't1', signature: 't2', other: 't1' }], begin: null };
  assert.deepEqual(
    replaceTickets(input, fields, tickets),
    accept({
      input: { packages: [{ document: '/one', signature: '/two', other: 't1' }], begin: null },
      paths: ['/one', '/two'],
    }),
  );
  assert.equal(input.packages[0]?.document, 't1', 'the input itself is left as it was');
  const refused = replaceTickets({ path: '/etc/passwd' }, { path: 'bundle' }, tickets);
  assert.equal(refused.ok ? '' : refused.code, 'window.file-unknown');
  for (const odd of [
    null,
    7,
    'text',
    [],
    {},
    { path: 7 },
    { path: null },
    { packages: 'x' },
    { packages: [null, 3] },
  ]) {
    assert.deepEqual(
      replaceTickets(odd, { path: 'bundle', ...fields }, { pathOf: tickets.pathOf }),
      odd === 'text' ? accept({ input: 'text', paths: [] }) : accept({ input: odd, paths: [] }),
    );
  }
});

test('REQ-OTA-UI-02 a refusal names a file by the last part of its path', () => {
  const refusal = refuse('station.file-unreadable', '/media/ada/stick/pump.zip cannot be read; see /media/ada/stick.', {
    path: '/media/ada/stick/pump.zip',
    size: 3,
  });
  assert.deepEqual(
    withoutPaths(refusal, ['/media/ada/stick/pump.zip']),
    refuse('station.file-unreadable', 'pump.zip cannot be read; see stick.', { path: 'pump.zip', size: 3 }),
  );
  assert.deepEqual(withoutPaths(refuse('station.fault', 'a / b'), ['/']), refuse('station.fault', 'a / b'));
});
