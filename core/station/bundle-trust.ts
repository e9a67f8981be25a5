import { accept, type Result } from '../../contract/result.ts';
import type { BundleSigner, SignatureTimestamp } from '../../contract/schema/bundle.ts';
import type { ProductRules } from '../bundle/check-manifest.ts';
import type { VerifyBundleSignature } from '../bundle/import-ports.ts';
import type { Policies } from '../policy/policies.ts';
import type { Sha256Hex } from '../digest.ts';
import type { VerifiedTimestamp } from '../trust/timestamp/check-timestamps.ts';
import { oid } from '../trust/oid.ts';
import type { PathCertificate } from '../trust/verify-chain.ts';
import type { TrustStore } from '../trust/trust-store.ts';
import { verifyCms, type VerifiedSigner } from '../trust/verify-cms.ts';

const HOUR_MS = 3_600_000;

/** Verifies bundle signatures against what this station has pinned (REQ-OTA-SIG-01, -02). */
export function createSignatureVerifier(trust: TrustStore): VerifyBundleSignature {
  return (manifest, signature, now, revocation) => {
    const verified = verifyCms({
      cms: signature,
      content: manifest,
      rootsDer: trust.bundleAnchors().map(({ der }) => der),
      tsaRootsDer: trust.timestampAnchors().map(({ der }) => der),
      crlsDer: trust.listCrls().map(({ der }) => der),
      at: now,
      eku: oid.codeSigning,
      requireCrl: revocation?.crl === 'required',
      ...(revocation?.maxAgeHours == null ? {} : { maxCrlAgeMs: revocation.maxAgeHours * HOUR_MS }),
    });
    return verified.ok ? accept(verified.signers.map(viewSigner)) : verified;
  };
}

/** What a product's policy and the pins for it ask of its bundles. Refuses with `policy.missing`. */
export function createProductRules(trust: TrustStore, policies: Policies): (product: string) => Result<ProductRules> {
  return (product) => {
    const policy = policies.findFor(product);
    if (!policy.ok) return policy;
    const { signatures, revocation } = policy.value.document;
    return accept({
      threshold: signatures.threshold,
      revocation: revocation ?? null,
      anchors: trust.anchorsFor(product).map(({ fingerprintSha256 }) => fingerprintSha256),
      imageKeys: trust.imageKeysFor(product).map(({ spkiDer }) => spkiDer),
    });
  };
}

function viewSigner({
  subject,
  fingerprintSha256,
  publicKeySha256,
  notAfter,
  signingTime,
  timestamp,
  path,
}: VerifiedSigner): BundleSigner {
  return {
    subject,
    certificateSha256: fingerprintSha256,
    publicKeySha256,
    notAfter: notAfter.toISOString(),
    signingTime: signingTime?.toISOString() ?? null,
    anchorSha256: anchorOf(path),
    ...(timestamp === undefined ? {} : { timestamp: viewTimestamp(timestamp) }),
  };
}

function viewTimestamp({
  time,
  accuracyMs,
  tsaSubject,
  tsaFingerprintSha256,
  path,
}: VerifiedTimestamp): SignatureTimestamp {
  return {
    time: time.toISOString(),
    accuracyMs: Math.ceil(accuracyMs),
    authority: tsaSubject,
    authorityCertificateSha256: tsaFingerprintSha256,
    anchorSha256: anchorOf(path),
  };
}

function anchorOf(path: readonly PathCertificate[]): Sha256Hex {
  const anchor = path.at(-1);
  if (anchor === undefined) throw new Error('a verified path ends at its anchor');
  return anchor.fingerprintSha256;
}
