import { refuse, type Refusal } from '../../../contract/result.ts';
import { oid } from '../oid.ts';
import type { Certificate } from '../x509/certificate.ts';
import type { NameConstraints } from '../x509/certificate-extensions.ts';
import type { GeneralName } from '../x509/general-name.ts';
import { describeName } from '../x509/name.ts';
import { isInNameSubtree } from './name-subtree.ts';

/** The constraints of one CA, and whose they are. */
export interface ConstraintSource {
  readonly caName: string;
  readonly constraints: NameConstraints;
}

const maxComparisons = 65_536;

/**
 * RFC 5280 §6.1.3 (b), (c): every name of the certificate lies in a permitted subtree of its form, for every CA above that has
 * one, and in no excluded subtree. Keeping each CA's lists apart is the intersection and union of §6.1.4 (g).
 */
export function checkNameConstraints(
  certificate: Certificate,
  sources: readonly ConstraintSource[],
): Refusal | undefined {
  if (sources.length === 0) return undefined;
  const names = namesOf(certificate);
  const subtrees = sources.reduce(
    (sum, { constraints }) => sum + constraints.permitted.length + constraints.excluded.length,
    0,
  );
  if (names.length * subtrees > maxComparisons) {
    return refuse(
      'trust.budget-exceeded',
      `The certificate "${describeName(certificate.subject)}" has too many names to compare with the name constraints.`,
    );
  }
  for (const source of sources) {
    for (const name of names) {
      const refusal = checkName(name, source, describeName(certificate.subject));
      if (refusal !== undefined) return refusal;
    }
  }
  return undefined;
}

/** The subject, its e-mail addresses (§4.2.1.10, also where there is a subjectAltName) and every subjectAltName. */
function namesOf(certificate: Certificate): readonly GeneralName[] {
  const { subject, extensions } = certificate;
  const directory: GeneralName[] = subject.rdns.length === 0 ? [] : [{ form: 'directoryName', name: subject }];
  const mailboxes = subject.rdns
    .flat()
    .filter(({ type }) => type === oid.emailAddress)
    .map(({ text }): GeneralName => ({ form: 'rfc822Name', text: text ?? '' }));
  return [...directory, ...mailboxes, ...(extensions.subjectAltName ?? [])];
}

function checkName(name: GeneralName, { caName, constraints }: ConstraintSource, subject: string): Refusal | undefined {
  const permitted = constraints.permitted.filter(({ form }) => form === name.form);
  const excluded = constraints.excluded.filter(({ form }) => form === name.form);
  const refuseName = (what: string): Refusal =>
    refuse(
      'trust.name-constraint',
      `A ${name.form} of the certificate "${subject}" ${what} the name constraints of "${caName}" (RFC 5280 §6.1.3).`,
      {
        form: name.form,
      },
    );

  const exclusions = excluded.map((base) => isInNameSubtree(name, base, 'excluded'));
  const permissions = permitted.map((base) => isInNameSubtree(name, base, 'permitted'));
  // §4.2.1.10: a form that is constrained and cannot be compared is a reason to refuse, not to skip.
  if ([...exclusions, ...permissions].includes('not-comparable')) return refuseName('cannot be compared with');
  if (exclusions.includes('inside')) return refuseName('is excluded by');
  if (permissions.length > 0 && !permissions.includes('inside')) return refuseName('is not permitted by');
  return undefined;
}
