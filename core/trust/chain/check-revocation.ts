import { refuse, type Refusal } from '../../../contract/result.ts';
import { schemeOf } from '../algorithm.ts';
import { readStrictly } from '../der/read-strictly.ts';
import { oid } from '../oid.ts';
import { verifySignature } from '../signature.ts';
import type { Certificate } from '../x509/certificate.ts';
import { keyUsageBit } from '../x509/certificate-extensions.ts';
import { type Crl, serialKey } from '../x509/crl.ts';
import { describeName, sameBytes } from '../x509/name.ts';

/**
 * RFC 5280 §6.3.3 for one certificate, over the CRLs at hand: each one of its issuer must hold. The newest complete list decides, and what
 * is listed stays revoked until a newer complete list no longer lists it. Without a CRL of the issuer nothing is known to be revoked, and the
 * certificate passes.
 */
export function checkRevocation(
  certificate: Certificate,
  issuer: Certificate,
  crls: readonly Crl[],
  at: Date,
): Refusal | undefined {
  const ofIssuer = crls.filter((crl) => sameBytes(crl.issuer.raw, issuer.subject.raw));
  for (const crl of ofIssuer) {
    // A list by another key of this CA proves nothing that it is silent on; but a serial that it lists is refused rather than trusted.
    const refusal = namesOtherKey(crl, issuer) ? checkListed(certificate, crl) : checkCrl(crl, issuer);
    if (refusal !== undefined) return refusal;
  }
  const ofKey = ofIssuer.filter((crl) => !namesOtherKey(crl, issuer));
  const newest = findNewest(ofKey.filter(({ isPartial }) => !isPartial));
  // §5.2.5: silence of a partial list proves nothing, so it never takes back what an older list says. Lists of one date all count.
  const inForce = newest === undefined ? ofKey : ofKey.filter(({ thisUpdate }) => thisUpdate >= newest.thisUpdate);
  for (const crl of inForce) {
    // What is listed is revoked whether or not that list is still current.
    const refusal = checkListed(certificate, crl);
    if (refusal !== undefined) return refusal;
  }
  return newest && checkCrlCurrent(newest, at);
}

function findNewest(crls: readonly Crl[]): Crl | undefined {
  const [newest] = crls.toSorted((a, b) => b.thisUpdate.getTime() - a.thisUpdate.getTime());
  return newest;
}

/** A CA that changed its key keeps its name: such a CRL cannot be checked with this issuer's key. */
function namesOtherKey(crl: Crl, issuer: Certificate): boolean {
  const named = crl.authorityKeyIdentifier?.keyId;
  const own = issuer.extensions.subjectKeyIdentifier;
  return named !== undefined && own !== undefined && !sameBytes(named, own);
}

/** That the list is of a kind Drydock understands, and truly its issuer's. */
export function checkCrl(crl: Crl, issuer: Certificate): Refusal | undefined {
  return checkCrlKind(crl) ?? checkCrlIssuer(crl, issuer) ?? checkCrlSignature(crl, issuer);
}

function checkCrlKind(crl: Crl): Refusal | undefined {
  const unsupported = (what: string): Refusal =>
    refuse('trust.crl-unsupported', `The revocation list of "${describeName(crl.issuer)}" ${what}.`);
  // §5.1.2.1
  if (crl.version !== 2) return unsupported('is not version 2');
  for (const { oid: type, critical } of crl.extensionList) {
    // §5.2.4: a delta alone lacks what its base says.
    if (type === oid.deltaCrlIndicator) return unsupported('is a delta list; import the complete one');
    // §5.2.5
    if (type === oid.issuingDistributionPoint ? !critical : critical) {
      return unsupported(`has the extension ${type}, whose criticality Drydock does not accept`);
    }
  }
  if (crl.isIndirect) return unsupported('is an indirect list (RFC 5280 §5.2.5)');
  const [entryExtension] = crl.criticalEntryExtensions;
  // §5.3
  if (entryExtension !== undefined) return unsupported(`has an entry with the critical extension ${entryExtension}`);
  // §5.2.3
  if (!crl.hasCrlNumber) return unsupported('has no cRLNumber (RFC 5280 §5.2.3)');
  return undefined;
}

/** §6.3.3 (f): keyUsage, where present, allows cRLSign. */
function checkCrlIssuer(crl: Crl, issuer: Certificate): Refusal | undefined {
  if (issuer.extensions.keyUsage?.has(keyUsageBit.crlSign) !== false) return undefined;
  return refuse(
    'trust.crl-issuer',
    `The CA certificate "${describeName(crl.issuer)}" does not allow cRLSign, but signed a revocation list.`,
  );
}

/** §5.1.1.2 and §6.3.3 (g). */
function checkCrlSignature(crl: Crl, issuer: Certificate): Refusal | undefined {
  const name = describeName(crl.issuer);
  if (!sameBytes(crl.signatureAlgorithm.raw, crl.tbsSignatureAlgorithm.raw)) {
    return refuse(
      'trust.algorithm-mismatch',
      `The revocation list of "${name}" names one signature algorithm inside and another outside (RFC 5280 §5.1.1.2).`,
    );
  }
  const scheme = readStrictly('trust.crl-malformed', `The revocation list of "${name}"`, () =>
    schemeOf(crl.signatureAlgorithm, `the signature of the revocation list of "${name}"`),
  );
  if (!scheme.ok) return scheme;
  if (!issuer.publicKey.ok) return issuer.publicKey;
  if (verifySignature(scheme.value, issuer.publicKey.value, crl.tbsDer, crl.signature)) return undefined;
  return refuse(
    'trust.signature-invalid',
    `The revocation list of "${name}" does not carry a valid signature of that CA.`,
  );
}

/** §6.3.3: `thisUpdate` has come and `nextUpdate` has not passed. */
export function checkCrlCurrent(crl: Crl, at: Date): Refusal | undefined {
  const name = describeName(crl.issuer);
  const stale = (what: string): Refusal =>
    refuse('trust.crl-not-current', `The revocation list of "${name}" ${what}; import the current one.`, {
      thisUpdate: crl.thisUpdate.toISOString(),
      nextUpdate: crl.nextUpdate?.toISOString() ?? null,
      at: at.toISOString(),
    });
  if (at.getTime() < crl.thisUpdate.getTime())
    return stale(`is dated ${crl.thisUpdate.toISOString()}, after the station's clock`);
  if (crl.nextUpdate === undefined) return stale('does not say until when it is current (RFC 5280 §5.1.2.5)');
  if (at.getTime() > crl.nextUpdate.getTime()) return stale(`was current until ${crl.nextUpdate.toISOString()}`);
  return undefined;
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
