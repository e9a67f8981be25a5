import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseMcubootImage } from '../../../core/mcuboot/parse-image.ts';
import type { ImageReader } from '../../../core/mcuboot/image-source.ts';
import { verifyMcubootHash } from '../../../core/mcuboot/verify-hash.ts';
import { verifyMcubootImage } from '../../../core/mcuboot/verify-image.ts';

type Tlv = readonly [type: number, value: Uint8Array];

function area(magic: number, tlvs: readonly Tlv[], totalDelta = 0): Buffer {
  const entries = tlvs.map(([type, value]) => {
    const head = Buffer.alloc(4);
    head.writeUInt16LE(type, 0);
    head.writeUInt16LE(value.byteLength, 2);
    return Buffer.concat([head, value]);
  });
  const body = Buffer.concat(entries);
  const info = Buffer.alloc(4);
  info.writeUInt16LE(magic, 0);
  info.writeUInt16LE(body.byteLength + 4 + totalDelta, 2);
  return Buffer.concat([info, body]);
}

function header(fields: {
  bodyBytes: number;
  protectedTlvBytes?: number;
  headerBytes?: number;
  flags?: number;
}): Buffer {
  const bytes = Buffer.alloc(32);
  bytes.writeUInt32LE(0x96f3b83d, 0);
  bytes.writeUInt16LE(fields.headerBytes ?? 32, 8);
  bytes.writeUInt16LE(fields.protectedTlvBytes ?? 0, 10);
  bytes.writeUInt32LE(fields.bodyBytes, 12);
  bytes.writeUInt32LE(fields.flags ?? 0, 16);
  return bytes;
}

const BODY = Buffer.alloc(40, 0x55);
const counter = (value: number): Tlv => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return [0x50, bytes];
};

/** An image with a right SHA-256, unless `open` brings other TLVs. */
function image(options: { protectedTlvs?: readonly Tlv[]; open?: readonly Tlv[] } = {}): Buffer {
  const prot = options.protectedTlvs === undefined ? Buffer.alloc(0) : area(0x6908, options.protectedTlvs);
  const hashed = Buffer.concat([
    header({ bodyBytes: BODY.byteLength, protectedTlvBytes: prot.byteLength }),
    BODY,
    prot,
  ]);
  const digest = createHash('sha256').update(hashed).digest();
  return Buffer.concat([hashed, area(0x6907, [[0x10, digest], ...(options.open ?? [])])]);
}

const codeOf = (result: { readonly ok: boolean; readonly code?: string }) => (result.ok ? 'accepted' : result.code);

test('REQ-OTA-SIG-04 reads the security counter from the protected TLVs', () => {
  const parsed = parseMcubootImage(image({ protectedTlvs: [counter(0xffff_fffe)] }));
  assert.ok(parsed.ok);
  assert.equal(parsed.value.securityCounter, 0xffff_fffe);
});

test('REQ-OTA-SIG-04 an image without a security counter has none, not zero', () => {
  const parsed = parseMcubootImage(image());
  assert.ok(parsed.ok);
  assert.equal(parsed.value.securityCounter, null);
});

for (const [what, bytes] of [
  ['outside the protected area', image({ open: [counter(9)] })],
  ['twice', image({ protectedTlvs: [counter(9), counter(10)] })],
  ['with three bytes', image({ protectedTlvs: [[0x50, Buffer.alloc(3)]] })],
] as const) {
  test(`REQ-OTA-VER-01 refuses a security counter that stands ${what}`, () => {
    assert.equal(codeOf(parseMcubootImage(bytes)), 'mcuboot.counter-invalid');
  });
}

const trailer = (magicHex: string) => Buffer.concat([image(), Buffer.alloc(400, 0xff), Buffer.from(magicHex, 'hex')]);
for (const [what, bytes, code] of [
  ['one byte of padding', Buffer.concat([image(), Buffer.of(0xff)]), 'mcuboot.trailing-bytes'],
  ['erased flash behind it', Buffer.concat([image(), Buffer.alloc(500, 0xff)]), 'mcuboot.trailing-bytes'],
  ['a trailer', trailer('77c295f360d2ef7f3552500f2cb67980'), 'mcuboot.trailer-present'],
  ['a trailer of alignment 32', trailer('20002de15d29410b8d77679c110f1f8a'), 'mcuboot.trailer-present'],
] as const) {
  test(`REQ-OTA-APP-03 refuses an image with ${what}, which could skip the test boot`, () => {
    assert.equal(codeOf(parseMcubootImage(bytes)), code);
  });
}

const truncated = image();
for (const [what, bytes] of [
  ['a TLV area that overruns the file', Buffer.concat([header({ bodyBytes: 0 }), area(0x6907, [], 1)])],
  ['a TLV area shorter than its info', Buffer.concat([header({ bodyBytes: 0 }), area(0x6907, [], -1)])],
  [
    'an entry that overruns its area',
    Buffer.concat([header({ bodyBytes: 0 }), area(0x6907, [[1, Buffer.alloc(8)]], -1)]),
  ],
  ['half an entry', Buffer.concat([header({ bodyBytes: 0 }), Buffer.of(0x07, 0x69, 6, 0, 1, 0)])],
  ['an unknown area magic', Buffer.concat([header({ bodyBytes: 0 }), area(0x6909, [])])],
  ['a body longer than the file', Buffer.concat([header({ bodyBytes: 0xffff_ffff }), area(0x6907, [])])],
  [
    'a protected area that the header hides',
    Buffer.concat([header({ bodyBytes: 0 }), area(0x6908, []), area(0x6907, [])]),
  ],
  [
    'no protected area where the header states one',
    Buffer.concat([header({ bodyBytes: 0, protectedTlvBytes: 4 }), area(0x6907, [])]),
  ],
  [
    'two lengths of the protected area',
    Buffer.concat([header({ bodyBytes: 0, protectedTlvBytes: 12 }), area(0x6908, []), area(0x6907, [])]),
  ],
  ['65 entries', image({ open: Array.from({ length: 64 }, (): Tlv => [0xa0, Buffer.alloc(0)]) })],
  ['its last byte missing', truncated.subarray(0, -1)],
] as const) {
  test(`REQ-OTA-SIG-04 refuses an image with ${what}`, () => {
    assert.equal(codeOf(parseMcubootImage(bytes)), 'mcuboot.tlv-invalid');
  });
}

test('REQ-OTA-SIG-04 refuses a header shorter than itself, and another magic', () => {
  assert.equal(codeOf(parseMcubootImage(header({ bodyBytes: 0, headerBytes: 31 }))), 'mcuboot.header-invalid');
  assert.equal(codeOf(parseMcubootImage(Buffer.alloc(4096))), 'mcuboot.header-invalid');
});

for (const [what, open] of [
  ['two hashes', [[0x10, Buffer.alloc(32)]]],
  ['hashes of two kinds', [[0x11, Buffer.alloc(48)]]],
] as const satisfies readonly (readonly [string, readonly Tlv[]])[]) {
  test(`REQ-OTA-SIG-04 refuses an image with ${what}`, () => {
    assert.equal(codeOf(verifyMcubootHash(image({ open }))), 'mcuboot.hash-missing');
  });
}

test('REQ-OTA-SIG-04 refuses a hash TLV of another length and an image without one', () => {
  const hashed = Buffer.concat([header({ bodyBytes: 0 })]);
  const short = Buffer.concat([
    hashed,
    area(0x6907, [[0x10, createHash('sha256').update(hashed).digest().subarray(0, 31)]]),
  ]);
  assert.equal(codeOf(verifyMcubootHash(short)), 'mcuboot.hash-missing');
  assert.equal(codeOf(verifyMcubootHash(Buffer.concat([hashed, area(0x6907, [])]))), 'mcuboot.hash-missing');
});

for (const [what, type] of [
  ['a pure signature', 0x25],
  ['ECDSA P-224', 0x21],
] as const) {
  test(`REQ-OTA-SIG-04 refuses ${what} by name`, () => {
    const bytes = image({ open: [[type, Buffer.alloc(8)]] });
    assert.equal(codeOf(verifyMcubootImage({ image: bytes, keys: [] })), 'mcuboot.algorithm-unsupported');
  });
}

test('reads an image through a reader without asking for bytes outside of it', () => {
  const bytes = image({ protectedTlvs: [counter(3)] });
  const reader: ImageReader = {
    lenBytes: bytes.byteLength,
    read: (offset, lenBytes) => {
      assert.ok(offset >= 0 && offset + lenBytes <= bytes.byteLength, `${offset}+${lenBytes}`);
      return bytes.subarray(offset, offset + lenBytes);
    },
  };
  assert.equal(codeOf(verifyMcubootHash(reader)), 'accepted');
});

test('REQ-OTA-USB-04 never throws and never reads outside, whatever the bytes of an image are', () => {
  const good = image({ protectedTlvs: [counter(3)], open: [[0x22, Buffer.alloc(71)]] });
  const mutated = fc
    .array(fc.tuple(fc.nat(good.byteLength - 1), fc.nat(255)), { maxLength: 6 })
    .map((edits) =>
      edits.reduce(
        (bytes, [at, value]) => Buffer.concat([bytes.subarray(0, at), Buffer.of(value), bytes.subarray(at + 1)]),
        good,
      ),
    );
  const bytes = fc.oneof(
    mutated,
    fc.uint8Array({ maxLength: 200 }),
    fc.nat(good.byteLength).map((end) => good.subarray(0, end)),
  );
  fc.assert(
    fc.property(bytes, (candidate) => {
      const reader: ImageReader = {
        lenBytes: candidate.byteLength,
        read: (offset, lenBytes) => {
          if (offset < 0 || offset + lenBytes > candidate.byteLength) throw new RangeError('read outside');
          return candidate.subarray(offset, offset + lenBytes);
        },
      };
      const result = verifyMcubootImage({ image: reader, keys: [] });
      assert.equal(result.ok, false);
    }),
    { seed: 20261122, numRuns: 2000 },
  );
});
