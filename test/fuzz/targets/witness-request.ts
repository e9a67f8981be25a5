import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { signCheckpoint } from '../../../core/audit/checkpoint.ts';
import { makeVerifierKey } from '../../../core/audit/verifier-key.ts';
import { checkWitnessRequest, type WitnessedLog } from '../../../core/audit/witness/check-request.ts';
import { parseWitnessRequest, formatWitnessRequest } from '../../../core/audit/witness/witness-request.ts';
import { mth, subproof } from '../../helpers/rfc6962.ts';
import { fixtureKeyPem } from '../../helpers/test-bundle.ts';
import type { FuzzTarget } from '../engine/target.ts';
import { checkRefusal } from '../support/check-refusal.ts';

const origin = 'drydock/station';
const privateKey = createPrivateKey(fixtureKeyPem('root-ed25519'));
const key = makeVerifierKey(origin, createPublicKey(privateKey));
const leaves = Array.from({ length: 7 }, (_, index) => Buffer.from(`event ${index}`));
const known: WitnessedLog = { origin, size: 3, root: mth(leaves.slice(0, 3)) };

function seed(size: number, old: number): Buffer {
  const root = mth(leaves.slice(0, size));
  const note = Buffer.from(signCheckpoint({ origin, size: BigInt(size), root, extensions: [] }, key, privateKey));
  const proof = old === 0 ? [] : subproof(old, leaves.slice(0, size), true);
  return Buffer.from(formatWitnessRequest({ oldSize: BigInt(old), proof, note }));
}

/** What is cosigned continues what was cosigned before, under the log's key; each request has one spelling. */
export const target: FuzzTarget = {
  seeds: () => [seed(7, 3), seed(3, 3), seed(7, 0), seed(2, 2), seed(5, 4)],
  shapes: ['text'],
  dictionary: [
    'old ',
    'old 0\n\n',
    '\n\n',
    '— ',
    '18446744073709551616',
    'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n',
  ],
  run(input) {
    const parsed = parseWitnessRequest(input);
    checkRefusal(parsed);
    if (!parsed.ok) return;
    assert.ok(Buffer.from(formatWitnessRequest(parsed.value)).equals(input), 'a request has two spellings');
    for (const latest of [known, null]) {
      const checked = checkWitnessRequest(parsed.value, [key], () => latest);
      checkRefusal(checked);
      if (!checked.ok) continue;
      const { size, from, checkpoint } = checked.value;
      assert.equal(from, latest?.size ?? 0);
      assert.ok(size >= from && size <= leaves.length, 'nobody signed a checkpoint of this size');
      assert.ok(Buffer.from(checkpoint.root).equals(mth(leaves.slice(0, size))), 'the log never had this root');
    }
  },
};
