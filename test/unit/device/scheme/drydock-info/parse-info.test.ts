import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encode } from 'cborg';
import { parseInfo } from '../../../../../core/device/scheme/drydock-info/parse-info.ts';

const SLOTS = [
  {
    alt: 0,
    name: 'image-0',
    role: 'running',
    size: 524_288,
    state: 'confirmed',
    version: '1.2.3+4',
    counter: 7,
    hash: new Uint8Array(32).fill(0xab),
  },
  { alt: 1, name: 'image-1', role: 'staging', size: 524_288, state: 'empty' },
];
const INFO = {
  v: 1,
  product: 'drydock.virtual-unit',
  hardware: 'vu-a',
  serial: 'VU-0001',
  mode: 'application',
  slots: SLOTS,
  boot: { swap: 'none', imageOk: true, copyDone: false },
  selfTest: { state: 'passed', results: [{ name: 'motor', passed: true, detail: '' }] },
};

function fieldRefusedIn(value: unknown): string {
  const result = parseInfo(encode(value));
  assert.ok(!result.ok, 'refused');
  assert.equal(result.code, 'device.info-invalid');
  return String(result.detail?.['field'] ?? result.detail?.['fault']);
}

test('REQ-OTA-VER-01 reads what a unit says of its slots, versions and self-test', () => {
  const result = parseInfo(encode({ ...INFO, previousSelfTest: { state: 'failed', results: [], counter: 8 } }));
  assert.ok(result.ok);
  assert.deepEqual(result.value.slots, [
    {
      alternate: 0,
      name: 'image-0',
      role: 'running',
      sizeBytes: 524_288,
      state: 'confirmed',
      version: '1.2.3+4',
      counter: 7,
      hash: 'ab'.repeat(32),
    },
    {
      alternate: 1,
      name: 'image-1',
      role: 'staging',
      sizeBytes: 524_288,
      state: 'empty',
      version: null,
      counter: null,
      hash: null,
    },
  ]);
  assert.deepEqual(result.value.previousSelfTest, { state: 'failed', results: [], counter: 8 });
});

test('REQ-OTA-USB-04 ignores keys that it does not know and has no previous self-test where none is told', () => {
  const result = parseInfo(encode({ ...INFO, battery: 80, boot: { ...INFO.boot, lastSwap: 'test' } }));
  assert.ok(result.ok);
  assert.equal(result.value.previousSelfTest, null);
  assert.deepEqual(result.value.boot, INFO.boot);
});

test('REQ-OTA-VER-01 takes the hash of an image by SHA-384 or SHA-512 as it is', () => {
  for (const lenBytes of [48, 64]) {
    const result = parseInfo(encode({ ...INFO, slots: [{ ...SLOTS[0], hash: new Uint8Array(lenBytes).fill(0xab) }] }));
    assert.ok(result.ok);
    assert.equal(result.value.slots[0]?.hash, 'ab'.repeat(lenBytes));
  }
});

for (const key of Object.keys(INFO)) {
  test(`REQ-OTA-USB-04 refuses an answer without ${key}, naming it`, () => {
    const entries = Object.entries(INFO).filter(([name]) => name !== key);
    assert.equal(fieldRefusedIn(Object.fromEntries(entries)), key);
  });
}

const slot = (change: object) => ({ ...INFO, slots: [{ ...SLOTS[0], ...change }] });
for (const [what, value, field] of [
  ['another version of the protocol', { ...INFO, v: 2 }, 'v'],
  ['an empty serial', { ...INFO, serial: '' }, 'serial'],
  ['a serial with a line break', { ...INFO, serial: 'VU\n0001' }, 'serial'],
  ['a serial with a terminal escape', { ...INFO, serial: '\x1b[2J' }, 'serial'],
  ['a hardware name of 129 characters', { ...INFO, hardware: 'x'.repeat(129) }, 'hardware'],
  ['a right-to-left override in the product', { ...INFO, product: 'a\u202eb' }, 'product'],
  ['an unknown mode', { ...INFO, mode: 'factory' }, 'mode'],
  ['no slots', { ...INFO, slots: [] }, 'slots'],
  ['nine slots', { ...INFO, slots: Array.from({ length: 9 }, (_, alt) => ({ ...SLOTS[0], alt })) }, 'slots'],
  ['one alternate twice', { ...INFO, slots: [SLOTS[0], SLOTS[0]] }, 'slots'],
  ['a negative slot size', slot({ size: -1 }), 'slots.0.size'],
  ['a slot size of 2^32', slot({ size: 2 ** 32 }), 'slots.0.size'],
  ['a fractional counter', slot({ counter: 1.5 }), 'slots.0.counter'],
  ['a counter of 2^32', slot({ counter: 2 ** 32 }), 'slots.0.counter'],
  ['a hash of 31 bytes', slot({ hash: new Uint8Array(31) }), 'slots.0.hash'],
  ['a hash of 65 bytes', slot({ hash: new Uint8Array(65) }), 'slots.0.hash'],
  ['a hash as text', slot({ hash: 'ab'.repeat(32) }), 'slots.0.hash'],
  ['a version that is none', slot({ version: 'latest' }), 'slots.0.version'],
  ['an unknown role', slot({ role: 'spare' }), 'slots.0.role'],
  ['an unknown slot state', slot({ state: 'good' }), 'slots.0.state'],
  ['imageOk as a number', { ...INFO, boot: { ...INFO.boot, imageOk: 1 } }, 'boot.imageOk'],
  ['an unknown swap type', { ...INFO, boot: { ...INFO.boot, swap: 'maybe' } }, 'boot.swap'],
  [
    '65 self-tests',
    {
      ...INFO,
      selfTest: {
        state: 'passed',
        results: Array.from({ length: 65 }, () => ({ name: 'x', passed: true, detail: '' })),
      },
    },
    'selfTest.results',
  ],
  [
    'a self-test result of 513 characters',
    { ...INFO, selfTest: { state: 'failed', results: [{ name: 'x', passed: false, detail: 'x'.repeat(513) }] } },
    'selfTest.results.0.detail',
  ],
] as const) {
  test(`REQ-OTA-USB-04 refuses an answer with ${what}, naming the field`, () => {
    assert.equal(fieldRefusedIn(value), field);
  });
}

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const good = Buffer.from(encode(INFO));
/** The good answer with one more entry, which would be ignored if it were well formed. */
const withEntry = (entry: string) => Buffer.concat([hex('a9'), good.subarray(1), hex(entry)]);

test('REQ-OTA-USB-04 one more well-formed entry is ignored', () => {
  assert.ok(parseInfo(withEntry('61 78 01')).ok);
});

for (const [what, bytes] of [
  ['a second, equal version', withEntry('61 76 01')],
  ['undefined under an unknown key', withEntry('61 78 f7')],
  ['a 64-bit number under an unknown key', withEntry('61 78 1b ffffffffffffffff')],
  ['no number under an unknown key', withEntry('61 78 fb 7ff8000000000000')],
  ['infinity under an unknown key', withEntry('61 78 fb 7ff0000000000000')],
  ['a number in more bytes than it needs under an unknown key', withEntry('61 78 1801')],
  ['an indefinite array under an unknown key', withEntry('61 78 9f ff')],
  [
    '4097 bytes of which most are ignored',
    withEntry(
      `61 78 59 ${(4097 - good.byteLength - 5).toString(16).padStart(4, '0')} ${'00'.repeat(4097 - good.byteLength - 5)}`,
    ),
  ],
  ['no bytes', Buffer.alloc(0)],
  ['a map of indefinite length', Buffer.concat([hex('bf'), good.subarray(1), hex('ff')])],
  ['a key twice', hex('a2 6176 01 6176 01')],
  ['bytes behind the map', Buffer.concat([good, hex('00')])],
  ['its last byte missing', good.subarray(0, -1)],
  ['a number in more bytes than it needs', hex('a1 6176 1801')],
  ['a tag', hex('c1 00')],
  ['a map that claims 2^32 entries', hex('ba ffffffff')],
  ['a text that claims 2^32 bytes', hex('7a ffffffff')],
  ['4096 nested arrays', Buffer.alloc(4096, 0x81)],
  ['a number as key', hex('a1 01 01')],
  ['a number that is not finite', hex('fb 7ff0000000000000')],
  ['undefined', hex('f7')],
] as const) {
  test(`REQ-OTA-USB-04 refuses an answer with ${what}`, () => {
    const result = parseInfo(bytes);
    assert.equal(result.ok ? 'accepted' : result.code, 'device.info-invalid');
  });
}
