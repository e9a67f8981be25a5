import { refuse } from '../../../contract/result.ts';
import type { Refusal } from '../../../contract/result.ts';
import { hintAtAccess } from '../access-hint.ts';

/** How a USB call can fail, as far as the difference matters to a technician or to the job. */
export type TransferFault = 'stall' | 'timeout' | 'unplugged' | 'access-denied' | 'interface-busy' | 'failed';

/** The `usb` package rejects everything with a plain Error, so that its message is all there is to tell faults apart by. */
const FAULT_BY_MESSAGE: readonly (readonly [RegExp, TransferFault])[] = [
  [/stall/i, 'stall'],
  [/transfer was cancelled|timed? ?out/i, 'timeout'],
  [/disconnected|no such device|device not found|no device/i, 'unplugged'],
  [/permission denied|access (is )?denied|EACCES|not permitted/i, 'access-denied'],
  [/busy|exclusive/i, 'interface-busy'],
];

/** The request that makes a unit leave the bus may be cut off by its leaving; what came of it is then seen on the bus. */
export function mayHaveLeft({ code }: Refusal): boolean {
  return code === 'device.unplugged' || code === 'device.timeout';
}

/** Names the fault of a rejected USB call. */
export function classifyTransferError(error: unknown): TransferFault {
  const message = error instanceof Error ? error.message : '';
  return FAULT_BY_MESSAGE.find(([pattern]) => pattern.test(message))?.[1] ?? 'failed';
}

/** Names the fault of a WebUSB transfer that resolved without success; null for a good one. */
export function classifyTransferStatus(status: string | undefined): TransferFault | null {
  if (status === undefined || status === 'ok') return null;
  return status === 'stall' ? 'stall' : 'failed';
}

/** The one refusal that stands for a fault of the call named `what`, e.g. `GETSTATUS`. */
export function refuseTransfer(fault: TransferFault, what: string, platform: NodeJS.Platform): Refusal {
  switch (fault) {
    case 'stall':
      return refuse('device.stalled', `The unit refused the request ${what} (endpoint stalled).`, { request: what });
    case 'timeout':
      return refuse('device.timeout', `The unit did not answer the request ${what} in time.`, { request: what });
    case 'unplugged':
      return refuse('device.unplugged', `The unit left the USB bus during ${what}; check its cable and power.`, {
        request: what,
      });
    case 'access-denied':
      return refuse('device.access-denied', `This account may not open the unit. ${hintAtAccess(platform, null)}`);
    case 'interface-busy':
      return refuse(
        'device.interface-busy',
        `Another program holds the unit's USB interface (${what}); close it and try again.`,
      );
    case 'failed':
      return refuse('device.transfer-failed', `The USB request ${what} failed.`, { request: what });
  }
}
