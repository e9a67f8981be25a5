import { refuse, type Refusal } from '../../../contract/result.ts';
import { oid } from '../oid.ts';
import type { WorkBudget } from '../work-budget.ts';
import type { Certificate } from '../x509/certificate.ts';
import type { GeneralName } from '../x509/general-name.ts';
import { describeName } from '../x509/name.ts';
import { isInNameSubtree } from './name-subtree.ts';

type NamedBy<T> = ReadonlyMap<GeneralName['form'], readonly T[]>;

/**
 * RFC 5280 §6.1.3 (b), (c) for the constraints of one CA above: every name of the certificate lies in a permitted subtree of its form, where
 * there is one, and in no excluded subtree. Each CA's lists are applied apart, which is the intersection and union of §6.1.4 (g).
 */
export function checkNameConstraints(
  certificate: Certificate,
  ca: Certificate,
  budget: WorkBudget,
): Refusal | undefined {
  const { nameConstraints } = ca.extensions;
  if (nameConstraints === undefined) return undefined;
  const permitted = byForm(nameConstraints.permitted);
  const excluded = byForm(nameConstraints.excluded);
  for (const name of namesOf(certificate)) {
    const flaw = judgeName(name, permitted.get(name.form) ?? [], excluded.get(name.form) ?? [], budget);
    if (flaw === undefined) continue;
    return refuse(
      'trust.name-constraint',
      `A ${name.form} of the certificate "${describeName(certificate.subject)}" ${flaw} the name constraints of "${describeName(ca.subject)}" (RFC 5280 §6.1.3).`,
      { form: name.form },
    );
  }
  return undefined;
}

function byForm(subtrees: readonly GeneralName[]): NamedBy<GeneralName> {
  return Map.groupBy(subtrees, ({ form }) => form);
}

/**
 * The subject, its e-mail addresses (§4.2.1.10, also where there is a subjectAltName) and every subjectAltName. An internationalised mailbox is one
 * too (RFC 9598 §6): as Drydock does not convert it, it stands here as a mailbox that cannot be compared.
 */
function namesOf(certificate: Certificate): readonly GeneralName[] {
  const { subject, extensions } = certificate;
  const directory: GeneralName[] = subject.rdns.length === 0 ? [] : [{ form: 'directoryName', name: subject }];
  const mailboxes = subject.rdns
    .flat()
    .filter(({ type }) => type === oid.emailAddress)
    .map(({ text }): GeneralName => ({ form: 'rfc822Name', text: text ?? '' }));
  const altNames = extensions.subjectAltName ?? [];
  const international = altNames
    .filter((name) => name.form === 'otherName' && name.type === oid.smtpUtf8Mailbox)
    .map((): GeneralName => ({ form: 'rfc822Name', text: '' }));
  return [...directory, ...mailboxes, ...international, ...altNames];
}

/** What is wrong with a name under the subtrees of its form, in words; undefined where nothing is. */
function judgeName(
  name: GeneralName,
  permitted: readonly GeneralName[],
  excluded: readonly GeneralName[],
  budget: WorkBudget,
): string | undefined {
  for (const base of [...permitted, ...excluded]) budget.spend('nameComparisons', costOf(name, base));
  const exclusions = excluded.map((base) => isInNameSubtree(name, base, 'excluded'));
  const permissions = permitted.map((base) => isInNameSubtree(name, base, 'permitted'));
  // §4.2.1.10: a form that is constrained and cannot be compared is a reason to refuse, not to skip.
  if ([...exclusions, ...permissions].includes('not-comparable')) return 'cannot be compared with';
  if (exclusions.includes('inside')) return 'is excluded by';
  if (permissions.length > 0 && !permissions.includes('inside')) return 'is not permitted by';
  return undefined;
}

/** A comparison reads both names from end to end. */
function costOf(name: GeneralName, base: GeneralName): number {
  return 1 + ((lenOf(name) + lenOf(base)) >> 7);
}

function lenOf(name: GeneralName): number {
  if ('text' in name) return name.text.length;
  return name.form === 'directoryName' ? name.name.raw.length : 0;
}
