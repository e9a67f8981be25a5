import { refuse, accept } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import type { DeviceState, SlotView } from '../../contract/schema/device.ts';

/**
 * The physical slot that has a role for a logical slot *now*, by what the unit was just read to be (REQ-OTA-APP-01). Refuses with
 * `device.slot-unknown` where the unit has no such logical slot, `device.slot-missing` where none of its slots has the role.
 */
export function findSlot(state: DeviceState, logical: string, role: SlotView['role']): Result<SlotView> {
  const pair = state.slots.filter((slot) => slot.logical === logical);
  if (pair.length === 0) return refuse('device.slot-unknown', `The unit has no slot named ${logical}.`, { logical });
  const [slot, ...others] = pair.filter((candidate) => candidate.role === role);
  if (slot !== undefined && others.length === 0) return accept(slot);
  const what = slot === undefined ? 'none of its slots' : 'more than one of its slots';
  return refuse('device.slot-missing', `The unit says that ${what} for ${logical} is the ${role} one.`, {
    logical,
    role,
  });
}
