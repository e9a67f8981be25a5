import { createHash } from 'node:crypto';
import { refuse, type Refusal, type Result } from '../../contract/result.ts';
import type { Sha256Hex } from '../digest.ts';
import { ChainVerifier, defaultMaxDepth, type PathCertificate, readCertificate } from './chain/chain-verifier.ts';
import type { DigestName } from './algorithm.ts';
import { checkSigningCertificate } from './cms/check-signing-certificate.ts';
import { certificatesNamed, describeIdentifier } from './cms/find-certificate.ts';
import { parseSignedAttributes } from './cms/signed-attributes.ts';
import { parseSignedData, type SignedData, type SignerIdentifier, type SignerInfo } from './cms/signed-data.ts';
import { readSignerAlgorithms } from './cms/signer-algorithm.ts';
import { catchRefusal, unwrap } from './der/read-strictly.ts';
import { verifySignature } from './signature.ts';
import { checkTimestamps, type TimestampRules, type VerifiedTimestamp } from './timestamp/check-timestamps.ts';
import { checkTokenCount } from './timestamp/read-tokens.ts';
import { WorkBudget } from './work-budget.ts';
import type { Certificate } from './x509/certificate.ts';
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
  /** As in `ChainInput`, for every signer's path. */
  readonly requireCrl?: boolean;
  readonly maxCrlAgeMs?: number;
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
 * `threshold` distinct keys must have signed. Pure; refusals carry a `trust.*` code, no input makes it throw, and all signers share the one budget of
 * `workLimits`.
 */
export function verifyCms(input: CmsInput): VerifiedCms | Refusal {
  return catchRefusal(() => verifyParsedCms(unwrap(parseSignedData(input.cms)), input));
}

/** What the signers of a file share. */
interface SignerContext {
  readonly certificates: readonly Certificate[];
  readonly chains: ChainVerifier;
  readonly budget: WorkBudget;
  readonly digestContent: (digest: DigestName) => Uint8Array;
  readonly timestamps: TimestampRules;
}

function verifyParsedCms(signedData: SignedData, input: CmsInput): VerifiedCms | Refusal {
  const tooMany = (input.tsaRootsDer ?? []).length > 0 ? checkTokenCount(signedData.signerInfos) : undefined;
  if (tooMany !== undefined) return tooMany;
  const budget = new WorkBudget();
  const certificates = signedData.certificatesDer.map((der) => readCertificate(der, budget));
  const material = {
    intermediates: certificates,
    rootsDer: input.rootsDer,
    crlsDer: [...input.crlsDer, ...signedData.crlsDer],
  };
  const rules = {
    at: input.at,
    eku: input.eku,
    maxDepth: defaultMaxDepth,
    requireEku: true,
    requireKu: true,
    allowCaLeaf: false,
    requireCrl: input.requireCrl ?? false,
    maxCrlAgeMs: input.maxCrlAgeMs,
  };
  const chains = new ChainVerifier(material, rules, budget);
  const context = {
    certificates,
    chains,
    budget,
    digestContent: createContentDigest(input.content),
    timestamps: { ...input, crlsDer: material.crlsDer, budget },
  };
  const signers = signedData.signerInfos.map((info) => unwrap(verifySigner(info, context)));
  return checkThreshold(signers, input.threshold ?? 1) ?? { ok: true, signers };
}

/** The content is hashed once for each algorithm, not for each signer. */
function createContentDigest(content: Uint8Array): (digest: DigestName) => Uint8Array {
  const known = new Map<DigestName, Uint8Array>();
  return (digest) => {
    const value = known.get(digest) ?? createHash(digest).update(content).digest();
    known.set(digest, value);
    return value;
  };
}

function verifySigner(
  info: SignerInfo,
  { certificates, chains, budget, digestContent, timestamps }: SignerContext,
): Result<VerifiedSigner> {
  const certificate = unwrap(findCertificate(info.identifier, certificates));
  const name = describeName(certificate.subject);
  const attributes = unwrap(parseSignedAttributes(info.signedAttributes));
  const { digest, scheme } = unwrap(readSignerAlgorithms(info, attributes.algorithmProtection));

  // RFC 5652 §5.6: the content's digest is the signed one, then the signature over the attributes holds.
  if (!sameBytes(digestContent(digest), attributes.messageDigest)) {
    return refuse(
      'trust.cms-digest-mismatch',
      `The content is not what "${name}" signed: its ${digest} differs from the signed one.`,
    );
  }
  const publicKey = unwrap(certificate.publicKey);
  budget.spend('signatures');
  budget.spend('signedBytes', attributes.signedBytes.length);
  if (!verifySignature(scheme, publicKey, attributes.signedBytes, info.signature)) {
    return refuse('trust.cms-signature-invalid', `The signature of "${name}" is not valid.`, {
      fingerprintSha256: certificate.fingerprintSha256,
    });
  }
  const mismatch = checkSigningCertificate(attributes, certificate);
  if (mismatch !== undefined) return mismatch;

  const chain = chains.verify(certificate);
  if (!chain.ok) return chain;
  const timestamp = unwrap(checkTimestamps(info, { certificate, otherCertificates: certificates, ...timestamps }));
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
