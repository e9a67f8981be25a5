import { DfuState, type DfuStateName } from '../core/device/dfu/constants.ts';

/** bwPollTimeout by state, in milliseconds. */
export type PollTimes = Partial<Record<DfuStateName, number>>;

/** bwPollTimeout has three bytes (DFU 1.1 §6.1.2). */
const MOST_MS = 0xffffff;

/** Reads "dfuDNBUSY=10"; undefined where that is no state, or no time that fits. */
export function readPollTime(text: string): PollTimes | undefined {
  const [, name = '', digits = ''] = /^([A-Za-z-]+)=(\d{1,8})$/.exec(text) ?? [];
  if (!Object.hasOwn(DfuState, name) || Number(digits) > MOST_MS) return undefined;
  return { [name]: Number(digits) };
}
