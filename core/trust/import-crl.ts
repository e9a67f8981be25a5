import { accept, refuse, type Refusal, type Result } from '../../contract/result.ts';
import { type ChainRules, ChainVerifier, defaultMaxDepth, readCertificate } from './chain/chain-verifier.ts';
import { checkCrl, checkCrlCurrent, checkCrlNumbers, checkCrlSignature } from './chain/check-crl.ts';
import { catchRefusal, unwrap } from './der/read-strictly.ts';
import { oid } from './oid.ts';
import { type CrlFile, readCrlFile } from './read-crl-file.ts';
import type { StoredCrl, TrustAnchor } from './repository.ts';
import { WorkBudget } from './work-budget.ts';
import type { Certificate } from './x509/certificate.ts';
import { type Crl, parseCrl } from './x509/crl.ts';
import { describeName, sameBytes } from './x509/name.ts';

export interface ImportCrlInput {
  /** DER, or PEM; where an intermediate CA signed the list, PEM with its certificate and those above it, up to a pinned anchor. */
  readonly file: Uint8Array;
  readonly addedAt: Date;
  readonly addedBy: string;
}

type PinnedCertificate = Pick<TrustAnchor, 'der' | 'fingerprintSha256'>;

/** The anchors that may stand above the issuer of a list, by what they vouch for. */
export interface CrlAnchors {
  readonly bundle: readonly PinnedCertificate[];
  readonly timestamp: readonly PinnedCertificate[];
}

/** Reads and checks a revocation list that is to be stored; see `TrustStore.importCrl` for the refusals. */
export function importCrl(
  { file, addedAt, addedBy }: ImportCrlInput,
  anchors: CrlAnchors,
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
function findIssuer(crl: Crl, issuersDer: CrlFile['issuersDer'], anchors: CrlAnchors, at: Date): Result<Certificate> {
  const budget = new WorkBudget();
  const issuers = issuersDer.map((der) => readCertificate(der, budget));
  const chainsTo = (pinned: readonly PinnedCertificate[], eku: string): ChainVerifier =>
    new ChainVerifier(
      { intermediates: issuers, rootsDer: pinned.map(({ der }) => der), crlsDer: [] },
      { ...issuerRules, at, eku },
      budget,
    );
  // A CA that names purposes names that of the certificates below it, and an anchor vouches for no other purpose than its own.
  const chains = [chainsTo(anchors.bundle, oid.codeSigning), chainsTo(anchors.timestamp, oid.timeStamping)];
  const pinned = new Set([...anchors.bundle, ...anchors.timestamp].map(({ fingerprintSha256 }) => fingerprintSha256));
  let lastRefusal: Refusal | undefined;
  for (const candidate of [...chains.flatMap((one) => one.anchors), ...issuers]) {
    if (!sameBytes(candidate.subject.raw, crl.issuer.raw)) continue;
    budget.spend('signatures');
    budget.spend('signedBytes', crl.tbsDer.length);
    const refusal = checkCrl(crl, candidate) ?? checkTrusted(candidate, pinned, chains);
    if (refusal === undefined) return accept(candidate);
    lastRefusal = refusal;
  }
  const issuer = describeName(crl.issuer);
  const reason = `No pinned trust anchor issued the revocation list of "${issuer}", and the file holds no certificate of that CA; put it beside the list, both as PEM.`;
  return lastRefusal ?? refuse('trust.crl-anchor-unknown', reason, { issuer });
}

/** The issuer of a list stands at the end of its own path, as a CA. */
const issuerRules = {
  maxDepth: defaultMaxDepth,
  requireEku: false,
  requireKu: true,
  allowCaLeaf: true,
  requireCrl: false,
  maxCrlAgeMs: undefined,
} satisfies Partial<ChainRules>;

function checkTrusted(
  issuer: Certificate,
  pinned: ReadonlySet<string>,
  chains: readonly ChainVerifier[],
): Refusal | undefined {
  if (pinned.has(issuer.fingerprintSha256)) return undefined;
  const refusals: Refusal[] = [];
  for (const one of chains) {
    const verdict = one.verify(issuer);
    if (verdict.ok) return undefined;
    refusals.push(verdict);
  }
  // Of a path that reached an anchor it is known what is wrong with it.
  return refusals.find(({ code }) => code !== 'trust.no-path') ?? refusals[0];
}

/** One list is kept for each CA: a partial one in its place would forget what is revoked outside its scope (RFC 5280 §5.2.5). */
function checkComplete(crl: Crl): Refusal | undefined {
  if (!crl.isPartial) return undefined;
  const issuer = describeName(crl.issuer);
  const reason = `The revocation list of "${issuer}" covers only a part of that CA's certificates or reasons (issuingDistributionPoint); import the complete list.`;
  return refuse('trust.crl-partial', reason, { issuer });
}

/**
 * An older list may lack what has been revoked since, and a later one has a greater number (RFC 5280 §5.2.3). Both over every stored list of that CA.
 * The number of a stored list that this release no longer reads is not known: it must not keep its successor out.
 */
function checkNewer(crl: Crl, issuer: Certificate, stored: readonly StoredCrl[]): Refusal | undefined {
  const ofCa = stored.filter((candidate) => isOfCa(candidate, crl, issuer));
  const superseding = ofCa.find(({ thisUpdate }) => thisUpdate.getTime() >= crl.thisUpdate.getTime());
  if (superseding !== undefined) {
    return refuse(
      'trust.crl-superseded',
      `The revocation list of "${describeName(crl.issuer)}" is dated ${crl.thisUpdate.toISOString()}; the stored one is as new or newer (${superseding.thisUpdate.toISOString()}).`,
    );
  }
  const earlier = ofCa.map(({ der }) => parseCrl(der)).filter((parsed) => parsed.ok);
  return checkCrlNumbers([...earlier.map(({ value }) => value), crl]);
}

/** Whether the same name and key signed a stored list, whichever of that CA's certificates it came under. */
function isOfCa(candidate: StoredCrl, crl: Crl, issuer: Certificate): boolean {
  if (candidate.issuerSha256 === issuer.fingerprintSha256) return true;
  if (candidate.issuer !== describeName(crl.issuer)) return false;
  const parsed = parseCrl(candidate.der);
  if (!parsed.ok || !sameBytes(parsed.value.issuer.raw, crl.issuer.raw)) return false;
  return checkCrlSignature(parsed.value, issuer) === undefined;
}
