import { createHash } from 'node:crypto';
import { refuse, type Refusal, type Result } from '../../contract/result.ts';
import type { Sha256Hex } from '../digest.ts';
import { checkSigningCertificate } from './cms/check-signing-certificate.ts';
import { certificatesNamed, describeIdentifier } from './cms/find-certificate.ts';
import { parseSignedAttributes } from './cms/signed-attributes.ts';
import { parseSignedData, type SignedData, type SignerIdentifier, type SignerInfo } from './cms/signed-data.ts';
import { readSignerAlgorithms } from './cms/signer-algorithm.ts';
import { catchRefusal, unwrap } from './der/read-strictly.ts';
import { verifySignature } from './signature.ts';
import { checkTimestamps, type VerifiedTimestamp } from './timestamp/check-timestamps.ts';
import { checkTokenCount } from './timestamp/read-tokens.ts';
import { type PathCertificate, verifyChain } from './verify-chain.ts';
import { type Certificate, parseCertificate } from './x509/certificate.ts';
import { describeName, sameBytes } from './x509/name.ts';

export interface CmsInput {
  /** Detached SignedData, DER. */
  readonly cms: Uint8Array;
  /** The exact bytes that were signed. */
  readonly content: Uint8Array;
  readonly rootsDer: readonly Uint8Array[];
  /** CRLs in the file are used as well: each is checked against its issuer. */
  readonly crlsDer: readonly Uint8Array[];
  readonly at: Date;
  /** Purpose that every signer's certificate must have, as an OID. */
  readonly eku: string;
  /** How many distinct public keys must have signed (default 1). */
  readonly threshold?: number;
  /**
   * Pinned anchors of time-stamping authorities. Absent or empty: unsigned attributes are passed over. See `checkTimestamps` for what a
   * timestamp means.
   */
  readonly tsaRootsDer?: readonly Uint8Array[];
  /** Whether every signer must carry a timestamp of a pinned authority (default false). */
  readonly requireTimestamp?: boolean;
}

export interface VerifiedSigner {
  readonly subject: string;
  readonly fingerprintSha256: Sha256Hex;
  readonly publicKeySha256: Sha256Hex;
  readonly notAfter: Date;
  /** What the signer says; signed, but no proof of time. */
  readonly signingTime?: Date;
  /** When the signature existed at the latest, as a pinned time-stamping authority says. Only where it verified. */
  readonly timestamp?: VerifiedTimestamp;
  /** Signer first, trust anchor last. */
  readonly path: readonly PathCertificate[];
}

export interface VerifiedCms {
  readonly ok: true;
  readonly signers: readonly VerifiedSigner[];
}

/**
 * Verifies a detached CMS signature (RFC 5652 §5) over `content`: every signer of the file must verify and chain to `rootsDer`, and at least
 * `threshold` distinct keys must have signed. Pure; refusals carry a `trust.*` code, and no input makes it throw.
 */
export function verifyCms(input: CmsInput): VerifiedCms | Refusal {
  return catchRefusal(() => verifyParsedCms(unwrap(parseSignedData(input.cms)), input));
}

function verifyParsedCms(signedData: SignedData, input: CmsInput): VerifiedCms | Refusal {
  const tooMany = (input.tsaRootsDer ?? []).length > 0 ? checkTokenCount(signedData.signerInfos) : undefined;
  if (tooMany !== undefined) return tooMany;
  const certificates = signedData.certificatesDer.map((der) => unwrap(parseCertificate(der)));
  const crlsDer = [...input.crlsDer, ...signedData.crlsDer];
  const signers = signedData.signerInfos.map((info) => unwrap(verifySigner(info, certificates, { ...input, crlsDer })));
  return checkThreshold(signers, input.threshold ?? 1) ?? { ok: true, signers };
}

function verifySigner(info: SignerInfo, certificates: readonly Certificate[], input: CmsInput): Result<VerifiedSigner> {
  const certificate = unwrap(findCertificate(info.identifier, certificates));
  const name = describeName(certificate.subject);
  const attributes = unwrap(parseSignedAttributes(info.signedAttributes));
  const { digest, scheme } = unwrap(readSignerAlgorithms(info, attributes.algorithmProtection));

  // RFC 5652 §5.6: the content's digest is the signed one, then the signature over the attributes holds.
  const contentDigest = createHash(digest).update(input.content).digest();
  if (!sameBytes(contentDigest, attributes.messageDigest)) {
    return refuse(
      'trust.cms-digest-mismatch',
      `The content is not what "${name}" signed: its ${digest} differs from the signed one.`,
    );
  }
  const publicKey = unwrap(certificate.publicKey);
  if (!verifySignature(scheme, publicKey, attributes.signedBytes, info.signature)) {
    return refuse('trust.cms-signature-invalid', `The signature of "${name}" is not valid.`, {
      fingerprintSha256: certificate.fingerprintSha256,
    });
  }
  const mismatch = checkSigningCertificate(attributes, certificate);
  if (mismatch !== undefined) return mismatch;

  const chain = verifyChain({
    leafDer: certificate.der,
    intermediatesDer: certificates.filter((other) => other !== certificate).map(({ der }) => der),
    rootsDer: input.rootsDer,
    crlsDer: input.crlsDer,
    at: input.at,
    eku: input.eku,
  });
  if (!chain.ok) return chain;
  const timestamp = unwrap(checkTimestamps(info, { certificate, otherCertificates: certificates, ...input }));
  return {
    ok: true,
    value: {
      subject: name,
      fingerprintSha256: certificate.fingerprintSha256,
      publicKeySha256: publicKey.sha256,
      notAfter: certificate.notAfter,
      ...(attributes.signingTime === undefined ? {} : { signingTime: attributes.signingTime }),
      ...(timestamp === undefined ? {} : { timestamp }),
      path: chain.path,
    },
  };
}

/** RFC 5652 §5.3: the one certificate of the file that the identifier names. */
function findCertificate(identifier: SignerIdentifier, certificates: readonly Certificate[]): Result<Certificate> {
  const [match, ...others] = certificatesNamed(identifier, certificates);
  const named = describeIdentifier(identifier);
  if (match === undefined) {
    return refuse(
      'trust.cms-signer-certificate',
      `The signature file lacks the signer's certificate (${named}); sign without -nocerts.`,
    );
  }
  if (others.length > 0) {
    return refuse(
      'trust.cms-signer-certificate',
      `The signature file has ${others.length + 1} certificates that could be the signer's (${named}).`,
    );
  }
  return { ok: true, value: match };
}

/** Keys are counted, not signatures or certificates: one key with two certificates is still one signer. */
function checkThreshold(signers: readonly VerifiedSigner[], threshold: number): Refusal | undefined {
  const keys = new Set(signers.map(({ publicKeySha256 }) => publicKeySha256)).size;
  if (Number.isInteger(threshold) && threshold >= 1 && keys >= threshold) return undefined;
  return refuse('trust.threshold-not-met', `${keys} distinct keys have signed; ${threshold} are needed.`, {
    keys,
    threshold,
  });
}
