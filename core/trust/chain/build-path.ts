import { refuse, type Refusal } from '../../../contract/result.ts';
import type { WorkBudget } from '../work-budget.ts';
import type { Certificate } from '../x509/certificate.ts';
import { serialKey } from '../x509/crl.ts';
import { describeName, sameBytes } from '../x509/name.ts';
import type { CertificateChecks } from './certificate-checks.ts';
import { checkKeyIdentifiers, namesChain } from './check-issued.ts';
import { type CandidatePath, mayBeCa, mayIssue, validatePath } from './validate-path.ts';

/** Certificates by their subject's name: anchors, then intermediates. */
export interface PathPool {
  readonly anchors: ReadonlySet<Certificate>;
  readonly bySubject: ReadonlyMap<string, readonly Certificate[]>;
  /** Most CA certificates between anchor and leaf. */
  readonly maxDepth: number;
}

export function createPathPool(
  anchors: readonly Certificate[],
  intermediates: readonly Certificate[],
  maxDepth: number,
): PathPool {
  const bySubject = Map.groupBy([...anchors, ...intermediates], ({ subject }) => serialKey(subject.raw));
  return { anchors: new Set(anchors), bySubject, maxDepth };
}

/** The first accepted path, or the refusal that tells a person most: of a whole path, else of a link, else that there is none. */
export type PathSearch = { readonly ok: true; readonly path: CandidatePath } | Refusal;

/**
 * Searches from the leaf upwards, depth first, anchors before intermediates (RFC 4158 §2). Every certificate whose subject is the
 * issuer's name is tried, so the order in which intermediates come and cross-signatures do not matter.
 *
 * A first search leaves out what no accepted path can have: so a valid path is found beside any number of expired, misused or constrained certificates.
 * Only where it finds none, a second one without that follows the signatures up to the first anchor, to say what is wrong there. Whichever
 * finds a path, `validatePath` alone accepts it. Throws `trust.budget-exceeded` as a refusal.
 */
export function searchPath(
  leaf: Certificate,
  pool: PathPool,
  checks: CertificateChecks,
  budget: WorkBudget,
): PathSearch {
  const strict = new PathSearcher(pool, checks, budget, true);
  const path = strict.extend([leaf]);
  if (path !== undefined) return { ok: true, path };
  const lenient = new PathSearcher(pool, checks, budget, false);
  const other = lenient.extend([leaf]);
  if (other !== undefined) return { ok: true, path: other };
  return strict.pathRefusal ?? lenient.pathRefusal ?? lenient.linkRefusal ?? refuseNoPath(leaf);
}

class PathSearcher {
  readonly #pool: PathPool;
  readonly #checks: CertificateChecks;
  readonly #budget: WorkBudget;
  readonly #prune: boolean;
  pathRefusal: Refusal | undefined;
  linkRefusal: Refusal | undefined;

  constructor(pool: PathPool, checks: CertificateChecks, budget: WorkBudget, prune: boolean) {
    this.#pool = pool;
    this.#checks = checks;
    this.#budget = budget;
    this.#prune = prune;
  }

  /** `path` runs from the topmost certificate found so far down to the leaf. Answers the accepted path, if there is one. */
  extend(path: CandidatePath): CandidatePath | undefined {
    for (const issuer of candidateIssuers(path, this.#pool)) {
      this.#budget.spend('steps');
      if (this.#prune && !mayBeCa(issuer, this.#checks)) continue;
      const refusal = this.#checks.link(path[0], issuer);
      if (refusal !== undefined) {
        this.linkRefusal ??= refusal;
        continue;
      }
      if (this.#prune && !mayIssue(issuer, path, this.#checks)) continue;
      const longer: CandidatePath = [issuer, ...path];
      const found = this.#pool.anchors.has(issuer) ? this.#judge(longer) : this.extend(longer);
      if (found !== undefined) return found;
      if (!this.#prune && this.pathRefusal !== undefined) return undefined;
    }
    return undefined;
  }

  #judge(path: CandidatePath): CandidatePath | undefined {
    this.#budget.spend('paths');
    const refusal = validatePath(path, this.#checks);
    this.pathRefusal ??= refusal;
    return refusal === undefined ? path : undefined;
  }
}

/** Anchors, then, while the path may grow, intermediates; of each those first whose key the certificate names. */
function candidateIssuers(path: CandidatePath, { anchors, bySubject, maxDepth }: PathPool): readonly Certificate[] {
  const [child] = path;
  const named = bySubject.get(serialKey(child.issuer.raw)) ?? [];
  const mayGrow = path.length <= maxDepth;
  const usable = named
    .filter((candidate) => namesChain(child, candidate))
    .filter((candidate) => anchors.has(candidate) || (mayGrow && !repeats(path, candidate)));
  const rank = (candidate: Certificate): number =>
    (anchors.has(candidate) ? 0 : 2) + (checkKeyIdentifiers(child, candidate) === undefined ? 0 : 1);
  return usable.toSorted((a, b) => rank(a) - rank(b));
}

/** RFC 4158 §5.2: a name and key that are already in the path can only lead in a circle. */
function repeats(path: CandidatePath, candidate: Certificate): boolean {
  return path.some(
    (certificate) =>
      sameBytes(certificate.subject.raw, candidate.subject.raw) && sameBytes(certificate.spkiDer, candidate.spkiDer),
  );
}

function refuseNoPath(leaf: Certificate): Refusal {
  return refuse(
    'trust.no-path',
    `The certificate "${describeName(leaf.subject)}" does not lead to a pinned trust anchor.`,
    {
      subject: describeName(leaf.subject),
      fingerprintSha256: leaf.fingerprintSha256,
    },
  );
}
