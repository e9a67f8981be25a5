import { accept, refuse, type Refusal, type Result } from '../../contract/result.ts';
import type { DeviceState } from '../../contract/schema/device.ts';
import type { ReadRunningImages, RunningImageAsk, RunningImages } from '../bundle/delta/find-bases.ts';
import type { DeviceBench, TargetProfile, UpdateTarget } from '../device/update-target.ts';
import type { Clock } from '../ports.ts';
import { openUnit } from './open-unit.ts';
import { checkSettled } from './unit-checks.ts';
import type { UpdateRepository } from './repository.ts';

export interface RunningImageReaderDeps {
  readonly clock: Clock;
  readonly bench: DeviceBench;
  readonly jobs: Pick<UpdateRepository, 'openJobAt'>;
}

interface OpenUnit {
  readonly target: UpdateTarget;
  readonly profile: TargetProfile;
}

/**
 * Reads what a unit runs, as the base of a delta. A unit gives its slots in DFU mode only, so that it is taken out of operation and
 * restarted after it; one that a reset would change (on trial, pending, held by a job) is left alone. Nothing is written to it.
 *
 * Refuses `update.position-busy`, `update.wrong-product`, `update.not-compatible`, `update.unit-unsettled`,
 * `device.upload-unsupported`, or as the bench and the unit do.
 */
export function createRunningImageReader({
  clock,
  bench,
  jobs,
}: RunningImageReaderDeps): (position: string) => ReadRunningImages {
  return (position) =>
    async (product, asks, signal = new AbortController().signal) => {
      const holder = jobs.openJobAt(position);
      if (holder) {
        const reason = `Position ${position} is held by job ${holder.id} (${holder.state}); resume or end that job first.`;
        return refuse('update.position-busy', reason, { job: holder.id });
      }
      const opened = await openUnit(bench, clock, position, signal);
      if (!opened.ok) return opened;
      try {
        return await readUnit(opened.value, product, asks, signal);
      } finally {
        await opened.value.target.close();
      }
    };
}

async function readUnit(
  unit: OpenUnit,
  product: string,
  asks: readonly RunningImageAsk[],
  signal: AbortSignal,
): Promise<Result<RunningImages>> {
  const mode = await unit.target.identify();
  if (!mode.ok) return mode;
  const state = await unit.target.readState(signal);
  if (!state.ok) return state;
  const wasInOperation = unit.profile.readsInUpdateMode ? mode.value === 'runtime' : state.value.mode === 'application';
  const refusal = checkUnit(state.value, unit.profile, product, asks);
  // Its slots may have had to be read in DFU mode to find that out.
  if (refusal) return wasInOperation && unit.profile.readsInUpdateMode ? leaveRefused(unit, refusal) : refusal;
  const images = await readSlots(unit, asks, signal);
  // A unit that was found in DFU mode is left so.
  const restarted = wasInOperation ? await bringBack(unit) : accept(undefined);
  if (!images.ok) return restarted.ok ? images : { ...images, reason: `${images.reason} ${powerCycle}` };
  if (!restarted.ok) return { ...restarted, reason: `${restarted.reason} ${powerCycle}` };
  const { position, serial } = unit.target.identity;
  return accept({ unit: { position, serial }, images: images.value });
}

async function leaveRefused(unit: OpenUnit, refusal: Refusal): Promise<Refusal> {
  const restarted = await bringBack(unit);
  return restarted.ok ? refusal : { ...refusal, reason: `${refusal.reason} ${powerCycle}` };
}

const powerCycle = 'Power-cycle the unit to bring it back into operation.';

function checkUnit(
  state: DeviceState,
  profile: TargetProfile,
  product: string,
  asks: readonly RunningImageAsk[],
): Refusal | null {
  const { serial, hardware } = state;
  if (state.product !== product) {
    return refuse('update.wrong-product', `The bundle is for ${product}; the unit ${serial} is a ${state.product}.`);
  }
  const foreign = asks.find(({ compat }) => !compat.includes(hardware));
  if (foreign) {
    const reason = `The unit ${serial} has the hardware ${hardware}; the delta is for ${foreign.compat.join(', ')} only.`;
    return refuse('update.not-compatible', reason, { hardware });
  }
  if (!profile.canReadBack) {
    const reason = `Units of profile ${profile.id} cannot be read; import the bundle that the delta's base came in instead.`;
    return refuse('device.upload-unsupported', reason, { profile: profile.id });
  }
  const settled = checkSettled(state);
  return settled.ok ? null : settled;
}

async function readSlots(
  { target }: OpenUnit,
  asks: readonly RunningImageAsk[],
  signal: AbortSignal,
): Promise<Result<readonly Buffer[]>> {
  const entered = await target.enterUpdateMode(signal);
  if (!entered.ok) return entered;
  const images: Buffer[] = [];
  for (const { slot, lenBytes } of asks) {
    const chunks: Uint8Array[] = [];
    const keep = (bytes: Uint8Array): void => void chunks.push(Uint8Array.from(bytes));
    const read = await target.readRunning(slot, lenBytes, keep, () => undefined, signal);
    if (!read.ok) return read;
    images.push(Buffer.concat(chunks));
  }
  return accept(images);
}

async function bringBack({ target, profile }: OpenUnit): Promise<Result<void>> {
  const state = await target.readState();
  if (!state.ok) return state;
  return state.value.mode === 'dfu' ? await target.reboot(profile.rebootDeadlineMs) : accept(undefined);
}
