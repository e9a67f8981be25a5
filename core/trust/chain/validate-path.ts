import { refuse, type Refusal } from '../../../contract/result.ts';
import type { Certificate } from '../x509/certificate.ts';
import { describeName } from '../x509/name.ts';
import type { CertificateChecks } from './certificate-checks.ts';
import { checkAnchorIdentifiers, checkNamesIssuerKey, isSelfIssued } from './check-issued.ts';
import { checkLeafRole } from './check-role.ts';

/** A path whose names, key identifiers and signatures have been checked link by link: the anchor first, the signer last. */
export type CandidatePath = readonly [Certificate, ...Certificate[]];

/**
 * RFC 5280 §6.1.3 to §6.1.5 over one candidate path. The anchor is a certificate and what it says is applied too (RFC 5937): its
 * validity, path length, purposes and name constraints bind what is below it.
 */
export function validatePath(path: CandidatePath, checks: CertificateChecks): Refusal | undefined {
  const constrainedBy: Certificate[] = [];
  let pathLenLeft = Infinity;

  for (const [i, certificate] of path.entries()) {
    const isLeaf = i === path.length - 1;
    const issuer = path[i - 1];
    const selfIssued = isSelfIssued(certificate);

    const refusal =
      checks.onItsOwn(certificate) ??
      (issuer === undefined ? undefined : checks.revocation(certificate, issuer)) ??
      // §6.1.3 (b), (c): self-issued CAs are exempt, the last certificate never is.
      (selfIssued && !isLeaf ? undefined : checkNames(certificate, constrainedBy, checks)) ??
      (isLeaf ? checkLeafRole(certificate, checks.rules) : checks.asCa(certificate)) ??
      (isLeaf ? undefined : checks.caPurpose(certificate)) ??
      (issuer === undefined && selfIssued
        ? checkAnchorIdentifiers(certificate, checks)
        : checkNamesIssuerKey(certificate));
    if (refusal !== undefined) return refusal;
    if (isLeaf) return undefined;

    // §6.1.4 (l): a self-issued CA does not count; the anchor's own certificate is not part of the path.
    if (issuer !== undefined && !selfIssued) {
      if (pathLenLeft === 0) return refusePathLength(certificate);
      pathLenLeft--;
    }
    // §6.1.4 (m), (g)
    pathLenLeft = Math.min(pathLenLeft, certificate.extensions.basicConstraints?.pathLen ?? Infinity);
    constrainedBy.push(certificate);
  }
  return undefined;
}

function checkNames(
  certificate: Certificate,
  cas: readonly Certificate[],
  checks: CertificateChecks,
): Refusal | undefined {
  for (const ca of cas) {
    const refusal = checks.names(certificate, ca);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

/** What `validatePath` asks of every CA whatever is below it; so cheap that it comes before the signature. */
export function mayBeCa(issuer: Certificate, checks: CertificateChecks): boolean {
  return (checks.onItsOwn(issuer) ?? checks.asCa(issuer) ?? checks.caPurpose(issuer)) === undefined;
}

/**
 * Whether a path that `issuer` is put on top of can still be accepted, by the checks that look down from it. Says no only where `validatePath` would
 * refuse every path through both, so that a search may leave them out.
 */
export function mayIssue(issuer: Certificate, below: CandidatePath, checks: CertificateChecks): boolean {
  const [child] = below;
  const leafHolds = below.length > 1 || (checks.onItsOwn(child) ?? checkLeafRole(child, checks.rules)) === undefined;
  const cas = below.slice(0, -1);
  const counted = cas.filter((ca) => !isSelfIssued(ca)).length;
  return (
    leafHolds &&
    checkNamesIssuerKey(child) === undefined &&
    counted <= (issuer.extensions.basicConstraints?.pathLen ?? Infinity) &&
    checks.revocation(child, issuer) === undefined &&
    below.every(
      (certificate, i) =>
        (isSelfIssued(certificate) && i < below.length - 1) || checks.names(certificate, issuer) === undefined,
    )
  );
}

function refusePathLength(certificate: Certificate): Refusal {
  return refuse(
    'trust.path-length',
    `The CA certificate "${describeName(certificate.subject)}" makes the path longer than a CA above it allows (RFC 5280 §6.1.4 (l)).`,
  );
}
