import type { Refusal } from '../../contract/result.ts';
import type { ApprovalState } from '../../contract/schema/approval.ts';
import type { ApprovalKind } from '../../contract/schema/policy.ts';
import { call } from '../bridge/call.ts';

/** As many as one question may hold (contract/operations/approval.ts). */
const mostAsked = 500;

/** How bundles stand, by digest, as the station itself says; one that is missing is not known, and `refusal` says why. */
export interface AskedStates {
  readonly states: ReadonlyMap<string, ApprovalState>;
  readonly refusal: Refusal | null;
}

export async function askApprovalStates(kind: ApprovalKind, digests: readonly string[]): Promise<AskedStates> {
  const pages = Array.from({ length: Math.ceil(digests.length / mostAsked) }, (_, page) =>
    digests.slice(page * mostAsked, (page + 1) * mostAsked),
  );
  const answers = await Promise.all(pages.map((bundleDigests) => call('approval.state', { kind, bundleDigests })));
  return {
    states: new Map(
      answers.flatMap((answer) => (answer.ok ? answer.value.map((state) => [state.bundleDigest, state] as const) : [])),
    ),
    refusal: answers.find((answer) => !answer.ok) ?? null,
  };
}
