import { refuse, type Result } from '../../contract/result.ts';
import type { DeviceState } from '../../contract/schema/device.ts';
import { found, type Finding } from './check-list.ts';
import type { InstallableBundle } from './install-rules.ts';
import type { UpdateJob } from './job.ts';
import { readUnitState } from './steps/read-unit.ts';
import type { StepContext } from './steps/step.ts';

/** What was read of a unit before a write to it began that is not finished. */
export function stillOpen(state: DeviceState): Result<Finding<DeviceState>> {
  return found(state, `The write to the unit ${state.serial} is not finished yet; what it runs was read before it.`);
}

/** REQ-OTA-VER-01: the unit is read, not assumed. Refuses with `update.other-unit`, `update.wrong-product`, or as `readUnitState`. */
export async function findUnit(
  context: StepContext,
  job: UpdateJob,
  { manifest }: InstallableBundle,
): Promise<Result<Finding<DeviceState>>> {
  const read = await readUnitState(context);
  if (!read.ok) return read;
  const state = read.value;
  if (job.serial !== null && job.serial !== state.serial) {
    return refuse(
      'update.other-unit',
      `The job was begun with unit ${job.serial}; position ${job.position} now holds ${state.serial}.`,
    );
  }
  if (state.product !== manifest.product.id) {
    return refuse(
      'update.wrong-product',
      `The bundle is for ${manifest.product.id}; the unit ${state.serial} is a ${state.product}.`,
    );
  }
  return found(
    state,
    `${state.product}, hardware ${state.hardware}, serial ${state.serial}, at position ${job.position}.`,
  );
}
