import type { DeviceState } from '../../../../contract/schema/device.ts';
import type { DfuseDualBankProfile } from '../../profile/dfuse-dual-bank.ts';
import type { TargetIdentity } from '../../update-target.ts';
import { viewBank } from './read-banks.ts';
import type { Banks } from './read-banks.ts';

export interface SeenRunning {
  /** In which mode the unit was found, before it was led into its ROM. */
  readonly mode: 'application' | 'dfu';
  readonly isOnTrial: boolean;
  readonly hasFailedToStart: boolean;
}

/** That the application is on the bus with its serial number is all that such a unit tells of itself. */
const CAME_UP = { name: 'application-on-bus', passed: true, detail: 'The application is on the bus with its serial.' };
const DID_NOT_COME_UP = {
  name: 'application-on-bus',
  passed: false,
  detail: 'The application did not come up; the boot loader was started by hand.',
};

/** The state of a dual-bank unit, from what its ROM shows and from how it was found. */
export function describeDualBank(
  { product, hardware }: DfuseDualBankProfile,
  serial: string,
  { memory, running, staging }: Banks,
  { mode, isOnTrial, hasFailedToStart }: SeenRunning,
): DeviceState {
  const canStart = running.content.state === 'image';
  return {
    product,
    hardware,
    serial,
    mode: mode === 'dfu' && !canStart ? 'bootloader' : mode,
    slots: [viewBank(running, 'running', memory), viewBank(staging, 'staging', memory)],
    boot: { swap: 'none', imageOk: canStart && !isOnTrial, copyDone: false },
    selfTest: describeStart(mode, hasFailedToStart),
    previousSelfTest: null,
  };
}

function describeStart(mode: SeenRunning['mode'], hasFailedToStart: boolean): DeviceState['selfTest'] {
  if (mode === 'application') return { state: 'passed', results: [CAME_UP] };
  return hasFailedToStart ? { state: 'failed', results: [DID_NOT_COME_UP] } : { state: 'not-run', results: [] };
}

/** What a person at the bench can do for a unit that does not come up. */
export function tellToStartRom({ position, serial }: TargetIdentity): string {
  return `The unit ${serial} at position ${position} does not come up. Start its ROM boot loader by hand (BOOT0 set, as its manual says) and switch it off and on; the job then goes on by itself. Its old firmware is not lost.`;
}
