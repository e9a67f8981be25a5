import { refuse, RefusalError, type Refusal } from '../../../contract/result.ts';
import type { Sha256Hex } from '../../digest.ts';
import { unwrap } from '../der/read-strictly.ts';
import type { WorkBudget } from '../work-budget.ts';
import { type Certificate, parseCertificate } from '../x509/certificate.ts';
import { describeName } from '../x509/name.ts';
import { createPathPool, type PathPool, searchPath } from './build-path.ts';
import { CertificateChecks, type PathRules } from './certificate-checks.ts';
import { refuseUnreadableClock } from './check-role.ts';
import { CrlShelf } from './crl-shelf.ts';

/** What paths are built from. */
export interface ChainMaterial {
  readonly intermediates: readonly Certificate[];
  readonly rootsDer: readonly Uint8Array[];
  readonly crlsDer: readonly Uint8Array[];
}

export interface ChainRules extends PathRules {
  /** Most CA certificates between anchor and leaf, self-issued ones included. */
  readonly maxDepth: number;
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

export const defaultMaxDepth = 8;
const maxAnchors = 256;
const maxIntermediates = 64;
const maxCrls = 256;

/** Anchors, intermediates and lists, read once for all the leaves of one call; what was checked for one leaf is known for the next. */
export class ChainVerifier {
  readonly anchors: readonly Certificate[];
  readonly #pool: PathPool;
  readonly #checks: CertificateChecks;
  readonly #budget: WorkBudget;

  /** Throws refusals: of counts and budgets, and of what cannot be read. */
  constructor(
    { intermediates, rootsDer, crlsDer }: ChainMaterial,
    { maxDepth, ...rules }: ChainRules,
    budget: WorkBudget,
  ) {
    checkCounts(rootsDer.length, intermediates.length, crlsDer.length);
    // NaN compares false with everything; as a depth it would be none.
    if (!(maxDepth >= 0))
      throw new RefusalError(
        refuse('trust.path-length', `The greatest depth of a path is ${maxDepth}; it must be 0 or more.`),
      );
    this.anchors = uniqueOf(rootsDer.map((der) => readCertificate(der, budget)));
    const pinned = new Set(this.anchors.map(({ fingerprintSha256 }) => fingerprintSha256));
    const others = uniqueOf(intermediates).filter(({ fingerprintSha256 }) => !pinned.has(fingerprintSha256));
    this.#pool = createPathPool(this.anchors, others, maxDepth);
    this.#checks = new CertificateChecks(rules, new CrlShelf(crlsDer, budget), budget);
    this.#budget = budget;
  }

  /** RFC 5280 §6.1 from `leaf` to an anchor. Throws refusals of budgets and of lists that cannot be read. */
  verify(leaf: Certificate): VerifiedChain | Refusal {
    if (Number.isNaN(this.#checks.rules.at.getTime())) return refuseUnreadableClock();
    const found = searchPath(leaf, this.#pool, this.#checks, this.#budget);
    return found.ok ? { ok: true, path: found.path.map(describeCertificate).reverse() } : found;
  }
}

/** Parses a certificate within the budget. Throws refusals. */
export function readCertificate(der: Uint8Array, budget: WorkBudget): Certificate {
  budget.spend('certificateBytes', der.length);
  return unwrap(parseCertificate(der));
}

export function checkCounts(anchors: number, intermediates: number, crls: number): void {
  if (anchors <= maxAnchors && intermediates <= maxIntermediates && crls <= maxCrls) return;
  throw new RefusalError(
    refuse(
      'trust.budget-exceeded',
      `There are more than ${maxAnchors} anchors, ${maxIntermediates} intermediate certificates or ${maxCrls} revocation lists to check.`,
    ),
  );
}

function uniqueOf(certificates: readonly Certificate[]): readonly Certificate[] {
  return [...new Map(certificates.map((certificate) => [certificate.fingerprintSha256, certificate])).values()];
}

function describeCertificate(certificate: Certificate): PathCertificate {
  const { subject, fingerprintSha256, notBefore, notAfter, der } = certificate;
  return { subject: describeName(subject), fingerprintSha256, notBefore, notAfter, der };
}
