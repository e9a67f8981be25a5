import assert from 'node:assert/strict';
import type { VerifiedCms } from '../../../core/trust/verify-cms.ts';
import { verifyFile } from '../../unit/trust/support/cms-case.ts';
import type { FuzzTarget } from '../engine/target.ts';
import { checkRefusal } from '../support/check-refusal.ts';
import { cmsFiles, derWords } from '../support/trust-files.ts';

/** Who signed, with which key, and when they say they did: what a station acts on. */
function meaningOf({ signers }: VerifiedCms): string[] {
  return signers.map(({ subject, fingerprintSha256, publicKeySha256, notAfter, signingTime }) =>
    JSON.stringify([subject, fingerprintSha256, publicKeySha256, notAfter, signingTime]),
  );
}

const signedMeanings = new Set(
  cmsFiles().flatMap((file) => {
    const result = verifyFile(file);
    return result.ok ? meaningOf(result) : [];
  }),
);

/** Mutations of signed files: what is accepted says of each signer what the key's owner signed. */
export const target: FuzzTarget = {
  seeds: cmsFiles,
  shapes: ['der'],
  dictionary: derWords,
  run(input) {
    const result = verifyFile(input);
    checkRefusal(result);
    if (!result.ok) return;
    for (const meaning of meaningOf(result)) assert.ok(signedMeanings.has(meaning), `nobody signed ${meaning}`);
    const twofold = verifyFile(input, { threshold: 2 });
    assert.equal(twofold.ok, new Set(result.signers.map(({ publicKeySha256 }) => publicKeySha256)).size >= 2);
  },
};
