import { accept, refuse, type Refusal, type Result } from '../../contract/result.ts';
import type { TrustInspection } from '../../contract/schema/trust-inspection.ts';
import { checkProfile } from './chain/check-profile.ts';
import { checkCaRole, checkValidity } from './chain/check-role.ts';
import { checkSignedBy, isSelfIssued } from './chain/check-issued.ts';
import { looksLikePem, readPemBlocks, toPem } from './pem.ts';
import { describeKey, parsePublicKey } from './public-key.ts';
import { checkBootLoaderKey } from './read-image-key.ts';
import { type Certificate, parseCertificate } from './x509/certificate.ts';
import { describeName } from './x509/name.ts';

/** What is pinned already. */
export interface Pinned {
  readonly hasAnchor: (fingerprintSha256: string) => boolean;
  readonly hasImageKey: (keySha256: string) => boolean;
}

/**
 * Says what one certificate or public key is, PEM or DER, before it is pinned, and everything that speaks against that, not only the first. Refuses with
 * `trust.pem-malformed` and what the readers of the two refuse.
 */
export function inspectTrustFile(file: Uint8Array, now: Date, pinned: Pinned): Result<TrustInspection> {
  const found = readOne(file);
  if (!found.ok) return found;
  const { label, der } = found.value;
  if (label === 'PUBLIC KEY') return inspectKey(der, pinned);
  const certificate = parseCertificate(der);
  if (certificate.ok) return accept(inspectCertificate(certificate.value, now, pinned));
  // A DER file does not say what it is.
  const key = label === null ? inspectKey(der, pinned) : certificate;
  return key.ok ? key : certificate;
}

function readOne(file: Uint8Array): Result<{ readonly label: string | null; readonly der: Uint8Array }> {
  if (!looksLikePem(file)) return accept({ label: null, der: file });
  const blocks = readPemBlocks(file);
  if (!blocks.ok) return blocks;
  const [first, ...others] = blocks.value;
  if (first !== undefined && others.length === 0 && ['CERTIFICATE', 'PUBLIC KEY'].includes(first.label)) {
    return accept(first);
  }
  const labels = blocks.value.map(({ label }) => label).slice(0, 5);
  // A private key is named as what it is, and not opened.
  const holds = labels.length === 0 ? 'none' : labels.join(', ');
  return refuse('trust.pem-malformed', `The file should hold one CERTIFICATE or PUBLIC KEY; it holds ${holds}.`);
}

function inspectCertificate(certificate: Certificate, now: Date, pinned: Pinned): TrustInspection {
  const { subject, issuer, notBefore, notAfter, publicKey, extensions, fingerprintSha256 } = certificate;
  const signature = isSelfIssued(certificate) ? checkSignedBy(certificate, certificate) : refuseIssued(certificate);
  return {
    kind: 'certificate',
    pem: toPem('CERTIFICATE', certificate.der),
    fingerprintSha256,
    subject: describeName(subject),
    issuer: describeName(issuer),
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
    key: publicKey.ok ? describeKey(publicKey.value.kind) : null,
    isCa: extensions.basicConstraints?.ca === true,
    isPinned: pinned.hasAnchor(fingerprintSha256),
    warnings: listWarnings(
      signature,
      checkProfile(certificate),
      checkCaRole(certificate),
      checkValidity(certificate, now),
    ),
  };
}

function refuseIssued({ subject, issuer }: Certificate): Refusal {
  const reason = `The certificate "${describeName(subject)}" was issued by "${describeName(issuer)}"; pin that root instead.`;
  return refuse('trust.anchor-not-root', reason);
}

function inspectKey(der: Uint8Array, pinned: Pinned): Result<TrustInspection> {
  const key = parsePublicKey(der);
  if (!key.ok) return key;
  const { kind, sha256, spkiDer } = key.value;
  return accept({
    kind: 'public-key',
    pem: toPem('PUBLIC KEY', spkiDer),
    keySha256: sha256,
    key: describeKey(kind),
    isPinned: pinned.hasImageKey(sha256),
    warnings: listWarnings(checkBootLoaderKey(key.value)),
  });
}

function listWarnings(...refusals: readonly (Refusal | undefined)[]): { code: string; reason: string }[] {
  return refusals.flatMap((refusal) => (refusal === undefined ? [] : [{ code: refusal.code, reason: refusal.reason }]));
}
