import { refuse, type Refusal } from '../../contract/result.ts';
import type { Sha256Hex } from '../digest.ts';
import { catchRefusal, unwrap } from './der/read-strictly.ts';
import { searchPath } from './chain/build-path.ts';
import { validatePath } from './chain/validate-path.ts';
import { type Certificate, parseCertificate } from './x509/certificate.ts';
import { parseCrl } from './x509/crl.ts';
import { describeName } from './x509/name.ts';

export interface ChainInput {
  readonly leafDer: Uint8Array;
  /** Untrusted helpers for building a path, in any order. */
  readonly intermediatesDer: readonly Uint8Array[];
  /** The pinned trust anchors. The system's trust store is never asked. */
  readonly rootsDer: readonly Uint8Array[];
  /** Complete CRLs of any CA of the path. Without one of a CA, that CA's certificates pass as not revoked. */
  readonly crlsDer: readonly Uint8Array[];
  /** The time to judge validity at. */
  readonly at: Date;
  /** Purpose that the leaf must have, as an OID; `oid.codeSigning` for bundles. */
  readonly eku: string;
  /** Most CA certificates between anchor and leaf, self-issued ones included (default 8). */
  readonly maxDepth?: number;
  /** Refuse a leaf without extendedKeyUsage (default true). */
  readonly requireEku?: boolean;
  /** Refuse a leaf without keyUsage (default true). */
  readonly requireKu?: boolean;
  /** Accept a leaf that is itself a CA (default false). */
  readonly allowCaLeaf?: boolean;
}

/** One certificate of an accepted path. */
export interface PathCertificate {
  readonly subject: string;
  readonly fingerprintSha256: Sha256Hex;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly der: Uint8Array;
}

/** Leaf first, trust anchor last. */
export interface VerifiedChain {
  readonly ok: true;
  readonly path: readonly PathCertificate[];
}

const maxAnchors = 256;
const maxIntermediates = 64;
const maxCrls = 256;
const defaultMaxDepth = 8;
const maxSignatureChecks = 128;
const maxPathExtensions = 512;

/**
 * Certification path validation (RFC 5280 §6.1) from `leafDer` to one of `rootsDer`, with the profile of §4 enforced. Pure; a refusal is a
 * value with a `trust.*` code, and no input makes it throw. docs/trust.md lists the checks.
 */
export function verifyChain(input: ChainInput): VerifiedChain | Refusal {
  return catchRefusal(() => verifyParsedChain(unwrap(parseCertificate(input.leafDer)), input));
}

function verifyParsedChain(leaf: Certificate, input: ChainInput): VerifiedChain | Refusal {
  const tooMany = checkCounts(input);
  if (tooMany !== undefined) return tooMany;
  const anchors = input.rootsDer.map((der) => unwrap(parseCertificate(der)));
  const intermediates = input.intermediatesDer.map((der) => unwrap(parseCertificate(der)));
  const crls = input.crlsDer.map((der) => unwrap(parseCrl(der)));
  const rules = {
    at: input.at,
    eku: input.eku,
    requireEku: input.requireEku ?? true,
    requireKu: input.requireKu ?? true,
    allowCaLeaf: input.allowCaLeaf ?? false,
  };
  const pool = {
    anchors,
    intermediates: withoutAnchors(intermediates, anchors),
    maxDepth: input.maxDepth ?? defaultMaxDepth,
  };
  const budget = { signatureChecks: maxSignatureChecks, extensions: maxPathExtensions };
  const found = searchPath(leaf, pool, budget, (path) => validatePath(path, crls, rules));
  if (!found.ok) return found;
  return { ok: true, path: found.path.map(describeCertificate).reverse() };
}

function checkCounts({ rootsDer, intermediatesDer, crlsDer }: ChainInput): Refusal | undefined {
  if (rootsDer.length <= maxAnchors && intermediatesDer.length <= maxIntermediates && crlsDer.length <= maxCrls)
    return undefined;
  return refuse(
    'trust.budget-exceeded',
    `There are more than ${maxAnchors} anchors, ${maxIntermediates} intermediate certificates or ${maxCrls} revocation lists to check.`,
  );
}

/** Each intermediate once, and none that is pinned anyway. */
function withoutAnchors(
  intermediates: readonly Certificate[],
  anchors: readonly Certificate[],
): readonly Certificate[] {
  const pinned = new Set(anchors.map(({ fingerprintSha256 }) => fingerprintSha256));
  const byFingerprint = new Map(intermediates.map((certificate) => [certificate.fingerprintSha256, certificate]));
  return [...byFingerprint.values()].filter(({ fingerprintSha256 }) => !pinned.has(fingerprintSha256));
}

function describeCertificate(certificate: Certificate): PathCertificate {
  const { subject, fingerprintSha256, notBefore, notAfter, der } = certificate;
  return { subject: describeName(subject), fingerprintSha256, notBefore, notAfter, der };
}
