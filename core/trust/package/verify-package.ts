import { accept, refuse, type Refusal, type Result } from '../../../contract/result.ts';
import { isOutdated } from '../chain/check-crl.ts';
import { checkRevocation } from '../chain/check-revocation.ts';
import { CrlShelf } from '../chain/crl-shelf.ts';
import { unwrap, catchRefusal } from '../der/read-strictly.ts';
import { oid } from '../oid.ts';
import { verifyChain } from '../verify-chain.ts';
import { verifyCms, type VerifiedSigner } from '../verify-cms.ts';
import { WorkBudget } from '../work-budget.ts';
import { type Certificate, parseCertificate } from '../x509/certificate.ts';
import { type Crl, parseCrl } from '../x509/crl.ts';
import { sameBytes } from '../x509/name.ts';
import { countAgreeingAnchors, type Endorsement } from './count-anchors.ts';
import { type PackageAnchor, readTrustPackage, type TrustPackage } from './read-package.ts';

/** The two files of a trust package. */
export interface PackageFiles {
  /** `trust.json`, byte for byte. */
  readonly document: Uint8Array;
  /** `trust.p7s`: detached CMS over it, DER. */
  readonly signature: Uint8Array;
}

export interface PackageInput extends PackageFiles {
  /** Complete CRLs that the station has. */
  readonly crlsDer: readonly Uint8Array[];
  readonly at: Date;
}

export interface VerifiedPackage {
  readonly package: TrustPackage;
  /** By subject, then fingerprint. */
  readonly signers: readonly VerifiedSigner[];
}

/**
 * Verifies the package that follows `previous` (REQ-OTA-SIG-05; TUF specification §5.3.4, §5.3.5): the same family, exactly the next version,
 * and signed at the thresholds of the previous package's bundle anchors and of its own. Pure; never throws. Refuses with
 * `trust.package-…`, or as reading and `verifyCms` do.
 */
export function verifyNextPackage(input: PackageInput, previous: TrustPackage): Result<VerifiedPackage> {
  const next = readTrustPackage(input.document);
  if (!next.ok) return next;
  const refusal = checkFamily(next.value, previous) ?? checkNextVersion(next.value, previous);
  return refusal ?? verifySigned(input, next.value, previous);
}

/**
 * Verifies a package that a person vouches for by its fingerprint, as the first of a family or to begin anew after a compromise: signed at
 * the threshold of its own bundle anchors, with a version above `newerThan`. Refuses as {@link verifyNextPackage}.
 */
export function verifyFirstPackage(input: PackageInput, newerThan: number): Result<VerifiedPackage> {
  const first = readTrustPackage(input.document);
  if (!first.ok) return first;
  if (first.value.version <= newerThan) return refuseVersion(first.value, newerThan, `a version above ${newerThan}`);
  return verifySigned(input, first.value, null);
}

function verifySigned(input: PackageInput, next: TrustPackage, previous: TrustPackage | null): Result<VerifiedPackage> {
  const refusal = checkNotFromFuture(next, input.at);
  if (refusal !== undefined) return refusal;
  const verified = catchRefusal(() => verifySigners(input, next, previous));
  return 'ok' in verified ? verified : accept({ package: next, signers: verified });
}

function verifySigners(
  input: PackageInput,
  next: TrustPackage,
  previous: TrustPackage | null,
): readonly VerifiedSigner[] {
  const [oldAnchors, newAnchors] = [bundleAnchorsOf(previous), bundleAnchorsOf(next)];
  const ownCrls = next.crls.map(({ der }) => unwrap(parseCrl(der)));
  const outdated = ownCrls.filter((crl) => isOutdated(crl, input.at));
  const current = ownCrls.filter((crl) => !outdated.includes(crl));
  const crlsDer = [...input.crlsDer, ...current.map(({ der }) => der)];
  const verified = verifyCms({
    cms: input.signature,
    content: input.document,
    rootsDer: distinct([...oldAnchors, ...newAnchors]).map(({ der }) => der),
    crlsDer,
    at: input.at,
    eku: oid.trustListSigning,
  });
  if (!verified.ok) return unwrap(verified);
  const signers = inOrder(verified.signers);
  const known = outdated.length === 0 ? [] : crlsDer.map((der) => unwrap(parseCrl(der)));
  const budget = new WorkBudget();
  for (const signer of signers) {
    throwRefusal(checkDirectlyUnderAnchor(signer) ?? checkNotInOutdated(signer, outdated, known, budget));
  }
  const agreeing = (anchors: readonly PackageAnchor[]): number =>
    countAgreeingAnchors(signers.flatMap((signer) => endorse(signer, anchors, input.at)));
  if (previous !== null) throwRefusal(checkOldThreshold(agreeing(oldAnchors), previous));
  throwRefusal(checkNewThreshold(agreeing(newAnchors), next));
  return signers;
}

/** A signature file has them as a SET OF in the order of their bytes, random signature values among them: no order to show to anybody. */
function inOrder(signers: readonly VerifiedSigner[]): readonly VerifiedSigner[] {
  const key = ({ subject, fingerprintSha256 }: VerifiedSigner): string => `${subject}\u0000${fingerprintSha256}`;
  return signers.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** TUF §5.3.5: no version is skipped, none is repeated. */
function checkNextVersion(next: TrustPackage, previous: TrustPackage): Refusal | undefined {
  const expected = previous.version + 1;
  return next.version === expected ? undefined : refuseVersion(next, previous.version, `version ${expected}`);
}

function refuseVersion(found: TrustPackage, current: number, expected: string): Refusal {
  const reason = `This trust package of ${found.family} has version ${found.version}; the station has version ${current} and takes ${expected}.`;
  return refuse('trust.package-version', reason, { family: found.family, version: found.version, current });
}

function checkFamily(next: TrustPackage, previous: TrustPackage): Refusal | undefined {
  if (next.family === previous.family) return undefined;
  const reason = `The trust package is one of ${next.family}; the one before it was of ${previous.family}.`;
  return refuse('trust.package-family', reason, { family: next.family });
}

/** The floor never rises above the clock, so a package that demands it shows a clock that is behind. */
function checkNotFromFuture({ family, version, issued, minimumTime }: TrustPackage, at: Date): Refusal | undefined {
  const latest = issued > minimumTime ? issued : minimumTime;
  if (latest.getTime() <= at.getTime()) return undefined;
  const reason = `Version ${version} of the trust of ${family} is dated ${latest.toISOString()}, and the station's clock says ${at.toISOString()}; set date and time.`;
  return refuse('trust.package-time', reason, { dated: latest.toISOString(), now: at.toISOString() });
}

/** Only the holder of an anchor's own key appoints those who may change what is trusted: no intermediate CA does. */
function checkDirectlyUnderAnchor({ subject, path }: VerifiedSigner): Refusal | undefined {
  if (path.length === 2) return undefined;
  const reason = `"${subject}" is certified by an intermediate CA; those who sign trust packages are certified by a trust anchor itself.`;
  return refuse('trust.package-signer', reason, { certificatesInPath: path.length });
}

/** A list that came too late to be current still tells whom it lists, unless a newer list of that CA is at hand. */
function checkNotInOutdated(
  { path }: VerifiedSigner,
  outdated: readonly Crl[],
  known: readonly Crl[],
  budget: WorkBudget,
): Refusal | undefined {
  const [signer, issuer] = path.slice(0, 2).map(({ der }) => unwrap(parseCertificate(der)));
  if (signer === undefined || issuer === undefined) return undefined;
  for (const crl of outdated.filter((one) => isOf(one, issuer))) {
    if (known.some((other) => isOf(other, issuer) && other.thisUpdate >= crl.thisUpdate)) continue;
    const refusal = checkRevocation(signer, issuer, new CrlShelf([crl.der], budget), {
      at: crl.thisUpdate,
      requireCrl: false,
      maxCrlAgeMs: undefined,
    });
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

function isOf(crl: Crl, issuer: Certificate): boolean {
  return sameBytes(crl.issuer.raw, issuer.subject.raw);
}

/**
 * The signer counts for a set of anchors where its path ends in that very set; also in a root that was certified anew with the same name
 * and key. The path as it was verified has settled revocation, which hangs on that name and key.
 */
function endorse(
  { path, publicKeySha256 }: VerifiedSigner,
  anchors: readonly PackageAnchor[],
  at: Date,
): Endorsement[] {
  const [signer, anchor] = path;
  if (signer === undefined || anchor === undefined) return [];
  const issuer = unwrap(parseCertificate(anchor.der));
  const isEndorsing = (candidate: PackageAnchor): boolean =>
    candidate.fingerprintSha256 === anchor.fingerprintSha256 ||
    (isCertifiedAnew(candidate, issuer) && endsIn(candidate, signer.der, at));
  return anchors
    .filter(isEndorsing)
    .map(({ publicKeySha256: anchorKeySha256 }) => ({ signerKeySha256: publicKeySha256, anchorKeySha256 }));
}

function isCertifiedAnew(candidate: PackageAnchor, issuer: Certificate): boolean {
  if (candidate.publicKeySha256 !== unwrap(issuer.publicKey).sha256) return false;
  return sameBytes(unwrap(parseCertificate(candidate.der)).subject.raw, issuer.subject.raw);
}

function endsIn(anchor: PackageAnchor, leafDer: Uint8Array, at: Date): boolean {
  const rules = { crlsDer: [], at, eku: oid.trustListSigning, maxDepth: 0 };
  return verifyChain({ leafDer, intermediatesDer: [], rootsDer: [anchor.der], ...rules }).ok;
}

/** TUF §5.3.4: the keys that were trusted before. */
function checkOldThreshold(count: number, { threshold, version }: TrustPackage): Refusal | undefined {
  if (count >= threshold) return undefined;
  const reason = `${count} of the anchors of version ${version} have signed the trust package that follows it; ${threshold} are needed.`;
  return refuse('trust.package-old-threshold', reason, { count, threshold });
}

/** TUF §5.3.4: and its own. */
function checkNewThreshold(count: number, { threshold, version }: TrustPackage): Refusal | undefined {
  if (count >= threshold) return undefined;
  const reason = `${count} of the anchors that version ${version} brings have signed it; ${threshold} are needed.`;
  return refuse('trust.package-new-threshold', reason, { count, threshold });
}

function bundleAnchorsOf(from: TrustPackage | null): readonly PackageAnchor[] {
  return from?.anchors.filter(({ purpose }) => purpose === 'bundle') ?? [];
}

function distinct(anchors: readonly PackageAnchor[]): readonly PackageAnchor[] {
  return [...new Map(anchors.map((anchor) => [anchor.fingerprintSha256, anchor])).values()];
}

function throwRefusal(refusal: Refusal | undefined): void {
  if (refusal !== undefined) unwrap(refusal);
}
