import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { AuditEvent } from '../../../contract/schema/audit.ts';
import { canonicalJson } from '../../../core/canonical-json.ts';
import type { JsonObject, JsonValue } from '../../../core/ports.ts';
import { leafOf, maxLeafLenBytes, parseLeaf } from '../../../core/audit/event.ts';

const event: AuditEvent = {
  seq: 1,
  time: '2026-11-22T09:00:00.000Z',
  station: 'station-1',
  type: 'operation.refused',
  actor: { kind: 'operator', id: 'u1', username: 'maria' },
  outcome: 'refused',
  subject: { bundle: 'ab'.repeat(32), workOrder: 'WO-7' },
  code: 'station.permission-denied',
  data: { tries: 3, nested: { list: [null, true, 'é'] } },
};

function codeOf(leaf: string | Uint8Array): string {
  const parsed = parseLeaf(leaf);
  return parsed.ok ? 'ok' : parsed.code;
}

test('REQ-OTA-AUD-01 an event is read back from its leaf, bytes or text alike', () => {
  const leaf = leafOf(event);
  assert.deepEqual(parseLeaf(leaf), { ok: true, value: event });
  assert.deepEqual(parseLeaf(Buffer.from(leaf)), { ok: true, value: event });
});

test('REQ-OTA-AUD-01 a leaf is canonical JSON: keys in order, no space (RFC 8785)', () => {
  const { seq, time, ...rest } = event;
  assert.equal(leafOf({ time, ...rest, seq }), leafOf(event));
  assert.ok(leafOf(event).startsWith('{"actor":{"id":"u1","kind":"operator","username":"maria"},"code":'));
  assert.equal(codeOf(JSON.stringify(event)), 'audit.event-invalid');
  assert.equal(codeOf(` ${leafOf(event)}`), 'audit.event-invalid');
});

test('REQ-OTA-AUD-01 an event longer than 64 KiB is refused', () => {
  const shell = leafOf({ ...event, data: { text: '' } });
  const fits = leafOf({ ...event, data: { text: 'x'.repeat(maxLeafLenBytes - shell.length) } });
  assert.equal(Buffer.byteLength(fits), maxLeafLenBytes);
  assert.equal(codeOf(fits), 'ok');
  assert.equal(codeOf(fits.replace('xx', 'xxx')), 'audit.event-too-large');
});

const deviations: readonly (readonly [string, JsonObject])[] = [
  ['an unknown type', { type: 'update.guessed' }],
  ['an unknown outcome', { outcome: 'maybe' }],
  ['an unknown actor', { actor: { kind: 'someone' } }],
  ['an operator without a name', { actor: { kind: 'operator', id: 'u1' } }],
  ['a subject that is no text', { subject: { job: 7 } }],
  ['a time without milliseconds', { time: '2026-11-22T09:00:00Z' }],
  ['a local time', { time: '2026-11-22T09:00:00.000+01:00' }],
  ['a seq of 0', { seq: 0 }],
  ['a broken seq', { seq: 1.5 }],
  ['a code that is none', { code: 'No Code' }],
  ['a key too many', { secret: 'x' }],
  ['no station', { station: '' }],
  ['data that is no object', { data: [] }],
  ['data with a key that readers drop', { data: JSON.parse('{"__proto__":1}') as JsonValue }],
];

for (const [what, change] of deviations) {
  test(`REQ-OTA-AUD-01 refuses an event with ${what}`, () => {
    // Canonical, so that nothing but the deviation is what is refused.
    assert.equal(codeOf(canonicalJson({ ...event, ...change })), 'audit.event-invalid');
  });
}

test('REQ-OTA-AUD-02 a leaf from a damaged disk is refused, never thrown', () => {
  assert.equal(codeOf('['.repeat(maxLeafLenBytes)), 'audit.event-invalid');
  assert.equal(codeOf('\ud800'), 'audit.event-invalid');
  assert.equal(codeOf(Buffer.from([0xff, 0xfe])), 'audit.event-invalid');
  const good = Buffer.from(leafOf(event));
  fc.assert(
    fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
      const bytes = Buffer.from(good);
      bytes.writeUInt8(bytes.readUInt8(at) ^ mask, at);
      const parsed = parseLeaf(bytes);
      // A changed letter may still be an event; it is then another one, with another hash.
      if (parsed.ok) assert.notEqual(leafOf(parsed.value), leafOf(event));
    }),
    { seed: 8785, numRuns: 2000 },
  );
});
