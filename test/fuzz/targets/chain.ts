import assert from 'node:assert/strict';
import { X509Certificate, sign } from 'node:crypto';
import { oid } from '../../../core/trust/oid.ts';
import { type VerifiedChain, verifyChain } from '../../../core/trust/verify-chain.ts';
import { now } from '../../unit/trust/support/chain-case.ts';
import { children, der, sequence } from '../../unit/trust/support/cms-builder.ts';
import { certificate, crl, privateKeyPem } from '../../unit/trust/support/fixture.ts';
import { readDerTrees, writeDerTrees } from '../engine/mutate/der-tree.ts';
import type { FuzzTarget } from '../engine/target.ts';
import { checkRefusal } from '../support/check-refusal.ts';
import { type Framed, frame, unframe } from '../support/containers.ts';
import { derWords } from '../support/trust-files.ts';

/** What a frame holds; one that is signed anew gets a valid signature of its issuer's key over whatever the mutation made of it. */
const Kind = {
  leaf: 0,
  leafSignedAnew: 1,
  intermediate: 2,
  intermediateSignedAnew: 3,
  crl: 4,
  crlSignedAnew: 5,
} as const;
const rootsDer = [certificate('root')];
const signerOf: Readonly<Record<number, string>> = {
  [Kind.leafSignedAnew]: 'ica',
  [Kind.intermediateSignedAnew]: 'root',
  [Kind.crlSignedAnew]: 'ica',
};

/** Leaf, intermediates and CRLs: an accepted path holds also in the eyes of OpenSSL, link by link. */
export const target: FuzzTarget = {
  seeds: () =>
    [
      ...['leaf', 'leaf-policy', 'leaf-san', 'leaf-eku-many'].flatMap((leaf) => [
        chain(leaf, 'ica'),
        chain(leaf, 'ica', Kind.leafSignedAnew, Kind.intermediateSignedAnew),
      ]),
      ...['dns', 'dir', 'ip', 'email', 'uri'].flatMap((form) => [
        chain(`leaf-nc-${form}-inside`, `ica-nc-${form}`, Kind.leafSignedAnew),
        chain(`leaf-nc-${form}-inside`, `ica-nc-${form}`, Kind.leafSignedAnew, Kind.intermediateSignedAnew),
      ]),
      ...['ica-empty', 'ica-revokes-leaf', 'ica-shard', 'ica-delta'].map((list) =>
        Buffer.concat([chain('leaf', 'ica'), frame([{ kind: Kind.crlSignedAnew, bytes: crl(list) }])]),
      ),
      frame(['ica-cross', 'ica', 'ica-rekeyed', 'ica-deep'].map(intermediate).concat(leafFrame('leaf-deep'))),
    ].filter((input) => input.length > 0),
  shapes: ['der'],
  dictionary: derWords,
  maxLenBytes: 32 * 1024,
  run(input) {
    const files = unframe(input)?.map(signAnew) ?? [];
    const of = (...kinds: readonly number[]): Buffer[] =>
      files.filter(({ kind }) => kinds.includes(kind)).map(({ bytes }) => bytes);
    const [leafDer] = of(Kind.leaf, Kind.leafSignedAnew);
    if (leafDer === undefined) return;
    const result = verifyChain({
      leafDer,
      intermediatesDer: of(Kind.intermediate, Kind.intermediateSignedAnew),
      rootsDer,
      crlsDer: of(Kind.crl, Kind.crlSignedAnew),
      at: now,
      eku: oid.codeSigning,
    });
    checkRefusal(result);
    if (result.ok) checkPath(result, leafDer);
  },
};

function chain(leaf: string, via: string, leafKind: number = Kind.leaf, viaKind: number = Kind.intermediate): Buffer {
  return frame([
    { kind: leafKind, bytes: readOr(leaf, 'leaf') },
    { kind: viaKind, bytes: readOr(via, 'ica') },
  ]);
}

function readOr(name: string, otherwise: string): Buffer {
  try {
    return certificate(name);
  } catch {
    // Fixtures come and go; the seed is then the plain one.
    return certificate(otherwise);
  }
}

function intermediate(name: string): Framed {
  return { kind: Kind.intermediate, bytes: certificate(name) };
}

function leafFrame(name: string): Framed {
  return { kind: Kind.leaf, bytes: certificate(name) };
}

function signAnew(file: Framed): Framed {
  const key = signerOf[file.kind];
  const trees = readDerTrees(file.bytes);
  const fields = trees?.length === 1 ? trees[0]?.children : undefined;
  const [tbs, algorithm] = fields ?? [];
  if (key === undefined || tbs === undefined || algorithm === undefined) return file;
  const signed = writeDerTrees([tbs]);
  const signature = der(0x03, Buffer.from([0]), sign('sha256', signed, privateKeyPem(key)));
  return { kind: file.kind, bytes: sequence(signed, writeDerTrees([algorithm]), signature) };
}

function checkPath({ path }: VerifiedChain, leafDer: Buffer): void {
  const certificates = path.map((link) => new X509Certificate(link.der));
  assert.deepEqual(Buffer.from(path[0]?.der ?? []), leafDer, 'the path begins with another certificate');
  assert.ok(
    rootsDer.some((root) => root.equals(path.at(-1)?.der ?? Buffer.alloc(0))),
    'the path ends at no pinned root',
  );
  for (const [index, link] of certificates.entries()) {
    assert.ok(
      Date.parse(link.validFrom) <= now.getTime() && now.getTime() <= Date.parse(link.validTo),
      'not valid now',
    );
    assert.equal(link.ca, index > 0, 'a CA stands as leaf, or a leaf as CA');
    const issuer = certificates[index + 1] ?? link;
    assert.ok(link.checkIssued(issuer) && link.verify(issuer.publicKey), 'a link is not signed by the next');
  }
  assert.ok(children(leafDer).length === 3);
}
