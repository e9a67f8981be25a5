import type { PolicyCheck } from '../../../contract/schema/policy-change.ts';
import { rulesOf, type Rule } from './rules.ts';

/** What becomes of a rule. `same`: the sentence stays. */
export type RuleEffect = PolicyCheck['differences'][number]['effect'] | 'same';

export interface ComparedRule extends Rule {
  /** The sentence until now; null where there was no policy. */
  readonly before: string | null;
  readonly effect: RuleEffect;
}

const order: readonly RuleEffect[] = ['weaker', 'other', 'stricter', 'same'];

/** Each rule of a draft beside the one in force, the weaker ones first. What is weaker the station says, not this page. */
export function compareRules({ document, inForce, differences }: PolicyCheck): readonly ComparedRule[] {
  const before = new Map(
    (inForce === null ? [] : rulesOf(inForce.document)).map(({ path, sentence }) => [path, sentence]),
  );
  const rules = rulesOf(document).map((rule): ComparedRule => {
    const difference = differences.find(({ path }) => path === rule.path);
    return { ...rule, before: before.get(rule.path) ?? null, effect: difference?.effect ?? 'same' };
  });
  return order.flatMap((effect) => rules.filter((rule) => rule.effect === effect));
}
