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
  ['65 entries', image({ open: Array.from({ length: 64 }, (): Tlv => [0x01, Buffer.alloc(0)]) })],
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

for (const [what, code, open] of [
  ['ECDSA P-224', 'mcuboot.algorithm-unsupported', [[0x21, Buffer.alloc(8)]]],
  [
    'a pure signature that is not Ed25519',
    'mcuboot.algorithm-unsupported',
    [
      [0x25, Buffer.of(1)],
      [0x22, Buffer.alloc(70)],
    ],
  ],
  [
    'a pure-signature mark that is not 01',
    'mcuboot.tlv-invalid',
    [
      [0x25, Buffer.of(0)],
      [0x24, Buffer.alloc(64)],
    ],
  ],
  [
    'a pure-signature mark of two bytes',
    'mcuboot.tlv-invalid',
    [
      [0x25, Buffer.of(1, 1)],
      [0x24, Buffer.alloc(64)],
    ],
  ],
  ['a pure-signature mark without signature', 'mcuboot.signature-missing', [[0x25, Buffer.of(1)]]],
] as const satisfies readonly (readonly [string, string, readonly Tlv[]])[]) {
  test(`REQ-OTA-SIG-04 refuses ${what} by name`, () => {
    assert.equal(codeOf(verifyMcubootImage({ image: image({ open }), keys: [] })), code);
  });
}

for (const [what, type] of [
  ['a boot record', 0x60],
  ["a vendor's type", 0x01a0],
  ['an unknown type', 0x7f],
] as const) {
  // MCUboot's allow list (`allowed_unprot_tlvs`): what no signature covers may only serve to check the signature.
  test(`REQ-OTA-SIG-04 takes ${what} in the protected TLVs, and refuses it outside`, () => {
    const tlv: Tlv = [type, Buffer.from('value')];
    assert.equal(codeOf(parseMcubootImage(image({ protectedTlvs: [tlv] }))), 'accepted');
    assert.equal(codeOf(parseMcubootImage(image({ open: [tlv] }))), 'mcuboot.tlv-unprotected');
  });
}

/** `struct image_dependency` on an image in version 1.2.3+4. */
const dependency = (imageIndex: number, lenBytes = 12): Tlv => {
  const bytes = Buffer.from([imageIndex, 0, 0, 0, 1, 2, 3, 0, 4, 0, 0, 0, 0]);
  return [0x40, bytes.subarray(0, lenBytes)];
};

test('REQ-OTA-SIG-04 reads every dependency: image, and least version', () => {
  const parsed = parseMcubootImage(image({ protectedTlvs: [dependency(0), counter(3), dependency(15)] }));
  assert.ok(parsed.ok);
  const minVersion = { major: 1, minor: 2, revision: 3, build: 4 };
  assert.deepEqual(parsed.value.dependencies, [
    { imageIndex: 0, minVersion },
    { imageIndex: 15, minVersion },
  ]);
});

for (const [what, bytes] of [
  ['outside the protected area', image({ open: [dependency(0)] })],
  ['with eleven bytes', image({ protectedTlvs: [dependency(0, 11)] })],
  ['with thirteen bytes', image({ protectedTlvs: [dependency(0, 13)] })],
  ['on an image 16', image({ protectedTlvs: [dependency(16)] })],
] as const) {
  test(`REQ-OTA-SIG-04 refuses a dependency that stands ${what}`, () => {
    assert.equal(codeOf(parseMcubootImage(bytes)), 'mcuboot.dependency-invalid');
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
