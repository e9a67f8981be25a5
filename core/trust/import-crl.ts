import { accept, refuse, type Refusal, type Result } from '../../contract/result.ts';
import { checkCrl, checkCrlCurrent } from './chain/check-revocation.ts';
import { catchRefusal, unwrap } from './der/read-strictly.ts';
import { oid } from './oid.ts';
import { type CrlFile, readCrlFile } from './read-crl-file.ts';
import type { StoredCrl, TrustAnchor } from './repository.ts';
import { verifyChain } from './verify-chain.ts';
import { type Certificate, parseCertificate } from './x509/certificate.ts';
import { type Crl, parseCrl } from './x509/crl.ts';
import { describeName, sameBytes } from './x509/name.ts';

export interface ImportCrlInput {
  /** DER, or PEM; where an intermediate CA signed the list, PEM with its certificate and those above it, up to a pinned anchor. */
  readonly file: Uint8Array;
  readonly addedAt: Date;
  readonly addedBy: string;
}

/** Reads and checks a revocation list that is to be stored; see `TrustStore.importCrl` for the refusals. */
export function importCrl(
  { file, addedAt, addedBy }: ImportCrlInput,
  anchors: readonly TrustAnchor[],
  stored: readonly StoredCrl[],
): Result<StoredCrl> {
  const answer = catchRefusal(() => {
    const { crlDer, issuersDer } = unwrap(readCrlFile(file));
    const crl = unwrap(parseCrl(crlDer));
    const issuer = unwrap(findIssuer(crl, issuersDer, anchors, addedAt));
    return { crl, issuer };
  });
  if ('ok' in answer) return answer;
  const { crl, issuer } = answer;
  const refusal = checkComplete(crl) ?? checkCrlCurrent(crl, addedAt) ?? checkNewer(crl, issuer, stored);
  if (refusal !== undefined) return refusal;
  return accept({
    der: Uint8Array.from(crl.der),
    fingerprintSha256: crl.fingerprintSha256,
    issuer: describeName(crl.issuer),
    issuerSha256: issuer.fingerprintSha256,
    thisUpdate: crl.thisUpdate,
    // A list without it has been refused as not current.
    nextUpdate: crl.nextUpdate ?? crl.thisUpdate,
    addedAt,
    addedBy,
  });
}

/** The trusted certificate whose name and key signed the list. */
function findIssuer(
  crl: Crl,
  issuersDer: CrlFile['issuersDer'],
  anchors: readonly TrustAnchor[],
  at: Date,
): Result<Certificate> {
  const candidates = [...anchors.map(({ der }) => der), ...issuersDer]
    .map((der) => unwrap(parseCertificate(der)))
    .filter((candidate) => sameBytes(candidate.subject.raw, crl.issuer.raw));
  let lastRefusal: Refusal | undefined;
  for (const candidate of candidates) {
    const refusal = checkCrl(crl, candidate) ?? checkTrusted(candidate, issuersDer, anchors, at);
    if (refusal === undefined) return accept(candidate);
    lastRefusal = refusal;
  }
  const issuer = describeName(crl.issuer);
  const reason = `No pinned trust anchor issued the revocation list of "${issuer}", and the file holds no certificate of that CA; put it beside the list, both as PEM.`;
  return lastRefusal ?? refuse('trust.crl-anchor-unknown', reason, { issuer });
}

function checkTrusted(
  issuer: Certificate,
  issuersDer: CrlFile['issuersDer'],
  anchors: readonly TrustAnchor[],
  at: Date,
): Refusal | undefined {
  if (anchors.some(({ fingerprintSha256 }) => fingerprintSha256 === issuer.fingerprintSha256)) return undefined;
  const chain = verifyChain({
    leafDer: issuer.der,
    intermediatesDer: issuersDer,
    rootsDer: anchors.map(({ der }) => der),
    crlsDer: [],
    at,
    eku: oid.codeSigning,
    requireEku: false,
    allowCaLeaf: true,
  });
  return chain.ok ? undefined : chain;
}

/** One list is kept for each CA: a partial one in its place would forget what is revoked outside its scope (RFC 5280 §5.2.5). */
function checkComplete(crl: Crl): Refusal | undefined {
  if (!crl.isPartial) return undefined;
  const issuer = describeName(crl.issuer);
  const reason = `The revocation list of "${issuer}" covers only a part of that CA's certificates or reasons (issuingDistributionPoint); import the complete list.`;
  return refuse('trust.crl-partial', reason, { issuer });
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
