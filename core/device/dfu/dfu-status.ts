import type { ErrorCode } from '../../../contract/error-code.ts';
import { accept, refuse } from '../../../contract/result.ts';
import type { Refusal, Result } from '../../../contract/result.ts';
import { DfuState, DfuStatus } from './constants.ts';
import type { DfuStateName, DfuStatusName } from './constants.ts';

/** Answer to GETSTATUS (DFU 1.1 §6.1.2). The string index is not used. */
export interface StatusAnswer {
  readonly status: DfuStatusName;
  /** Least time before the next GETSTATUS. */
  readonly pollTimeoutMs: number;
  readonly state: DfuStateName;
}

export const STATUS_BYTES = 6;

const STATUS_NAMES = new Map(
  Object.entries(DfuStatus).map(([name, number]) => [number as number, name as DfuStatusName]),
);
const STATE_NAMES = new Map(Object.entries(DfuState).map(([name, number]) => [number as number, name as DfuStateName]));

/** Refuses with `device.status-invalid` what is not six bytes with a known status and state. */
export function parseStatus(bytes: Uint8Array): Result<StatusAnswer> {
  if (bytes.byteLength !== STATUS_BYTES) {
    return refuse(
      'device.status-invalid',
      `The unit's DFU status is ${bytes.byteLength} bytes long instead of ${STATUS_BYTES}.`,
    );
  }
  const [statusByte = 0, low = 0, middle = 0, high = 0, stateByte = 0] = bytes;
  const status = STATUS_NAMES.get(statusByte);
  if (status === undefined)
    return refuse('device.status-invalid', `The unit answers with the unknown DFU status ${statusByte}.`);
  const state = parseState(stateByte);
  if (!state.ok) return state;
  return accept({ status, pollTimeoutMs: low | (middle << 8) | (high << 16), state: state.value });
}

export function parseState(byte: number | undefined): Result<DfuStateName> {
  const state = byte === undefined ? undefined : STATE_NAMES.get(byte);
  if (state !== undefined) return accept(state);
  return refuse('device.status-invalid', `The unit answers with the unknown DFU state ${byte ?? 'of no bytes'}.`);
}

/** What each bStatus other than OK means to the person at the bench. */
const REFUSAL_BY_STATUS: Readonly<Record<DfuStatusName, readonly [ErrorCode, string]>> = {
  OK: ['device.err-unknown', 'The unit reports the DFU error state without saying why.'],
  errTARGET: ['device.err-target', 'The unit says that the image is not for this unit.'],
  errFILE: ['device.err-file', 'The unit says that the image fails a check of its vendor.'],
  errWRITE: ['device.err-write', 'The unit could not write to its memory.'],
  errERASE: ['device.err-erase', 'The unit could not erase its memory.'],
  errCHECK_ERASED: ['device.err-check-erased', "The unit's memory is not blank after erasing it."],
  errPROG: ['device.err-prog', 'The unit could not program its memory.'],
  errVERIFY: ['device.err-verify', "The unit's memory differs from what was written to it."],
  errADDRESS: ['device.err-address', 'The unit refuses to write outside of the slot, or to this slot at all.'],
  errNOTDONE: ['device.err-notdone', 'The unit says that it has not received the whole image.'],
  errFIRMWARE: ['device.err-firmware', "The unit's firmware is damaged, it cannot return to run-time operation."],
  errVENDOR: ['device.err-vendor', 'The unit reports an error of its vendor.'],
  errUSBR: ['device.err-usbr', 'The unit reports an unexpected USB reset.'],
  errPOR: ['device.err-por', 'The unit reports an unexpected power-on reset.'],
  errUNKNOWN: ['device.err-unknown', 'The unit reports an error that it cannot name.'],
  errSTALLEDPKT: ['device.err-stalledpkt', 'The unit did not expect the request that it got.'],
};

/** The refusal for an answer with an error status, or in the error state (DFU 1.1 §6.1.2, table of bStatus). */
export function refuseStatus(answer: StatusAnswer): Refusal {
  const [code, reason] = REFUSAL_BY_STATUS[answer.status];
  return refuse(code, `${reason.slice(0, -1)} (DFU status ${answer.status}).`, {
    status: answer.status,
    state: answer.state,
  });
}
