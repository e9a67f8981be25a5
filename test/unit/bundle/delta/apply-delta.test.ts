import assert from 'node:assert/strict';
import { test } from 'node:test';
import { constants, zstdCompressSync } from 'node:zlib';
import { reconstruct } from '../../../../core/bundle/delta/apply-delta.ts';
import { baseImage, deltaFixture, newImage } from '../../../helpers/delta-fixture.ts';
import { mcubootFixture, sha256Of } from '../../../helpers/test-bundle.ts';

const delta = deltaFixture('patch-from-19.zst');

async function outcome(bytes: Uint8Array, base: Uint8Array = baseImage, lenBytes = newImage.length): Promise<string> {
  const input = { file: 'deltas/a', base: Buffer.from(base), delta: Buffer.from(bytes), lenBytes };
  const result = await reconstruct(input);
  if (!result.ok) return result.code;
  return result.value.equals(newImage) ? 'the new image' : 'another image';
}

async function reasonOf(bytes: Uint8Array, lenBytes = newImage.length): Promise<string> {
  const result = await reconstruct({ file: 'deltas/a', base: baseImage, delta: Buffer.from(bytes), lenBytes });
  assert.ok(!result.ok, 'it was taken');
  assert.equal(result.code, 'bundle.delta-damaged');
  return result.reason;
}

test('the edit that the tests make is the one that the fixtures were made from', () => {
  assert.equal(sha256Of(newImage), deltaFixture('new.sha256').toString().trim());
});

for (const name of ['patch-from-19.zst', 'patch-from-3-no-check.zst', 'patch-from-long.zst']) {
  test(`REQ-OTA-DLT-01 applies what zstd --patch-from made: ${name}`, async () => {
    assert.equal(await outcome(deltaFixture(name)), 'the new image');
  });
}

test('REQ-OTA-DLT-01 applies a delta between two small MCUboot images', async () => {
  const [base, result] = [mcubootFixture('ed25519'), mcubootFixture('ecdsa-p256')];
  const applied = await reconstruct({ file: 'deltas/a', base, delta: deltaFixture('mcuboot.zst'), lenBytes: 295 });
  assert.ok(applied.ok && applied.value.equals(result));
});

test('REQ-OTA-DLT-01 never makes the new image from another base', async () => {
  const longer = Buffer.concat([baseImage, Buffer.from('x')]);
  const changed = Buffer.from(baseImage);
  changed.writeUInt8(changed.readUInt8(39_000) ^ 1, 39_000);
  for (const base of [longer, changed, baseImage.subarray(0, -1), newImage, Buffer.from('x'), Buffer.alloc(0)]) {
    for (const name of ['patch-from-19.zst', 'patch-from-3-no-check.zst']) {
      assert.notEqual(await outcome(deltaFixture(name), base), 'the new image');
    }
  }
});

const skippable = Buffer.from('502a4d1804000000deadbeef', 'hex');
const faults: readonly [string, Uint8Array, RegExp][] = [
  ['is empty', Buffer.alloc(0), /is not a zstd frame/],
  ['is something else', Buffer.from('not a delta at all'), /is not a zstd frame/],
  ['was cut off in its header', delta.subarray(0, 7), /ends early/],
  ['was cut off in a block', delta.subarray(0, 30), /ends early/],
  ['lacks its checksum', delta.subarray(0, -4), /ends early/],
  ['has a byte behind it', Buffer.concat([delta, Buffer.from('x')]), /has 1 bytes behind its frame/],
  ['has a second frame', Buffer.concat([delta, delta]), /behind its frame/],
  ['has a skippable frame behind it', Buffer.concat([delta, skippable]), /has 12 bytes behind its frame/],
  ['has a skippable frame before it', Buffer.concat([skippable, delta]), /is not a zstd frame/],
  ['does not say how long its result is', deltaFixture('no-length.zst'), /does not say how long its result is/],
  ['was made with a trained dictionary', deltaFixture('trained-dictionary.zst'), /names a zstd dictionary/],
  ['uses a reserved bit', withByte(4, (byte) => byte | 0x08), /reserved bit/],
  ['uses a reserved kind of block', withByte(9, (byte) => byte | 0x06), /reserved kind of block/],
];
for (const [what, bytes, reason] of faults) {
  test(`REQ-OTA-DLT-01 refuses a delta that ${what}`, async () => {
    assert.match(await reasonOf(bytes), reason);
  });
}

test('REQ-OTA-DLT-01 refuses a frame whose length is not that of the manifest', async () => {
  assert.match(await reasonOf(delta, newImage.length + 1), /says that it unpacks to 132484 bytes instead of 132485/);
});

test('REQ-OTA-DLT-01 refuses a frame that asks for more window than any result needs', async () => {
  const params = { [constants.ZSTD_c_windowLog]: 27, [constants.ZSTD_c_contentSizeFlag]: 1 };
  const wide = zstdCompressSync(Buffer.alloc(300, 'x'), { params });
  // A frame with a window descriptor of its own (RFC 8878 §3.1.1.1.2): 2^27 bytes, content of 4 bytes length.
  const header = Buffer.from('28b52ffd8088', 'hex');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(300);
  const frame = Buffer.concat([header, length, wide.subarray(7)]);
  assert.match(await reasonOf(frame, 300), /asks for a window of 134217728 bytes/);
});

test('REQ-OTA-DLT-01 stops a frame that unpacks to more than it says', async () => {
  const bomb = zstdCompressSync(Buffer.alloc(2 << 20), { params: { [constants.ZSTD_c_checksumFlag]: 0 } });
  assert.equal(bomb.readUInt8(4) & 0xe0, 0xa0, 'a single segment with a length of 4 bytes');
  const lying = Buffer.from(bomb);
  lying.writeUInt32LE(70_000, 5);
  assert.match(await reasonOf(lying, 70_000), /cannot be applied|more than/);
});

test('REQ-OTA-DLT-01 refuses a frame that unpacks to less than it says', async () => {
  const short = Buffer.from(zstdCompressSync(Buffer.alloc(70_000), { params: { [constants.ZSTD_c_checksumFlag]: 0 } }));
  short.writeUInt32LE(70_001, 5);
  assert.match(await reasonOf(short, 70_001), /cannot be applied|instead of/);
});

test('REQ-OTA-DLT-01 refuses a base that zstd would read as a dictionary of its own kind', async () => {
  const base = Buffer.concat([Buffer.from('37a430ec', 'hex'), baseImage]);
  assert.equal(await outcome(delta, base), 'bundle.delta-base-unsuitable');
});

function withByte(at: number, change: (byte: number) => number): Buffer {
  const bytes = Buffer.from(delta);
  bytes.writeUInt8(change(bytes.readUInt8(at)), at);
  return bytes;
}
