import { refuse, type Refusal } from '../../../contract/result.ts';
import type { Certificate } from '../x509/certificate.ts';
import { describeName, sameBytes } from '../x509/name.ts';
import { checkKeyIdentifiers, checkSignedBy, namesChain } from './check-issued.ts';
import type { CandidatePath } from './validate-path.ts';

/** What a search may cost, so that cross-signed certificates made to explode it end in a refusal. */
export interface PathBudget {
  signatureChecks: number;
  extensions: number;
}

export interface PathPool {
  readonly anchors: readonly Certificate[];
  readonly intermediates: readonly Certificate[];
  /** Most CA certificates between anchor and leaf. */
  readonly maxDepth: number;
}

/** Either refusal of a link, or the link holds. */
type LinkCache = Map<string, Refusal | 'holds'>;

/** The first accepted path, or the refusal that tells a person most: of a whole path, else of a link, else that there is none. */
export type PathSearch = { readonly ok: true; readonly path: CandidatePath } | Refusal;

/**
 * Searches from the leaf upwards, depth first, anchors before intermediates (RFC 4158 §2). Every certificate whose subject is the
 * issuer's name is tried, so the order in which intermediates come and cross-signatures do not matter. `validate` judges each whole path.
 */
export function searchPath(
  leaf: Certificate,
  pool: PathPool,
  budget: PathBudget,
  validate: (path: CandidatePath) => Refusal | undefined,
): PathSearch {
  const links: LinkCache = new Map();
  let pathRefusal: Refusal | undefined;
  let linkRefusal: Refusal | undefined;

  const isAnchor = new Set(pool.anchors);

  /** `path` runs from the topmost certificate found so far down to the leaf. The accepted path, a spent budget, or nothing. */
  const extend = (path: CandidatePath): CandidatePath | Refusal | undefined => {
    for (const issuer of candidateIssuers(path, pool)) {
      if (budget.extensions-- === 0) return refuseBudget();
      const link = checkLink(path[0], issuer, links, budget);
      if (link !== 'holds') {
        if (link.code === 'trust.budget-exceeded') return link;
        linkRefusal ??= link;
        continue;
      }
      const longer: CandidatePath = [issuer, ...path];
      if (isAnchor.has(issuer)) {
        const refusal = validate(longer);
        if (refusal === undefined) return longer;
        pathRefusal ??= refusal;
      } else {
        const found = extend(longer);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  };

  const found = extend([leaf]);
  if (found !== undefined) return 'ok' in found ? found : { ok: true, path: found };
  return pathRefusal ?? linkRefusal ?? refuseNoPath(leaf);
}

/** Certificates that carry the name of the path's topmost issuer: anchors, then, while the path may grow, intermediates. */
function candidateIssuers(path: CandidatePath, { anchors, intermediates, maxDepth }: PathPool): readonly Certificate[] {
  const mayGrow = path.length <= maxDepth;
  const below = mayGrow ? intermediates.filter((candidate) => !repeats(path, candidate)) : [];
  return [...anchors, ...below].filter((candidate) => namesChain(path[0], candidate));
}

/** RFC 4158 §5.2: a name and key that are already in the path can only lead in a circle. */
function repeats(path: CandidatePath, candidate: Certificate): boolean {
  return path.some(
    (certificate) =>
      sameBytes(certificate.subject.raw, candidate.subject.raw) && sameBytes(certificate.spkiDer, candidate.spkiDer),
  );
}

function checkLink(child: Certificate, issuer: Certificate, links: LinkCache, budget: PathBudget): Refusal | 'holds' {
  const key = `${child.fingerprintSha256}:${issuer.fingerprintSha256}`;
  const known = links.get(key);
  if (known !== undefined) return known;
  let link = checkKeyIdentifiers(child, issuer);
  if (link === undefined) {
    if (budget.signatureChecks === 0) return refuseBudget();
    budget.signatureChecks--;
    link = checkSignedBy(child, issuer);
  }
  links.set(key, link ?? 'holds');
  return link ?? 'holds';
}

function refuseBudget(): Refusal {
  return refuse(
    'trust.budget-exceeded',
    'The certificates form too many possible paths to check; remove the intermediates that are not needed.',
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
