import { refuse } from '../../../contract/result.ts';
import type { Refusal } from '../../../contract/result.ts';
import { refuseStatus } from '../dfu/dfu-status.ts';
import type { StatusAnswer } from '../dfu/dfu-status.ts';
import type { DfuContext } from '../dfu/dfu-context.ts';

/**
 * The refusal for an error status of a DfuSe unit, which gives two of DFU's statuses a meaning of their own (ST AN3156 §4):
 * errVENDOR is read protection, errTARGET an address that the unit will not have touched.
 */
export function refuseDfuseStatus(answer: StatusAnswer): Refusal {
  const detail = { status: answer.status, state: answer.state };
  if (answer.status === 'errVENDOR') return refuse('device.read-protected', READ_PROTECTED, detail);
  if (answer.status === 'errTARGET') {
    return refuse(
      'device.err-address',
      'The unit refuses this address of its memory (DfuSe status errTARGET): it may be write-protected, or the profile may be for another part.',
      detail,
    );
  }
  return refuseStatus(answer);
}

const READ_PROTECTED =
  'The memory of the unit is read-protected (DfuSe status errVENDOR), so that its boot loader neither shows nor writes it; what it holds was not changed. Lifting the protection erases all of it, which Drydock never does: have the vendor lift it, then start again.';

/** A stalled request says nothing; the status that follows it does. Any other refusal is handed on. */
export async function explainDfuseStall({ port }: DfuContext, refusal: Refusal): Promise<Refusal> {
  if (refusal.code !== 'device.stalled') return refusal;
  const answer = await port.getStatus();
  return answer.ok && answer.value.status !== 'OK' ? refuseDfuseStatus(answer.value) : refusal;
}
