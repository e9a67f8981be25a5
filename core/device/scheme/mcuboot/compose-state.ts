import type { DeviceState, SlotView } from '../../../../contract/schema/device.ts';
import { isOnTrial, nextSwap } from '../../../mcuboot/swap-type.ts';
import type { NextSwap } from '../../../mcuboot/swap-type.ts';
import type { McubootProfile } from '../../profile/mcuboot.ts';
import type { TargetIdentity } from '../../update-target.ts';
import type { ReadSlot } from './read-slots.ts';

/** The unit's state from the bytes of its slots, as its boot loader will read them at the next boot. */
export function composeState(
  identity: TargetIdentity,
  profile: McubootProfile,
  hardware: string,
  read: readonly ReadSlot[],
): DeviceState {
  const pairs = [...new Set(read.map(({ slot }) => slot.logical))].map((logical) => toPair(read, logical));
  const trial = pairs.find(({ running }) => isOnTrial(running.content.trailer));
  const isBootable = pairs.every(({ running }) => running.content.holds === 'image');
  return {
    product: profile.product,
    hardware,
    serial: identity.serial,
    mode: isBootable ? 'dfu' : 'bootloader',
    slots: pairs.flatMap(({ running, staging, swap }) => [
      viewSlot(running, runningState(running)),
      viewSlot(staging, stagingState(staging, swap)),
    ]),
    boot: {
      swap: pairs.map(({ swap }) => swap).find((swap) => swap !== 'none') ?? 'none',
      // An image that was never swapped in has no flags and needs none: nothing puts another one in its place.
      imageOk: trial === undefined,
      copyDone: pairs.every(({ running }) => running.content.trailer?.copyDone === 'set'),
    },
    selfTest: { state: 'not-reported', results: [] },
    previousSelfTest: null,
  };
}

interface Pair {
  readonly running: ReadSlot;
  readonly staging: ReadSlot;
  readonly swap: NextSwap;
}

function toPair(read: readonly ReadSlot[], logical: string): Pair {
  const pair = read.filter(({ slot }) => slot.logical === logical);
  const running = pair.find(({ slot }) => slot.role === 'running');
  const staging = pair.find(({ slot }) => slot.role === 'staging');
  if (running === undefined || staging === undefined) throw new Error(`the slot ${logical} was not read as a pair`);
  return { running, staging, swap: nextSwap(running.content.trailer, staging.content.trailer) };
}

function runningState({ content }: ReadSlot): SlotView['state'] {
  if (content.holds !== 'image') return content.holds;
  return isOnTrial(content.trailer) ? 'testing' : 'confirmed';
}

function stagingState({ content }: ReadSlot, swap: NextSwap): SlotView['state'] {
  if (content.holds !== 'image') return content.holds;
  return swap === 'test' || swap === 'perm' ? 'pending' : 'image';
}

function viewSlot({ slot, alternate, name, content }: ReadSlot, state: SlotView['state']): SlotView {
  const { version = null, counter = null, hash = null } = content.image ?? {};
  const { id, logical, role, sizeBytes } = slot;
  return { id, logical, role, name, sizeBytes, state, version, counter, hash, alternate };
}
