import { accept, refuse, type Refusal, type Result } from '../../contract/result.ts';
import { checkCrl, checkCrlCurrent } from './chain/check-revocation.ts';
import { catchRefusal, unwrap } from './der/read-strictly.ts';
import { oid } from './oid.ts';
import { readPemOrDer } from './pem.ts';
import type { StoredCrl, TrustAnchor } from './repository.ts';
import { verifyChain } from './verify-chain.ts';
import { type Certificate, parseCertificate } from './x509/certificate.ts';
import { type Crl, parseCrl } from './x509/crl.ts';
import { describeName, sameBytes } from './x509/name.ts';

export interface ImportCrlInput {
  /** PEM or DER. */
  readonly file: Uint8Array;
  readonly addedAt: Date;
  readonly addedBy: string;
  /** Where an intermediate CA signed the list: its certificate and those above it, up to a pinned anchor. */
  readonly issuersDer?: readonly Uint8Array[];
}

/** Reads and checks a revocation list that is to be stored; see `TrustStore.importCrl` for the refusals. */
export function importCrl(
  input: ImportCrlInput,
  anchors: readonly TrustAnchor[],
  stored: readonly StoredCrl[],
): Result<StoredCrl> {
  const answer = catchRefusal(() => {
    const crl = unwrap(parseCrl(unwrap(readPemOrDer(input.file, ['X509 CRL']))));
    const issuer = unwrap(findIssuer(crl, input, anchors));
    return { crl, issuer };
  });
  if ('ok' in answer) return answer;
  const { crl, issuer } = answer;
  const refusal = checkCrlCurrent(crl, input.addedAt) ?? checkNewer(crl, issuer, stored);
  if (refusal !== undefined) return refusal;
  return accept({
    der: Uint8Array.from(crl.der),
    fingerprintSha256: crl.fingerprintSha256,
    issuer: describeName(crl.issuer),
    issuerSha256: issuer.fingerprintSha256,
    thisUpdate: crl.thisUpdate,
    // A list without it has been refused as not current.
    nextUpdate: crl.nextUpdate ?? crl.thisUpdate,
    addedAt: input.addedAt,
    addedBy: input.addedBy,
  });
}

/** The trusted certificate whose name and key signed the list. */
function findIssuer(crl: Crl, input: ImportCrlInput, anchors: readonly TrustAnchor[]): Result<Certificate> {
  const candidates = [...anchors.map(({ der }) => der), ...(input.issuersDer ?? [])]
    .map((der) => unwrap(parseCertificate(der)))
    .filter((candidate) => sameBytes(candidate.subject.raw, crl.issuer.raw));
  let signatureRefusal: Refusal | undefined;
  for (const candidate of candidates) {
    signatureRefusal = checkCrl(crl, candidate);
    if (signatureRefusal === undefined) return isTrusted(candidate, input, anchors);
  }
  return (
    signatureRefusal ??
    refuse(
      'trust.crl-anchor-unknown',
      `No pinned trust anchor issued the revocation list of "${describeName(crl.issuer)}".`,
      {
        issuer: describeName(crl.issuer),
      },
    )
  );
}

function isTrusted(issuer: Certificate, input: ImportCrlInput, anchors: readonly TrustAnchor[]): Result<Certificate> {
  if (anchors.some(({ fingerprintSha256 }) => fingerprintSha256 === issuer.fingerprintSha256)) return accept(issuer);
  const chain = verifyChain({
    leafDer: issuer.der,
    intermediatesDer: input.issuersDer ?? [],
    rootsDer: anchors.map(({ der }) => der),
    crlsDer: [],
    at: input.addedAt,
    eku: oid.codeSigning,
    requireEku: false,
    allowCaLeaf: true,
  });
  return chain.ok ? accept(issuer) : chain;
}

/** An older list may lack what has been revoked since. */
function checkNewer(crl: Crl, issuer: Certificate, stored: readonly StoredCrl[]): Refusal | undefined {
  const current = stored.find(({ issuerSha256 }) => issuerSha256 === issuer.fingerprintSha256);
  if (current === undefined || crl.thisUpdate.getTime() > current.thisUpdate.getTime()) return undefined;
  return refuse(
    'trust.crl-superseded',
    `The revocation list of "${describeName(crl.issuer)}" is dated ${crl.thisUpdate.toISOString()}; the stored one is as new or newer (${current.thisUpdate.toISOString()}).`,
  );
}
