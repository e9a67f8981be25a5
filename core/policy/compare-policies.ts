import type { PolicyDocument } from '../../contract/schema/policy.ts';
import type { PolicyDifference } from '../../contract/schema/policy-change.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { JsonValue } from '../ports.ts';

type Effect = PolicyDifference['effect'];

/** How one field bears on the rules. */
interface Field {
  readonly path: string;
  readonly of: (document: PolicyDocument) => JsonValue | undefined;
  /** Asked only where the two differ. */
  readonly effect: (before: JsonValue | undefined, after: JsonValue | undefined) => Effect;
}

const fields: readonly Field[] = [
  { path: 'product', of: ({ product }) => product, effect: unclear },
  { path: 'signatures.threshold', of: ({ signatures }) => signatures.threshold, effect: moreIsStricter },
  { path: 'revocation.crl', of: ({ revocation }) => revocation?.crl, effect: requiredIsStricter },
  { path: 'revocation.maxAgeHours', of: ({ revocation }) => revocation?.maxAgeHours, effect: fewerIsStricter },
  { path: 'approvals.required', of: ({ approvals }) => approvals.required, effect: moreIsStricter },
  { path: 'approvals.roles', of: ({ approvals }) => approvals.roles, effect: fewerMembersIsStricter },
  { path: 'approvals.validForHours', of: ({ approvals }) => approvals.validForHours, effect: fewerIsStricter },
  { path: 'approvals.reasonCodes', of: ({ approvals }) => approvals.reasonCodes, effect: anyIsStricterThanNone },
  { path: 'approvals.importerMayApprove', of: ({ approvals }) => approvals.importerMayApprove, effect: noIsStricter },
  { path: 'execution.roles', of: ({ execution }) => execution.roles, effect: fewerMembersIsStricter },
  {
    path: 'execution.separateFromApprover',
    of: ({ execution }) => execution.separateFromApprover,
    effect: (before, after) => noIsStricter(after, before),
  },
  { path: 'updateWindows', of: ({ updateWindows }) => updateWindows, effect: anyIsStricterThanNone },
  {
    path: 'selfTest.required',
    of: ({ selfTest }) => selfTest.required,
    effect: (before, after) => fewerMembersIsStricter(after, before),
  },
  { path: 'selfTest.timeoutSeconds', of: ({ selfTest }) => selfTest.timeoutSeconds, effect: unclear },
  { path: 'onSelfTestFailure', of: ({ onSelfTestFailure }) => onSelfTestFailure, effect: unclear },
  { path: 'retries.stage', of: ({ retries }) => retries.stage, effect: unclear },
  { path: 'timeouts.rebootSeconds', of: ({ timeouts }) => timeouts.rebootSeconds, effect: unclear },
];

/** Every field in which two policies differ, in the order of the documentation. The order of members of a list does not matter. */
export function comparePolicies(before: PolicyDocument | null, after: PolicyDocument): readonly PolicyDifference[] {
  return fields.flatMap(({ path, of, effect }) => {
    const old = before === null ? undefined : of(before);
    const next = of(after);
    if (sameValue(old, next)) return [];
    const isDecidable = before !== null;
    return [{ path, before: describe(old), after: describe(next), effect: isDecidable ? effect(old, next) : 'other' }];
  });
}

function sameValue(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  return canonicalJson(sorted(a)) === canonicalJson(sorted(b));
}

function sorted(value: JsonValue | undefined): JsonValue {
  if (value === undefined) return null;
  return Array.isArray(value)
    ? membersOf(value)
        .map((item) => canonicalJson(item))
        .sort()
    : value;
}

function describe(value: JsonValue | undefined): string | null {
  if (value === undefined) return null;
  if (value === null) return 'no limit';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (!Array.isArray(value)) return typeof value === 'object' ? canonicalJson(value) : String(value);
  const items = value as readonly JsonValue[];
  return items.length === 0 ? 'none' : items.map(describeItem).join(', ');
}

function describeItem(item: JsonValue): string {
  if (typeof item === 'string') return item;
  const window = item as { readonly days: readonly string[]; readonly from: string; readonly to: string };
  return `${window.days.join(' ')} ${window.from}–${window.to} UTC`;
}

function unclear(): Effect {
  return 'other';
}

function moreIsStricter(before: JsonValue | undefined, after: JsonValue | undefined): Effect {
  return Number(after) > Number(before) ? 'stricter' : 'weaker';
}

/** No number is no limit. */
function fewerIsStricter(before: JsonValue | undefined, after: JsonValue | undefined): Effect {
  const limit = (value: JsonValue | undefined): number => (typeof value === 'number' ? value : Infinity);
  if (limit(before) === limit(after)) return 'other';
  return limit(after) < limit(before) ? 'stricter' : 'weaker';
}

/** Left out is optional. */
function requiredIsStricter(before: JsonValue | undefined, after: JsonValue | undefined): Effect {
  const isRequired = (value: JsonValue | undefined): boolean => value === 'required';
  if (isRequired(before) === isRequired(after)) return 'other';
  return isRequired(after) ? 'stricter' : 'weaker';
}

function noIsStricter(before: JsonValue | undefined, after: JsonValue | undefined): Effect {
  return before === true && after === false ? 'stricter' : 'weaker';
}

function fewerMembersIsStricter(before: JsonValue | undefined, after: JsonValue | undefined): Effect {
  const [old, next] = [membersOf(before), membersOf(after)];
  if (next.every((member) => old.includes(member))) return 'stricter';
  return old.every((member) => next.includes(member)) ? 'weaker' : 'other';
}

function anyIsStricterThanNone(before: JsonValue | undefined, after: JsonValue | undefined): Effect {
  if (membersOf(before).length === 0) return 'stricter';
  return membersOf(after).length === 0 ? 'weaker' : 'other';
}

function membersOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}
