import type { Plan, StepContext } from './step.ts';

/** The shorter of what the profile allows the unit and what the policy allows its product. */
export function rebootDeadlineMs({ profile }: Pick<StepContext, 'profile'>, { policy }: Pick<Plan, 'policy'>): number {
  return Math.min(profile.rebootDeadlineMs, policy.timeouts.rebootSeconds * 1000);
}
