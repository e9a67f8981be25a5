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
 * Searches from the leaf upwards, short paths before long ones, so that CAs which certify each other in a circle do not hide the way past them
 * (RFC 4158 §2). Every certificate whose subject is the issuer's name is tried, so the order in which intermediates come and cross-signatures do not matter.
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
  const path = strict.search(leaf);
  if (path !== undefined) return { ok: true, path };
  const lenient = new PathSearcher(pool, checks, budget, false);
  const other = lenient.search(leaf);
  if (other !== undefined) return { ok: true, path: other };
  return strict.pathRefusal ?? lenient.pathRefusal ?? lenient.linkRefusal ?? refuseNoPath(leaf);
}

class PathSearcher {
  readonly #pool: PathPool;
  readonly #checks: CertificateChecks;
  readonly #budget: WorkBudget;
  readonly #prune: boolean;
  /** Whether a path could have grown further than the round allowed. */
  #wasCut = false;
  pathRefusal: Refusal | undefined;
  linkRefusal: Refusal | undefined;

  constructor(pool: PathPool, checks: CertificateChecks, budget: WorkBudget, prune: boolean) {
    this.#pool = pool;
    this.#checks = checks;
    this.#budget = budget;
    this.#prune = prune;
  }

  /** The accepted path with the fewest CAs; each round allows one more between anchor and leaf. */
  search(leaf: Certificate): CandidatePath | undefined {
    for (let depth = 0; depth <= this.#pool.maxDepth; depth++) {
      this.#wasCut = false;
      const found = this.#extend([leaf], depth);
      if (found !== undefined || this.#isAnswered() || this.#isExhausted()) return found;
    }
    return undefined;
  }

  /** Puts every issuer on top of `path`, which runs from there down to the leaf and still lacks `depth` CAs below its anchor. */
  #extend(path: CandidatePath, depth: number): CandidatePath | undefined {
    for (const issuer of this.#candidateIssuers(path, depth)) {
      this.#budget.spend('steps');
      if (this.#prune && !mayBeCa(issuer, this.#checks)) continue;
      const refusal = this.#checks.link(path[0], issuer);
      if (refusal !== undefined) {
        this.linkRefusal ??= refusal;
        continue;
      }
      if (this.#prune && !mayIssue(issuer, path, this.#checks)) continue;
      const longer: CandidatePath = [issuer, ...path];
      const found = depth === 0 ? this.#judge(longer) : this.#extend(longer, depth - 1);
      if (found !== undefined || this.#isAnswered()) return found;
    }
    return undefined;
  }

  #isExhausted(): boolean {
    return !this.#wasCut;
  }

  /** Without pruning the first path that reaches an anchor says what is wrong. */
  #isAnswered(): boolean {
    return !this.#prune && this.pathRefusal !== undefined;
  }

  #judge(path: CandidatePath): CandidatePath | undefined {
    this.#budget.spend('paths');
    const refusal = validatePath(path, this.#checks);
    this.pathRefusal ??= refusal;
    return refusal === undefined ? path : undefined;
  }

  /** Anchors where the path has its length, else intermediates; those first whose key the certificate names. */
  #candidateIssuers(path: CandidatePath, depth: number): readonly Certificate[] {
    const [child] = path;
    const { anchors, bySubject } = this.#pool;
    const named = (bySubject.get(serialKey(child.issuer.raw)) ?? []).filter((issuer) => namesChain(child, issuer));
    const intermediates = named.filter((issuer) => !anchors.has(issuer) && !repeats(path, issuer));
    if (depth === 0 && intermediates.length > 0) this.#wasCut = true;
    const usable = depth === 0 ? named.filter((issuer) => anchors.has(issuer)) : intermediates;
    const rank = (issuer: Certificate): number => (checkKeyIdentifiers(child, issuer) === undefined ? 0 : 1);
    return usable.toSorted((a, b) => rank(a) - rank(b));
  }
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
