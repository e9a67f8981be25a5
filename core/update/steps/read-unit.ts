import type { Result } from '../../../contract/result.ts';
import type { DeviceState } from '../../../contract/schema/device.ts';
import type { StepContext } from './step.ts';

/**
 * Reads the unit, and asks the person at the bench where it has to be freed from a stuck DFU mode for that. Refuses as
 * `UpdateTarget.enterUpdateMode` and `UpdateTarget.readState`.
 */
export async function readUnitState({
  target,
  profile,
  signal,
  ask,
}: Pick<StepContext, 'target' | 'profile' | 'signal' | 'ask'>): Promise<Result<DeviceState>> {
  if (profile.readsInUpdateMode) {
    const entered = await target.enterUpdateMode(signal, ask);
    if (!entered.ok) return entered;
  }
  return await target.readState(signal);
}
