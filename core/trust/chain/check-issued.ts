import { refuse, type Refusal } from '../../../contract/result.ts';
import { schemeOf } from '../algorithm.ts';
import { readStrictly } from '../der/read-strictly.ts';
import { verifySignature } from '../signature.ts';
import type { Certificate } from '../x509/certificate.ts';
import { serialKey } from '../x509/crl.ts';
import { describeName, sameBytes } from '../x509/name.ts';

/** Names chain byte for byte (RFC 5280 §6.1.3 (a)(4)): what differs in spelling is another name here. */
export function namesChain(child: Certificate, issuer: Certificate): boolean {
  return sameBytes(child.issuer.raw, issuer.subject.raw);
}

export function isSelfIssued(certificate: Certificate): boolean {
  return sameBytes(certificate.issuer.raw, certificate.subject.raw);
}

/** RFC 5280 §4.2.1.1: where a certificate says which key or certificate issued it, that is the one. */
export function checkKeyIdentifiers(child: Certificate, issuer: Certificate): Refusal | undefined {
  const identifier = child.extensions.authorityKeyIdentifier;
  const issuerKeyId = issuer.extensions.subjectKeyIdentifier;
  const keyMatches =
    identifier?.keyId === undefined || issuerKeyId === undefined || sameBytes(identifier.keyId, issuerKeyId);
  const serialMatches = identifier?.serial === undefined || sameBytes(identifier.serial, issuer.serial);
  const issuerMatches =
    identifier?.issuer === undefined ||
    identifier.issuer.some(
      (candidate) => candidate.form === 'directoryName' && sameBytes(candidate.name.raw, issuer.issuer.raw),
    );
  if (keyMatches && serialMatches && issuerMatches) return undefined;
  return refuse(
    'trust.key-identifier',
    `The authorityKeyIdentifier of the certificate "${describeName(child.subject)}" names another issuer than "${describeName(issuer.subject)}" (RFC 5280 §4.2.1.1).`,
  );
}

/** RFC 5280 §4.2.1.1: every certificate names its issuer's key, but for one that signed itself. */
export function checkNamesIssuerKey(certificate: Certificate): Refusal | undefined {
  if (certificate.extensions.authorityKeyIdentifier?.keyId !== undefined) return undefined;
  return refuse(
    'trust.key-identifier',
    `The certificate "${describeName(certificate.subject)}" has no authorityKeyIdentifier with a key identifier (RFC 5280 §4.2.1.1).`,
  );
}

/**
 * RFC 5280 §4.2.1.1 for an anchor that is its own issuer: an authorityKeyIdentifier, which it may leave out, names its own key; but for the
 * certificate with which a CA signs its new key by its old one, which names the old key and is not signed by itself.
 */
export function checkAnchorIdentifiers(
  anchor: Certificate,
  checks: { signature(child: Certificate, issuer: Certificate): Refusal | undefined },
): Refusal | undefined {
  if (anchor.extensions.authorityKeyIdentifier === undefined) return undefined;
  const missing = checkNamesIssuerKey(anchor);
  if (missing !== undefined) return missing;
  const mismatch = checkKeyIdentifiers(anchor, anchor);
  return mismatch === undefined || checks.signature(anchor, anchor) !== undefined ? undefined : mismatch;
}

/** RFC 5280 §4.1.1.2. */
export function checkAlgorithmsAgree(certificate: Certificate): Refusal | undefined {
  if (sameBytes(certificate.signatureAlgorithm.raw, certificate.tbsSignatureAlgorithm.raw)) return undefined;
  return refuse(
    'trust.algorithm-mismatch',
    `The certificate "${describeName(certificate.subject)}" names one signature algorithm inside and another outside (RFC 5280 §4.1.1.2).`,
  );
}

/** RFC 5280 §4.1.1.2 and §6.1.3 (a)(1). */
export function checkSignedBy(child: Certificate, issuer: Certificate): Refusal | undefined {
  const name = describeName(child.subject);
  const mismatch = checkAlgorithmsAgree(child);
  if (mismatch !== undefined) return mismatch;
  const scheme = readStrictly('trust.certificate-malformed', `The certificate "${name}"`, () =>
    schemeOf(child.signatureAlgorithm, `the signature of the certificate "${name}"`),
  );
  if (!scheme.ok) return scheme;
  if (!issuer.publicKey.ok) return issuer.publicKey;
  if (verifySignature(scheme.value, issuer.publicKey.value, child.tbsDer, child.signature)) return undefined;
  return refuse(
    'trust.signature-invalid',
    `The certificate "${name}" does not carry a valid signature of "${describeName(issuer.subject)}".`,
    {
      serial: serialKey(child.serial),
    },
  );
}
