import type { Refusal } from '../../contract/result.ts';
import {
  ChainVerifier,
  checkCounts,
  defaultMaxDepth,
  readCertificate,
  type VerifiedChain,
} from './chain/chain-verifier.ts';
import { catchRefusal } from './der/read-strictly.ts';
import { WorkBudget } from './work-budget.ts';

export type { PathCertificate, VerifiedChain } from './chain/chain-verifier.ts';

export interface ChainInput {
  readonly leafDer: Uint8Array;
  /** Untrusted helpers for building a path, in any order. */
  readonly intermediatesDer: readonly Uint8Array[];
  /** The pinned trust anchors. The system's trust store is never asked. */
  readonly rootsDer: readonly Uint8Array[];
  /** CRLs of any CA. Without one of a CA of the path, that CA's certificates pass as not revoked, unless `requireCrl`. */
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
  /** Refuse a path where the issuer of a certificate below the anchor has no current complete CRL (default false). */
  readonly requireCrl?: boolean;
  /** Refuse a CRL that was issued longer ago, in ms, though its nextUpdate has not come (default: no such limit). */
  readonly maxCrlAgeMs?: number;
}

/**
 * Certification path validation (RFC 5280 §6.1) from `leafDer` to one of `rootsDer`, with the profile of §4 enforced. Pure; a refusal is a
 * value with a `trust.*` code, no input makes it throw, and none makes it work longer than `workLimits` allows. docs/trust.md lists the checks.
 */
export function verifyChain(input: ChainInput): VerifiedChain | Refusal {
  const { leafDer, intermediatesDer, rootsDer, crlsDer } = input;
  return catchRefusal(() => {
    const budget = new WorkBudget();
    const leaf = readCertificate(leafDer, budget);
    checkCounts(rootsDer.length, intermediatesDer.length, crlsDer.length);
    const intermediates = intermediatesDer.map((der) => readCertificate(der, budget));
    const rules = {
      at: input.at,
      eku: input.eku,
      maxDepth: input.maxDepth ?? defaultMaxDepth,
      requireEku: input.requireEku ?? true,
      requireKu: input.requireKu ?? true,
      allowCaLeaf: input.allowCaLeaf ?? false,
      requireCrl: input.requireCrl ?? false,
      maxCrlAgeMs: input.maxCrlAgeMs,
    };
    return new ChainVerifier({ intermediates, rootsDer, crlsDer }, rules, budget).verify(leaf);
  });
}
