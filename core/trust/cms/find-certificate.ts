import type { Certificate } from '../x509/certificate.ts';
import { serialKey } from '../x509/crl.ts';
import { sameBytes } from '../x509/name.ts';
import type { SignerIdentifier } from './signed-data.ts';

/** Every certificate, each once, that the identifier names (RFC 5652 §5.3); never chosen by its position. */
export function certificatesNamed(
  identifier: SignerIdentifier,
  certificates: readonly Certificate[],
): readonly Certificate[] {
  const matches = certificates.filter((candidate) => isNamedBy(identifier, candidate));
  return [...new Map(matches.map((found) => [found.fingerprintSha256, found])).values()];
}

/** `serial number 0a1b`, for a person. */
export function describeIdentifier(identifier: SignerIdentifier): string {
  return identifier.form === 'key-id'
    ? `key identifier ${serialKey(identifier.keyId)}`
    : `serial number ${serialKey(identifier.serial)}`;
}

function isNamedBy(identifier: SignerIdentifier, certificate: Certificate): boolean {
  if (identifier.form === 'issuer-and-serial') {
    return sameBytes(identifier.issuer.raw, certificate.issuer.raw) && sameBytes(identifier.serial, certificate.serial);
  }
  const keyId = certificate.extensions.subjectKeyIdentifier;
  return keyId !== undefined && sameBytes(identifier.keyId, keyId);
}
