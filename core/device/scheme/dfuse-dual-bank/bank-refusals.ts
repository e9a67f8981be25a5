import { refuse } from '../../../../contract/result.ts';
import type { Refusal } from '../../../../contract/result.ts';
import type { Bank } from './read-banks.ts';

/** To write the bank that runs is the one thing that must never happen: where it is not known, nothing is. */
export function refuseUnclearBank({ id }: Bank): Refusal {
  const reason = `It cannot be told whether the unit starts its bank ${id}: what that begins with is no stack pointer that all parts take, nor blank. Nothing was written; state the part's RAM in its profile (stackPointers), or have its vendor look at it.`;
  return refuse('device.boot-bank-unclear', reason, { bank: id });
}

/** A bank that the part would not start must not be switched to. */
export function refuseUnstartable({ id }: Bank): Refusal {
  const reason = `The bank ${id} does not begin with a stack pointer in the part's RAM and a reset vector in its flash, so that its ROM might not start it; it is not started. Check the image, and stackPointers in the unit's profile.`;
  return refuse('device.not-pending', reason, { bank: id });
}

export function refuseNotWhole({ id, content }: Bank, slot: string): Refusal {
  const reason = `The bank ${id} does not hold a whole image (${content.state}); it is not started.`;
  return refuse('device.not-pending', reason, { slot });
}

/** What was thrown does not hold, read anew. */
export function refuseUnthrown(wanted: Bank, running: Bank): Refusal {
  const reason = `The unit did not take the switch: it still starts ${running.id} instead of ${wanted.id}. Both banks hold what they held.`;
  return refuse('device.not-pending', reason, { bank: wanted.id });
}

export function refuseNoSlot(profileId: string, slot: string): Refusal {
  return refuse('device.slot-unknown', `The device profile ${profileId} has no slot named ${slot}.`, { slot });
}
