import type { Refusal } from '../../../contract/result.ts';
import type { WorkBudget } from '../work-budget.ts';
import type { Certificate } from '../x509/certificate.ts';
import { checkKeyIdentifiers, checkSignedBy } from './check-issued.ts';
import { checkProfile } from './check-profile.ts';
import { checkRevocation, type RevocationRules } from './check-revocation.ts';
import { checkCaPurpose, checkCaRole, checkValidity, type LeafRules } from './check-role.ts';
import type { CrlShelf } from './crl-shelf.ts';
import { checkNameConstraints } from './name-constraints.ts';

/** What a caller asks of a path. */
export interface PathRules extends LeafRules, RevocationRules {}

type Verdict = Refusal | undefined;

/**
 * The checks on one certificate, or on one and its issuer, each made once however many paths lead over it: what makes a search cheap is that
 * only path length and the set of names above a certificate differ from path to path.
 */
export class CertificateChecks {
  readonly #rules: PathRules;
  readonly #crls: CrlShelf;
  readonly #budget: WorkBudget;
  readonly #verdicts = new Map<string, Verdict>();

  constructor(rules: PathRules, crls: CrlShelf, budget: WorkBudget) {
    this.#rules = rules;
    this.#crls = crls;
    this.#budget = budget;
  }

  get rules(): PathRules {
    return this.#rules;
  }

  /** What holds wherever the certificate stands. */
  onItsOwn(certificate: Certificate): Verdict {
    return this.#once(
      `own:${certificate.fingerprintSha256}`,
      () => checkProfile(certificate) ?? checkValidity(certificate, this.#rules.at),
    );
  }

  asCa(certificate: Certificate): Verdict {
    return this.#once(`ca:${certificate.fingerprintSha256}`, () => checkCaRole(certificate));
  }

  caPurpose(certificate: Certificate): Verdict {
    return checkCaPurpose(certificate, this.#rules.eku);
  }

  /** Key identifiers and signature; the signature only where the identifiers fit, since it is what costs. */
  link(child: Certificate, issuer: Certificate): Verdict {
    return checkKeyIdentifiers(child, issuer) ?? this.signature(child, issuer);
  }

  signature(child: Certificate, issuer: Certificate): Verdict {
    return this.#once(`signed:${child.fingerprintSha256}:${issuer.fingerprintSha256}`, () => {
      this.#budget.spend('signatures');
      this.#budget.spend('signedBytes', child.tbsDer.length);
      return checkSignedBy(child, issuer);
    });
  }

  revocation(certificate: Certificate, issuer: Certificate): Verdict {
    return this.#once(`crl:${certificate.fingerprintSha256}:${issuer.fingerprintSha256}`, () =>
      checkRevocation(certificate, issuer, this.#crls, this.#rules),
    );
  }

  /** The names of `certificate` under the constraints of `ca` alone. */
  names(certificate: Certificate, ca: Certificate): Verdict {
    if (ca.extensions.nameConstraints === undefined) return undefined;
    return this.#once(`names:${certificate.fingerprintSha256}:${ca.fingerprintSha256}`, () =>
      checkNameConstraints(certificate, ca, this.#budget),
    );
  }

  #once(key: string, check: () => Verdict): Verdict {
    if (this.#verdicts.has(key)) return this.#verdicts.get(key);
    const verdict = check();
    this.#verdicts.set(key, verdict);
    return verdict;
  }
}
