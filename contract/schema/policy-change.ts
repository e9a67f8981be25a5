import * as v from 'valibot';
import { Sha256, UtcTime } from './bundle.ts';
import { PolicyDocument, PolicyView } from './policy.ts';
import { OperatorId } from './session.ts';

/** One field in which a policy differs from the one in force. */
export const PolicyDifference = v.strictObject({
  /** `approvals.required` */
  path: v.string(),
  /** As a person reads it; null where the field is not there. */
  before: v.nullable(v.string()),
  after: v.nullable(v.string()),
  /** What it does to the rules; `other` where neither can be said. */
  effect: v.picklist(['stricter', 'weaker', 'other']),
});
export type PolicyDifference = v.InferOutput<typeof PolicyDifference>;

/** What a policy would change. */
export const PolicyCheck = v.strictObject({
  document: PolicyDocument,
  digest: Sha256,
  /** In force for the product until then: its own policy, or the one for all products; null where there is none. */
  inForce: v.nullable(PolicyView),
  differences: v.array(PolicyDifference),
  /** Approvals that were signed under the policy in force do not count under this one. */
  voidsApprovals: v.boolean(),
});
export type PolicyCheck = v.InferOutput<typeof PolicyCheck>;

/** A version of a policy as a line of a list. */
export const PolicyLine = v.strictObject({
  product: v.string(),
  digest: Sha256,
  installedAt: UtcTime,
  installedBy: v.nullable(OperatorId),
  /** Printed name; null where the station installed its default policy. */
  installedByName: v.nullable(v.string()),
  /** The newest of its product. */
  inForce: v.boolean(),
});
export type PolicyLine = v.InferOutput<typeof PolicyLine>;
