import { accept } from '../../../contract/result.ts';
import type { Refusal, Result } from '../../../contract/result.ts';
import { setAddress } from './commands.ts';
import { FIRST_MEMORY_BLOCK } from './constants.ts';
import type { DfuseContext } from './dfuse-context.ts';
import { explainDfuseStall, refuseDfuseStatus } from './dfuse-status.ts';

/**
 * Makes the unit start what lies at `address` (AN3156 §4.6): set the address, an empty download, GETSTATUS. A unit that leaves
 * the bus, stalls or falls silent from the empty download on has done what was asked; what runs then is seen on the bus.
 *
 * Refuses as commands do, and with `device.err-…` where the unit says that it will not.
 */
export async function leaveTo(context: DfuseContext, address: number): Promise<Result<void>> {
  const set = await setAddress(context, address);
  if (!set.ok) return set;
  return await endDownload(context);
}

/** The empty download alone: the unit restarts by the address that it has. */
async function endDownload(context: DfuseContext): Promise<Result<void>> {
  const ended = await context.port.download(FIRST_MEMORY_BLOCK, new Uint8Array(0));
  if (!ended.ok) {
    const why = await explainDfuseStall(context, ended);
    return isLeaving(why) ? accept(undefined) : why;
  }
  const answer = await context.port.getStatus();
  if (!answer.ok) return isLeaving(answer) ? accept(undefined) : answer;
  const { status, state } = answer.value;
  return status === 'OK' && state !== 'dfuERROR' ? accept(undefined) : refuseDfuseStatus(answer.value);
}

function isLeaving({ code }: Refusal): boolean {
  return ['device.unplugged', 'device.timeout', 'device.stalled', 'device.transfer-failed'].includes(code);
}
