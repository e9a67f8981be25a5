import { accept, refuse, type Refusal, type Result } from '../../contract/result.ts';
import { checkSignedBy, isSelfIssued } from './chain/check-issued.ts';
import { checkProfile } from './chain/check-profile.ts';
import { checkCaRole, checkValidity } from './chain/check-role.ts';
import { checkTypedFingerprint } from './fingerprint.ts';
import { readPemOrDer } from './pem.ts';
import { checkPinScope, type PinScope } from './pin-scope.ts';
import type { TrustAnchor } from './repository.ts';
import { type Certificate, parseCertificate } from './x509/certificate.ts';
import { describeName } from './x509/name.ts';

export interface PinAnchorInput extends PinScope {
  /** One certificate, PEM or DER. */
  readonly certificate: Uint8Array;
}

/** Reads and checks a root certificate that is to be pinned; see `TrustStore.pinAnchor` for the refusals. */
export function readAnchor(input: PinAnchorInput): Result<TrustAnchor> {
  const der = readPemOrDer(input.certificate, ['CERTIFICATE']);
  if (!der.ok) return der;
  const parsed = parseCertificate(der.value);
  if (!parsed.ok) return parsed;
  const certificate = parsed.value;
  // The fingerprint first: nothing else that a wrong file says is worth telling.
  const refusal =
    checkTypedFingerprint(input.typedFingerprint, certificate.fingerprintSha256) ??
    checkPinScope(input) ??
    checkAnchorCertificate(certificate) ??
    checkValidity(certificate, input.addedAt);
  if (refusal !== undefined) return refusal;
  return accept({
    der: Uint8Array.from(certificate.der),
    fingerprintSha256: certificate.fingerprintSha256,
    subject: describeName(certificate.subject),
    notAfter: certificate.notAfter,
    label: input.label,
    products: [...input.products],
    addedAt: input.addedAt,
    addedBy: input.addedBy,
  });
}

/** What a root must be whatever the time: `trust.anchor-not-root`, `trust.signature-invalid`, `trust.not-a-ca`, `trust.certificate-…`, `trust.key-…`. */
export function checkAnchorCertificate(certificate: Certificate): Refusal | undefined {
  return checkRoot(certificate) ?? checkProfile(certificate) ?? checkCaRole(certificate);
}

/** An anchor is its own issuer and proves that it holds its key. */
function checkRoot(certificate: Certificate): Refusal | undefined {
  if (isSelfIssued(certificate)) return checkSignedBy(certificate, certificate);
  return refuse(
    'trust.anchor-not-root',
    `The certificate "${describeName(certificate.subject)}" was issued by "${describeName(certificate.issuer)}"; pin that root instead.`,
  );
}
