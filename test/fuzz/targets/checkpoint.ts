import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { parseCheckpoint, signCheckpoint, verifyCheckpoint } from '../../../core/audit/checkpoint.ts';
import { hashLeaf } from '../../../core/audit/merkle-tree.ts';
import { parseTlogProof } from '../../../core/audit/tlog-proof.ts';
import { makeVerifierKey } from '../../../core/audit/verifier-key.ts';
import { fixtureKeyPem } from '../../helpers/test-bundle.ts';
import type { FuzzTarget } from '../engine/target.ts';
import { checkRefusal } from '../support/check-refusal.ts';

const privateKey = createPrivateKey(fixtureKeyPem('root-ed25519'));
const key = makeVerifierKey('drydock/station', createPublicKey(privateKey));
const root = hashLeaf(Buffer.from('event'));
const checkpoint = { origin: 'drydock/station', size: 1n, root, extensions: [] };
const note = signCheckpoint(checkpoint, key, privateKey);
const longNote = signCheckpoint({ ...checkpoint, size: 2n ** 64n - 1n, extensions: ['further'] }, key, privateKey);
const signedTexts = [note, longNote].map((text) => text.slice(0, text.lastIndexOf('\n\n') + 1));

/** An accepted checkpoint says what the log's key signed, to the letter. */
export const target: FuzzTarget = {
  seeds: () => [
    Buffer.from(note),
    Buffer.from(longNote),
    Buffer.from(`${note}— witness AAAAAAAAAAAAAAAA\n`),
    Buffer.from(`c2sp.org/tlog-proof@v1\nindex 0\n\n${note}`),
  ],
  shapes: ['text'],
  dictionary: [
    '— ',
    '\n\n',
    '18446744073709551616',
    'c2sp.org/tlog-proof@v1\n',
    'index ',
    'extra AAAA\n',
    '\u0085',
    '\u0000',
  ],
  run(input) {
    const text = Buffer.from(input).toString('utf8');
    checkRefusal(parseCheckpoint(text));
    checkRefusal(parseTlogProof(text));
    const verified = verifyCheckpoint(input, [key]);
    checkRefusal(verified);
    if (verified.ok)
      assert.ok(
        signedTexts.some((signed) => text.startsWith(signed)),
        'nobody signed this checkpoint',
      );
  },
};
