import { refuse, type Refusal } from '../../../contract/result.ts';
import { schemeOf } from '../algorithm.ts';
import { readStrictly } from '../der/read-strictly.ts';
import { oid } from '../oid.ts';
import { verifySignature } from '../signature.ts';
import type { Certificate } from '../x509/certificate.ts';
import { keyUsageBit } from '../x509/certificate-extensions.ts';
import type { Crl } from '../x509/crl.ts';
import { describeName, sameBytes } from '../x509/name.ts';
import { refuseUnreadableClock } from './check-role.ts';

/** That the list is of a kind Drydock understands, and truly its issuer's. */
export function checkCrl(crl: Crl, issuer: Certificate): Refusal | undefined {
  return checkCrlKind(crl) ?? checkCrlIssuer(crl, issuer) ?? checkCrlSignature(crl, issuer);
}

export function checkCrlKind(crl: Crl): Refusal | undefined {
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
  if (crl.crlNumber === undefined) return unsupported('has no cRLNumber (RFC 5280 §5.2.3)');
  return undefined;
}

/** §6.3.3 (f): keyUsage, where present, allows cRLSign. */
export function checkCrlIssuer(crl: Crl, issuer: Certificate): Refusal | undefined {
  if (issuer.extensions.keyUsage?.has(keyUsageBit.crlSign) !== false) return undefined;
  return refuse(
    'trust.crl-issuer',
    `The CA certificate "${describeName(crl.issuer)}" does not allow cRLSign, but signed a revocation list.`,
  );
}

/** §5.1.1.2 and §6.3.3 (g). */
export function checkCrlSignature(crl: Crl, issuer: Certificate): Refusal | undefined {
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
  if (Number.isNaN(at.getTime())) return refuseUnreadableClock();
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
  if (isOutdated(crl, at)) return stale(`was current until ${crl.nextUpdate.toISOString()}`);
  return undefined;
}

/** Whether the time until which the list was current is over. */
export function isOutdated({ nextUpdate }: Crl, at: Date): boolean {
  return nextUpdate !== undefined && nextUpdate.getTime() < at.getTime();
}

/** Product policy: `thisUpdate` is at most `maxAgeMs` ago. What is no number lets nothing pass. */
export function checkCrlAge(crl: Crl, at: Date, maxAgeMs: number): Refusal | undefined {
  if (at.getTime() - crl.thisUpdate.getTime() <= maxAgeMs) return undefined;
  const hours = maxAgeMs / 3_600_000;
  return refuse(
    'trust.crl-stale',
    `The revocation list of "${describeName(crl.issuer)}" is dated ${crl.thisUpdate.toISOString()}; it may be at most ${hours} hours old at ${at.toISOString()}; import a newer one.`,
    { thisUpdate: crl.thisUpdate.toISOString(), at: at.toISOString(), maxAgeHours: hours },
  );
}

/**
 * RFC 5280 §5.2.3 over complete lists of one key: a later list has a greater cRLNumber, and no two lists share one. Where they contradict each other
 * it is not known which is the newest, and one of them may hide what the other revokes.
 */
export function checkCrlNumbers(crls: readonly Crl[]): Refusal | undefined {
  const ordered = crls.toSorted(
    (a, b) => a.thisUpdate.getTime() - b.thisUpdate.getTime() || Number((a.crlNumber ?? 0n) - (b.crlNumber ?? 0n)),
  );
  for (const [i, later] of ordered.entries()) {
    const earlier = ordered[i - 1];
    if (earlier === undefined || (later.crlNumber ?? 0n) > (earlier.crlNumber ?? 0n)) continue;
    return refuse(
      'trust.crl-number',
      `Revocation lists of "${describeName(later.issuer)}" contradict each other: the one of ${later.thisUpdate.toISOString()} has the number ${String(later.crlNumber)}, the one of ${earlier.thisUpdate.toISOString()} the number ${String(earlier.crlNumber)} (RFC 5280 §5.2.3).`,
      { number: String(later.crlNumber), otherNumber: String(earlier.crlNumber) },
    );
  }
  return undefined;
}
