import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { reconstruct } from '../../../core/bundle/delta/apply-delta.ts';
import { baseImage, deltaFixture, newImage } from '../../helpers/delta-fixture.ts';
import { sha256Of } from '../../helpers/test-bundle.ts';

const wanted = sha256Of(newImage);
const deltas = ['patch-from-19.zst', 'patch-from-3-no-check.zst'].map(deltaFixture);

/** Never a throw, never more bytes than were asked for; answers whether the result's SHA-256 is the new image's. */
async function tryDelta(base: Buffer, delta: Buffer, lenBytes = newImage.length): Promise<boolean> {
  const result = await reconstruct({ file: 'deltas/a', base, delta, lenBytes });
  if (!result.ok) {
    assert.match(result.code, /^bundle\.delta-(damaged|base-unsuitable)$/);
    return false;
  }
  assert.equal(result.value.length, lenBytes);
  return sha256Of(result.value) === wanted;
}

const flips = fc.array(fc.tuple(fc.nat(), fc.nat(7)), { minLength: 1, maxLength: 4 });

function flipped(bytes: Buffer, where: readonly (readonly [number, number])[]): Buffer {
  const copy = Buffer.from(bytes);
  for (const [at, bit] of where) copy.writeUInt8(copy.readUInt8(at % copy.length) ^ (1 << bit), at % copy.length);
  return copy;
}

test('REQ-OTA-DLT-01 no change of a delta makes its decoder throw, hang or write beyond the image', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...deltas), flips, async (delta, where) => {
      await tryDelta(baseImage, flipped(delta, where));
    }),
    { numRuns: 400 },
  );
});

test('REQ-OTA-DLT-01 a delta that was cut, spliced or doubled never counts as the whole', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...deltas),
      fc.nat(),
      fc.uint8Array({ maxLength: 40 }),
      async (delta, at, more) => {
        const cut = delta.subarray(0, at % delta.length);
        assert.equal(await tryDelta(baseImage, cut), false);
        assert.equal(await tryDelta(baseImage, Buffer.concat([delta, Buffer.from([1]), more])), false);
        await tryDelta(baseImage, Buffer.concat([cut, more]));
      },
    ),
    { numRuns: 150 },
  );
});

test('REQ-OTA-DLT-01 any bytes as a delta, for any base and length, are refused or have that length', async () => {
  const magic = Buffer.from('28b52ffd', 'hex');
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 300 }),
      fc.uint8Array({ maxLength: 300 }),
      fc.integer({ min: 1, max: 100_000 }),
      fc.boolean(),
      async (base, bytes, lenBytes, framed) => {
        const delta = framed ? Buffer.concat([magic, bytes]) : Buffer.from(bytes);
        assert.equal(await tryDelta(Buffer.from(base), delta, lenBytes), false);
      },
    ),
    { numRuns: 400 },
  );
});
