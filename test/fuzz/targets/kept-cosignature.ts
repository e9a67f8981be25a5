import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { cosignCheckpoint, formatCheckpoint, signCheckpoint } from '../../../core/audit/checkpoint.ts';
import { formatVerifierKey, makeVerifierKey } from '../../../core/audit/verifier-key.ts';
import { checkKeptCosignature } from '../../../core/audit/witness/kept-cosignature.ts';
import { mth } from '../../helpers/rfc6962.ts';
import { fixtureKeyPem } from '../../helpers/test-bundle.ts';
import type { FuzzTarget } from '../engine/target.ts';
import { checkRefusal } from '../support/check-refusal.ts';

const origin = 'drydock/station';
const privateKey = createPrivateKey(fixtureKeyPem('root-ed25519'));
const key = makeVerifierKey(origin, createPublicKey(privateKey));
// A witness key is told apart by its type; that it is the same pair makes each signature of the one a try at the other.
const witness = makeVerifierKey('depot/north', createPublicKey(privateKey), 'ed25519-cosignature');
const leaves = Array.from({ length: 7 }, (_, index) => Buffer.from(`event ${index}`));
const cosignedAt = '2026-11-29T12:00:00.000Z';

function checkpointOf(size: number, root: Uint8Array = mth(leaves.slice(0, size))) {
  return { origin, size: BigInt(size), root, extensions: [] };
}

function cosigned(checkpoint: ReturnType<typeof checkpointOf>): string {
  const note = cosignCheckpoint(signCheckpoint(checkpoint, key, privateKey), witness, privateKey, new Date(cosignedAt));
  if (!note.ok) throw new Error(note.reason);
  return note.value;
}

const fitting = [checkpointOf(5), checkpointOf(7)];
const contradicting = [checkpointOf(5, mth(leaves.slice(1, 6))), checkpointOf(9, mth(leaves))];

/** Nobody vouches for a log, and nobody contradicts it, but by what the witness signed, to the letter. */
export const target: FuzzTarget = {
  seeds: () => [...fitting, ...contradicting].map((checkpoint) => Buffer.from(cosigned(checkpoint))),
  shapes: ['text'],
  dictionary: ['— ', '\n\n', `${origin}\n`, `${witness.name} `, '\n5\n', '\n7\n', '\n9\n', '\u0000'],
  run(input) {
    const note = Buffer.from(input).toString('utf8');
    const size = Number(note.split('\n')[1]);
    const kept = { witness: witness.name, verifierKey: formatVerifierKey(witness), size, cosignedAt, note };
    const rootAt = (of: number): Uint8Array => mth(leaves.slice(0, of));
    const checked = checkKeptCosignature({ ...kept, keptAt: cosignedAt }, { key, size: leaves.length, rootAt });
    checkRefusal(checked);
    const isSigned = (checkpoints: readonly ReturnType<typeof checkpointOf>[]): boolean =>
      checkpoints.some((checkpoint) => note.startsWith(formatCheckpoint(checkpoint)));
    if (checked.ok) assert.ok(isSigned(fitting), 'the witness has not cosigned this');
    else if (checked.code === 'audit.cosignature-contradicted') {
      assert.ok(isSigned(contradicting), 'the witness contradicts nothing of the kind');
    }
  },
};
