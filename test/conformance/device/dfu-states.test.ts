import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DfuState } from '../../../core/device/dfu/constants.ts';
import type { DfuStateName } from '../../../core/device/dfu/constants.ts';
import { openSession, streamChunks } from '../../helpers/scripted-dfu-session.ts';
import { statusBytes } from '../../helpers/scripted-usb-device.ts';
import { TestClock } from '../../helpers/test-clock.ts';
import { imageChunks, openVirtualSession } from '../../helpers/virtual-dfu-session.ts';
import type { VirtualDfuSession } from '../../helpers/virtual-dfu-session.ts';

/** USB DFU 1.1 (USB-IF, 5 August 2004): what the host may ask in which state, and what it must make of each answer. */
const POLL_MS = { dfuDNBUSY: 50, dfuMANIFEST: 80 };
const TOLERANT = 0x0f;
const NOT_TOLERANT = 0x0b;
const ignore = () => undefined;
const image = Uint8Array.from({ length: 200 }, (_, at) => at);
const download = (session: VirtualDfuSession['session']) =>
  session.download(1, { image: imageChunks(image, 64), lenBytes: image.byteLength, progress: ignore });
const upload = (session: VirtualDfuSession['session'], lenBytes: number) =>
  session.upload(1, { lenBytes, chunk: ignore, progress: ignore });
const nameOf = (result: { readonly ok: boolean; readonly code?: string; readonly value?: unknown }) =>
  result.ok ? result.value : result.code;

/** Drives a virtual unit into a state by the shortest legal way. */
async function reach(state: DfuStateName): Promise<VirtualDfuSession> {
  const attributes = state === 'dfuMANIFEST-WAIT-RESET' ? NOT_TOLERANT : TOLERANT;
  const clock = new TestClock();
  const unit = await openVirtualSession({ transferBytes: 64, attributes, pollTimeoutMs: POLL_MS }, { clock });
  const { port, log } = unit;
  assert.ok((await port.selectAlternate(1)).ok);
  const way: Partial<Record<DfuStateName, number>> = {
    'dfuDNLOAD-SYNC': 1,
    dfuDNBUSY: 2,
    'dfuDNLOAD-IDLE': 3,
    'dfuMANIFEST-SYNC': 4,
    dfuMANIFEST: 5,
    'dfuMANIFEST-WAIT-RESET': 6,
  };
  const steps = [
    () => port.download(0, new Uint8Array(8)),
    () => port.getStatus(),
    () => {
      clock.advance(POLL_MS.dfuDNBUSY);
      return port.getStatus();
    },
    () => port.download(1, new Uint8Array(0)),
    () => port.getStatus(),
    () => {
      clock.advance(POLL_MS.dfuMANIFEST);
      return port.getStatus();
    },
  ];
  for (const step of steps.slice(0, way[state] ?? 0)) assert.ok((await step()).ok, state);
  if (state === 'dfuUPLOAD-IDLE') assert.ok((await port.upload(0, 64)).ok);
  if (state === 'dfuERROR') assert.ok(!(await port.clearStatus()).ok);
  log.length = 0;
  return unit;
}

for (const [clause, what, options, expected, requests] of [
  [
    'A.2.3, A.2.4, A.2.6, A.2.7',
    'a download to a unit that is never busy',
    { pollTimeoutMs: {} },
    'idle',
    'GETSTATE DNLOAD GETSTATUS DNLOAD GETSTATUS DNLOAD GETSTATUS DNLOAD GETSTATUS DNLOAD GETSTATUS GETSTATUS',
  ],
  [
    'A.2.5, A.2.8',
    'a download to a unit that is busy with each block and with manifestation',
    { pollTimeoutMs: POLL_MS },
    'idle',
    `GETSTATE${' DNLOAD GETSTATUS GETSTATUS'.repeat(4)} DNLOAD GETSTATUS GETSTATUS`,
  ],
  [
    'A.2.9',
    'a download to a unit that does not tolerate manifestation',
    { pollTimeoutMs: POLL_MS, attributes: NOT_TOLERANT },
    'reset-needed',
    `GETSTATE${' DNLOAD GETSTATUS GETSTATUS'.repeat(4)} DNLOAD GETSTATUS GETSTATUS`,
  ],
  [
    '§6.1.2',
    'a download to a unit with a pause in every state',
    { pollTimeoutMs: Object.fromEntries(Object.keys(DfuState).map((state) => [state, 7])) },
    'idle',
    `GETSTATE${' DNLOAD GETSTATUS GETSTATUS'.repeat(4)} DNLOAD GETSTATUS GETSTATUS`,
  ],
] as const) {
  test(`REQ-OTA-USB-01 DFU 1.1 ${clause}: ${what} asks nothing that its state forbids, and nothing twice`, async () => {
    const { session, log } = await openVirtualSession({ transferBytes: 64, ...options });
    assert.equal(nameOf(await download(session)), expected);
    assert.deepEqual(log.join(' '), requests);
  });
}

test('REQ-OTA-USB-01 DFU 1.1 A.2.3, A.2.10: an upload asks nothing that its state forbids, and ends in dfuIDLE by ABORT', async () => {
  const { session, port, log } = await openVirtualSession({ transferBytes: 64 });
  assert.ok((await upload(session, 200)).ok);
  assert.equal(log.join(' '), 'GETSTATE UPLOAD UPLOAD UPLOAD UPLOAD GETSTATE ABORT GETSTATE');
  assert.equal(nameOf(await port.getState()), 'dfuIDLE');
});

test('REQ-OTA-USB-01 DFU 1.1 §6.2: a short frame ends an upload, after which the unit is in dfuIDLE without ABORT', async () => {
  const { session, log } = await openVirtualSession({ transferBytes: 4096, slotBytes: 64 * 1024 });
  const whole = 64 * 1024;
  assert.ok((await upload(session, whole)).ok);
  assert.equal(log.filter((name) => name === 'ABORT').length, 1);
  log.length = 0;
  assert.equal(nameOf(await upload(session, whole + 1)), 'device.upload-short');
  assert.equal(log.slice(-2).join(' '), 'UPLOAD GETSTATE');
});

/** How the host finds its way to dfuIDLE from each state in which another host may have left the unit. */
const WAY_TO_IDLE: Readonly<Record<Exclude<DfuStateName, 'appIDLE' | 'appDETACH'>, readonly [string, string, string]>> =
  {
    dfuIDLE: ['A.2.3', 'idle', 'GETSTATE'],
    'dfuDNLOAD-SYNC': ['A.2.4', 'idle', 'GETSTATE GETSTATUS GETSTATUS GETSTATE ABORT GETSTATE'],
    dfuDNBUSY: ['A.2.5', 'idle', 'GETSTATE stalled GETSTATUS CLRSTATUS GETSTATE'],
    'dfuDNLOAD-IDLE': ['A.2.6', 'idle', 'GETSTATE ABORT GETSTATE'],
    'dfuMANIFEST-SYNC': ['A.2.7', 'idle', 'GETSTATE ABORT stalled GETSTATE CLRSTATUS GETSTATE'],
    dfuMANIFEST: ['A.2.8', 'idle', 'GETSTATE stalled GETSTATUS CLRSTATUS GETSTATE'],
    'dfuMANIFEST-WAIT-RESET': ['A.2.9', 'device.power-cycle-needed', 'GETSTATE'],
    'dfuUPLOAD-IDLE': ['A.2.10', 'idle', 'GETSTATE ABORT GETSTATE'],
    dfuERROR: ['A.2.11', 'idle', 'GETSTATE CLRSTATUS GETSTATE'],
  };
for (const [state, [clause, expected, requests]] of Object.entries(WAY_TO_IDLE)) {
  test(`REQ-OTA-APP-04 DFU 1.1 ${clause}: from ${state}, where another host left the unit, to ${expected}`, async () => {
    const { session, port, log } = await reach(state as DfuStateName);
    const recovered = await session.recover();
    assert.equal(recovered.ok ? 'idle' : recovered.code, expected);
    assert.equal(log.join(' '), requests);
    if (recovered.ok) assert.equal(nameOf(await port.getState()), 'dfuIDLE');
  });
}

/** What GETSTATUS may say after a block (A.2.4, A.2.5) and in manifestation (A.2.7, A.2.8); everything else is no DFU 1.1. */
const ANSWERS = {
  block: {
    clause: 'A.2.4, A.2.5',
    passing: ['dfuDNLOAD-SYNC', 'dfuDNBUSY'],
    ends: { 'dfuDNLOAD-IDLE': 'idle', dfuERROR: 'device.err-write' },
  },
  manifestation: {
    clause: 'A.2.7, A.2.8',
    passing: ['dfuMANIFEST-SYNC', 'dfuMANIFEST'],
    ends: { dfuIDLE: 'idle', 'dfuMANIFEST-WAIT-RESET': 'reset-needed', dfuERROR: 'device.err-write' },
  },
} as const;
for (const [phase, { clause, passing, ends }] of Object.entries(ANSWERS)) {
  for (const [state, number] of Object.entries(DfuState)) {
    const isPassing = passing.some((name) => name === state);
    const expected = isPassing
      ? 'idle'
      : (new Map<string, string>(Object.entries(ends)).get(state) ?? 'device.state-unexpected');
    test(`REQ-OTA-USB-04 DFU 1.1 ${clause}: ${state} as the answer to ${phase} is ${isPassing ? 'asked again' : expected}`, async () => {
      let asked = 0;
      let isEmpty = false;
      const { session } = await openSession((transfer) => {
        if (transfer.name === 'DNLOAD') isEmpty = transfer.data.byteLength === 0;
        if (transfer.name !== 'GETSTATUS' || isEmpty !== (phase === 'manifestation')) return 'proper';
        asked += 1;
        return asked === 1 ? statusBytes(number, 0, state === 'dfuERROR' ? 3 : 0) : 'proper';
      });
      const done = await session.download(1, {
        image: streamChunks(image.subarray(0, 64)),
        lenBytes: 64,
        progress: ignore,
      });
      assert.equal(nameOf(done), expected);
      assert.equal(asked, isPassing ? 2 : 1);
    });
  }
}

test('REQ-OTA-USB-01 DFU 1.1 §6.1.1: 65,538 blocks go to a unit that counts them, over the wrap of wBlockNum', async () => {
  const blockBytes = 64;
  const lenBytes = 65_538 * blockBytes - 1;
  const large = Buffer.alloc(lenBytes);
  for (let at = 0; at + 4 <= lenBytes; at += blockBytes) large.writeUInt32LE(at, at);
  const { session, log, bench } = await openVirtualSession({
    transferBytes: blockBytes,
    slotBytes: 68 * 64 * 1024,
    sectorBytes: 64 * 1024,
    blockNumbers: 'checked',
  });
  const done = await session.download(1, { image: imageChunks(large, 1 << 20), lenBytes, progress: ignore });
  assert.equal(nameOf(done), 'idle');
  assert.equal(log.filter((name) => name === 'DNLOAD').length, 65_539);
  const { secondary } = bench.unit('VU-0001').board.loader;
  assert.ok(large.equals(secondary.area.read(0, lenBytes)), 'the slot holds what was sent');
});
