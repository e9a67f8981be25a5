import { refuse, type Refusal } from '../../../contract/result.ts';
import type { Certificate } from '../x509/certificate.ts';
import type { Crl } from '../x509/crl.ts';
import { describeName } from '../x509/name.ts';
import { checkNamesIssuerKey, isSelfIssued } from './check-issued.ts';
import { checkProfile } from './check-profile.ts';
import { checkRevocation } from './check-revocation.ts';
import { checkCaPurpose, checkCaRole, checkLeafRole, checkValidity, type LeafRules } from './check-role.ts';
import { checkNameConstraints, type ConstraintSource } from './name-constraints.ts';

export interface PathRules extends LeafRules {
  readonly at: Date;
}

/** A path whose names, key identifiers and signatures have been checked link by link: the anchor first, the signer last. */
export type CandidatePath = readonly [Certificate, ...Certificate[]];

/**
 * RFC 5280 §6.1.3 to §6.1.5 over one candidate path. The anchor is a certificate and what it says is applied too (RFC 5937): its
 * validity, path length, purposes and name constraints bind what is below it.
 */
export function validatePath(path: CandidatePath, crls: readonly Crl[], rules: PathRules): Refusal | undefined {
  const constraintSources: ConstraintSource[] = [];
  let pathLenLeft = Infinity;

  for (const [i, certificate] of path.entries()) {
    const isLeaf = i === path.length - 1;
    const issuer = path[i - 1];
    const selfIssued = isSelfIssued(certificate);

    const refusal =
      checkProfile(certificate) ??
      checkValidity(certificate, rules.at) ??
      (issuer === undefined ? undefined : checkRevocation(certificate, issuer, crls, rules.at)) ??
      // §6.1.3 (b), (c): self-issued CAs are exempt, the last certificate never is.
      (selfIssued && !isLeaf ? undefined : checkNameConstraints(certificate, constraintSources)) ??
      (isLeaf ? checkLeafRole(certificate, rules) : checkCaRole(certificate)) ??
      (isLeaf ? undefined : checkCaPurpose(certificate, rules.eku)) ??
      (issuer === undefined && selfIssued ? undefined : checkNamesIssuerKey(certificate));
    if (refusal !== undefined) return refusal;
    if (isLeaf) return undefined;

    // §6.1.4 (l): a self-issued CA does not count; the anchor's own certificate is not part of the path.
    if (issuer !== undefined && !selfIssued) {
      if (pathLenLeft === 0) return refusePathLength(certificate);
      pathLenLeft--;
    }
    // §6.1.4 (m), (g)
    pathLenLeft = Math.min(pathLenLeft, certificate.extensions.basicConstraints?.pathLen ?? Infinity);
    const { nameConstraints } = certificate.extensions;
    if (nameConstraints !== undefined) {
      constraintSources.push({ caName: describeName(certificate.subject), constraints: nameConstraints });
    }
  }
  return undefined;
}

function refusePathLength(certificate: Certificate): Refusal {
  return refuse(
    'trust.path-length',
    `The CA certificate "${describeName(certificate.subject)}" makes the path longer than a CA above it allows (RFC 5280 §6.1.4 (l)).`,
  );
}
