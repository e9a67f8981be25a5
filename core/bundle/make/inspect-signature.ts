import type { Refusal } from '../../../contract/result.ts';
import { readSignerAlgorithms } from '../../trust/cms/signer-algorithm.ts';
import { parseSignedData } from '../../trust/cms/signed-data.ts';
import type { SignerIdentifier, SignerInfo } from '../../trust/cms/signed-data.ts';
import type { PublicKeyKind } from '../../trust/public-key.ts';
import { checkTokenCount } from '../../trust/timestamp/read-tokens.ts';
import { WorkBudget } from '../../trust/work-budget.ts';
import { parseCertificate } from '../../trust/x509/certificate.ts';
import type { Certificate } from '../../trust/x509/certificate.ts';
import { describeName, sameBytes } from '../../trust/x509/name.ts';
import { type ClaimedTimestamp, inspectTimestamps, type TimestampMaterial } from './inspect-timestamps.ts';

/** A certificate that the signature file brings: a claim, whoever it names. */
export interface ClaimedCertificate {
  readonly subject: string;
  readonly issuer: string;
  readonly sha256: string;
  readonly notBefore: string;
  readonly notAfter: string;
  /** Kind of its key, such as `EC P-256`; `unsupported` where Drydock uses no such key. */
  readonly key: string;
}

/** A signer as the file names it, whether the signature verifies or not. */
export interface ClaimedSigner {
  /** Subject of the certificate that the signer names; null where the file does not bring it. */
  readonly subject: string | null;
  /** Such as `ecdsa with sha256`; `unsupported` where Drydock verifies no such signature. */
  readonly algorithm: string;
  /** Beside its signature, in the order of the file. */
  readonly timestamps: readonly ClaimedTimestamp[];
}

export interface ClaimedSignature {
  readonly certificates: readonly ClaimedCertificate[];
  readonly signers: readonly ClaimedSigner[];
  /** What a station that pins the given time-stamping authorities refuses in the timestamps. */
  readonly timestampFindings: readonly Refusal[];
}

/** By what timestamps are judged; without roots they are not. */
export interface TimestampRoots {
  readonly tsaRootsDer: readonly Uint8Array[];
  readonly crlsDer: readonly Uint8Array[];
  readonly at: Date;
}

/** What a signature file says of itself; empty where it cannot be read. Verifies nothing but timestamps, and never throws. */
export function describeSignature(cms: Uint8Array, { tsaRootsDer, crlsDer, at }: TimestampRoots): ClaimedSignature {
  const signedData = parseSignedData(cms);
  if (!signedData.ok) return { certificates: [], signers: [], timestampFindings: [] };
  const { certificatesDer, signerInfos } = signedData.value;
  const certificates = certificatesDer.flatMap((der) => {
    const certificate = parseCertificate(der);
    return certificate.ok ? [certificate.value] : [];
  });
  const tooMany = tsaRootsDer.length > 0 ? checkTokenCount(signerInfos) : undefined;
  const material = {
    tsaRootsDer: tooMany === undefined ? tsaRootsDer : [],
    crlsDer: [...crlsDer, ...signedData.value.crlsDer],
    at,
    budget: new WorkBudget(),
    otherCertificates: certificates,
  };
  const described = signerInfos.map((info) => describeSigner(info, material));
  return {
    certificates: certificates.map(describeCertificate),
    signers: described.map(({ signer }) => signer),
    timestampFindings: [...(tooMany === undefined ? [] : [tooMany]), ...described.flatMap(({ findings }) => findings)],
  };
}

function describeCertificate(certificate: Certificate): ClaimedCertificate {
  const { subject, issuer, fingerprintSha256, notBefore, notAfter, publicKey } = certificate;
  return {
    subject: describeName(subject),
    issuer: describeName(issuer),
    sha256: fingerprintSha256,
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
    key: publicKey.ok ? nameKey(publicKey.value.kind) : 'unsupported',
  };
}

function describeSigner(
  info: SignerInfo,
  material: Omit<TimestampMaterial, 'certificate'>,
): { readonly signer: ClaimedSigner; readonly findings: readonly Refusal[] } {
  const certificate = material.otherCertificates.find((candidate) => isNamedBy(info.identifier, candidate)) ?? null;
  const algorithms = readSignerAlgorithms(info, undefined);
  const { timestamps, findings } = inspectTimestamps(info, { ...material, certificate });
  const signer = {
    subject: certificate === null ? null : describeName(certificate.subject),
    algorithm: algorithms.ok ? `${algorithms.value.scheme.scheme} with ${algorithms.value.digest}` : 'unsupported',
    timestamps,
  };
  return { signer, findings };
}

function isNamedBy(identifier: SignerIdentifier, { issuer, serial, extensions }: Certificate): boolean {
  if (identifier.form === 'issuer-and-serial') {
    return sameBytes(identifier.issuer.raw, issuer.raw) && sameBytes(identifier.serial, serial);
  }
  const keyId = extensions.subjectKeyIdentifier;
  return keyId !== undefined && sameBytes(keyId, identifier.keyId);
}

function nameKey(kind: PublicKeyKind): string {
  if (kind.type === 'ec') return `EC ${kind.curve}`;
  return kind.type === 'rsa' ? `RSA ${kind.bits}` : 'Ed25519';
}
