import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readDer } from '../../../core/trust/der/read-der.ts';
import { readTimestampResponse } from '../../../core/trust/timestamp/read-response.ts';
import { WorkBudget } from '../../../core/trust/work-budget.ts';
import { readTimestampToken } from '../../../core/trust/timestamp/timestamp-token.ts';
import type { VerifiedSigner } from '../../../core/trust/verify-cms.ts';
import {
  buildToken,
  stamped,
  stampWith,
  token,
  tstInfo,
  verifyStamped,
} from '../../unit/trust/support/timestamp-builder.ts';

const files = ['p256', 'p256-sha384', 'rsa', 'with-stranger', 'ess-v1'].map(stamped);
const settings = { seed: 20_261_125, numRuns: 400 };

interface Meaning {
  readonly signer: string;
  readonly timestamp: string | undefined;
}

/** What Drydock would act on. */
function meaning({ fingerprintSha256, publicKeySha256, signingTime, timestamp }: VerifiedSigner): Meaning {
  const signer = [fingerprintSha256, publicKeySha256, signingTime?.toISOString()].join(' ');
  if (timestamp === undefined) return { signer, timestamp: undefined };
  const { time, accuracyMs, tsaFingerprintSha256, serial, policy } = timestamp;
  return { signer, timestamp: [time.toISOString(), accuracyMs, tsaFingerprintSha256, serial, policy].join(' ') };
}

/** What each file means unchanged; each has one signer. */
const originals = new Map(files.map((file) => [file, meaningOf(file)]));

function meaningOf(file: Uint8Array): Meaning | undefined {
  const result = verifyStamped(file);
  if (!result.ok) {
    assert.match(result.code, /^trust\./);
    return undefined;
  }
  const [signer, ...others] = result.signers;
  assert.ok(signer !== undefined && others.length === 0);
  return meaning(signer);
}

/** A token is unsigned: a change may at most make the timestamp go away. */
function checkMeaning(changed: Uint8Array, original: Buffer): void {
  const before = originals.get(original);
  assert.ok(before?.timestamp !== undefined);
  const after = meaningOf(changed);
  if (after === undefined) return;
  assert.equal(after.signer, before.signer);
  if (after.timestamp !== undefined) assert.equal(after.timestamp, before.timestamp);
}

test('REQ-OTA-SIG-01 an edited timestamp is refused, goes unused, or still means the same; nothing throws', () => {
  const place = fc.record({
    at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    remove: fc.nat({ max: 3 }),
    insert: fc.uint8Array({ maxLength: 3 }),
  });
  fc.assert(
    fc.property(fc.constantFrom(...files), fc.array(place, { minLength: 1, maxLength: 3 }), (file, edits) => {
      const changed = edits.reduce((bytes, { at, remove, insert }) => {
        const offset = Math.floor(at * bytes.length);
        return Buffer.concat([bytes.subarray(0, offset), insert, bytes.subarray(offset + remove)]);
      }, file);
      checkMeaning(changed, file);
    }),
    settings,
  );
});

test('REQ-OTA-SIG-01 a flipped bit anywhere in a token never changes what a timestamp says', () => {
  fc.assert(
    fc.property(fc.constantFrom(...files), fc.nat({ max: 4095 }), fc.nat({ max: 7 }), (file, back, bit) => {
      const changed = Buffer.from(file);
      const at = changed.length - 1 - (back % changed.length);
      changed[at] = (changed[at] ?? 0) ^ (1 << bit);
      checkMeaning(changed, file);
    }),
    { ...settings, numRuns: 800 },
  );
});

test('REQ-OTA-SIG-01 whatever an authority signs as TSTInfo, nothing throws', () => {
  const content = tstInfo();
  fc.assert(
    fc.property(
      fc.nat({ max: content.length - 1 }),
      fc.uint8Array({ maxLength: 4 }),
      fc.nat({ max: 4 }),
      (at, insert, remove) => {
        const edited = Buffer.concat([content.subarray(0, at), insert, content.subarray(at + remove)]);
        const result = verifyStamped(stampWith(buildToken({ content: edited })));
        if (!result.ok) assert.match(result.code, /^trust\.(timestamp-|algorithm-refused$)/);
      },
    ),
    settings,
  );
});

test('REQ-OTA-SIG-01 arbitrary bytes are no timestamp response and throw nothing', () => {
  const whole = token('p256');
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat({ max: whole.length - 1 }), (bytes, length) => {
      assert.ok(!readTimestampResponse(whole.subarray(0, length)).ok);
      const read = readTimestampResponse(bytes);
      if (read.ok) assert.ok(!readTimestampToken(read.value, [], new WorkBudget()).ok);
    }),
    settings,
  );
  const root = readDer(whole, { maxLenBytes: 65_536, maxDepth: 32, maxNodes: 4096 });
  assert.ok(readTimestampToken(root, [], new WorkBudget()).ok);
});
