import { refuse, type Refusal } from '../../../contract/result.ts';
import type { Certificate } from '../x509/certificate.ts';
import { type Crl, serialKey } from '../x509/crl.ts';
import { describeName, sameBytes } from '../x509/name.ts';
import { checkCrlAge, checkCrlCurrent, checkCrlIssuer, checkCrlKind, checkCrlNumbers } from './check-crl.ts';
import type { CrlShelf } from './crl-shelf.ts';

export interface RevocationRules {
  readonly at: Date;
  /** Whether each CA must have a current complete list. */
  readonly requireCrl: boolean;
  /** How long ago a list may have been issued, in ms; undefined: until its nextUpdate. */
  readonly maxCrlAgeMs: number | undefined;
}

/**
 * RFC 5280 §6.3.3 for one certificate, over the CRLs at hand: each one of its issuer must hold. The newest complete list decides, and what
 * is listed stays revoked until a newer complete list no longer lists it. Without a complete list of the issuer nothing is known to be revoked, and
 * the certificate passes unless the rules require one.
 */
export function checkRevocation(
  certificate: Certificate,
  issuer: Certificate,
  crls: CrlShelf,
  rules: RevocationRules,
): Refusal | undefined {
  const ofIssuer = crls.ofIssuer(issuer);
  for (const crl of ofIssuer) {
    // A list by another key of this CA proves nothing that it is silent on; but a serial that it lists is refused rather than trusted.
    const refusal = namesOtherKey(crl, issuer)
      ? checkListed(certificate, crl)
      : (checkCrlKind(crl) ?? checkCrlIssuer(crl, issuer) ?? crls.checkSignature(crl, issuer));
    if (refusal !== undefined) return refusal;
  }
  const ofKey = ofIssuer.filter((crl) => !namesOtherKey(crl, issuer));
  const complete = ofKey.filter(({ isPartial }) => !isPartial);
  const newest = findNewest(complete);
  // §5.2.5: silence of a partial list proves nothing, so it never takes back what an older list says. Lists of one date all count.
  const inForce = newest === undefined ? ofKey : ofKey.filter(({ thisUpdate }) => thisUpdate >= newest.thisUpdate);
  for (const crl of inForce) {
    // What is listed is revoked whether or not that list is still current.
    const refusal = checkListed(certificate, crl);
    if (refusal !== undefined) return refusal;
  }
  if (newest === undefined) return rules.requireCrl ? refuseMissing(issuer) : undefined;
  return (
    checkCrlNumbers(complete) ??
    checkCrlCurrent(newest, rules.at) ??
    (rules.maxCrlAgeMs === undefined ? undefined : checkCrlAge(newest, rules.at, rules.maxCrlAgeMs))
  );
}

function findNewest(crls: readonly Crl[]): Crl | undefined {
  const [newest] = crls.toSorted((a, b) => b.thisUpdate.getTime() - a.thisUpdate.getTime());
  return newest;
}

function refuseMissing(issuer: Certificate): Refusal {
  const name = describeName(issuer.subject);
  return refuse(
    'trust.crl-missing',
    `There is no complete revocation list of "${name}", and one is required; import it, or have it travel in the bundle.`,
    { issuer: name, fingerprintSha256: issuer.fingerprintSha256 },
  );
}

/** A CA that changed its key keeps its name: such a CRL cannot be checked with this issuer's key. */
function namesOtherKey(crl: Crl, issuer: Certificate): boolean {
  const named = crl.authorityKeyIdentifier?.keyId;
  const own = issuer.extensions.subjectKeyIdentifier;
  return named !== undefined && own !== undefined && !sameBytes(named, own);
}

function checkListed(certificate: Certificate, crl: Crl): Refusal | undefined {
  const revokedAt = crl.revoked.get(serialKey(certificate.serial));
  if (revokedAt === undefined) return undefined;
  const name = describeName(certificate.subject);
  const since = revokedAt.toISOString();
  return refuse(
    'trust.revoked',
    `The certificate "${name}" was revoked by "${describeName(crl.issuer)}" on ${since}.`,
    {
      subject: name,
      serial: serialKey(certificate.serial),
      revokedAt: since,
    },
  );
}
