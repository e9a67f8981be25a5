import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { verifyFile } from '../../unit/trust/support/cms-case.ts';
import {
  attribute,
  buildCms,
  content,
  contentType,
  messageDigest,
  octets,
  oids,
  sequence,
  signer,
  signingTime,
} from '../../unit/trust/support/cms-builder.ts';
import { certificate } from '../../unit/trust/support/fixture.ts';
import { type DerTree, readDerTrees, writeTree } from '../engine/mutate/der-tree.ts';
import type { FuzzTarget } from '../engine/target.ts';
import { checkRefusal } from '../support/check-refusal.ts';
import { derWords } from '../support/trust-files.ts';

const certificateHash = octets(createHash('sha256').update(certificate('leaf')).digest());
const signingCertificate = attribute(oids.signingCertificateV2, sequence(sequence(sequence(certificateHash))));
const digest = createHash('sha256').update(content).digest();

/**
 * Signed attributes of any kind under a signature that holds: what comes after the signature check is reached too. What is accepted
 * has one content type and one message digest, the right ones, as an independent reader sees them.
 */
export const target: FuzzTarget = {
  seeds: () => [
    Buffer.concat([contentType, messageDigest]),
    Buffer.concat([contentType, signingTime, messageDigest]),
    Buffer.concat([contentType, signingTime, messageDigest, signingCertificate]),
    Buffer.concat([contentType, messageDigest, attribute(oids.algorithmProtection, sequence(sequence(oids.sha256)))]),
  ],
  shapes: ['der'],
  dictionary: derWords,
  run(input) {
    const trees = readDerTrees(input);
    if (trees === null) return;
    const result = verifyFile(buildCms({ signers: [signer({ attributes: trees.map(writeTree) })] }));
    checkRefusal(result);
    if (!result.ok) return;
    const types = trees.map(({ children }) => contentOf(children?.[0]));
    assert.equal(new Set(types).size, types.length, 'an attribute stands twice');
    assert.deepEqual(valuesOf(trees, oids.contentType), [oids.data.subarray(2).toString('hex')]);
    assert.deepEqual(valuesOf(trees, oids.messageDigest), [digest.toString('hex')]);
    assert.equal(result.signers[0]?.signingTime !== undefined, valuesOf(trees, oids.signingTime).length === 1);
  },
};

/** Content octets, in hex, of the values of an attribute. */
function valuesOf(attributes: readonly DerTree[], type: Buffer): string[] {
  const found = attributes.filter(({ children }) => contentOf(children?.[0]) === type.subarray(2).toString('hex'));
  return found.flatMap(({ children }) => children?.[1]?.children ?? []).map(contentOf);
}

function contentOf(tree: DerTree | undefined): string {
  return Buffer.from(tree?.content ?? []).toString('hex');
}
