import { accept } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { DfuContext } from './poll-status.ts';

/** Waits as long as the unit asked for, or until it leaves the bus: then refuses with `device.unplugged`. */
export async function pause({ clock, port }: DfuContext, durationMs: number): Promise<Result<void>> {
  if (durationMs > 0) {
    try {
      await clock.sleep(durationMs, port.gone);
    } catch (error) {
      if (!port.gone.aborted) throw error;
    }
  }
  return port.gone.aborted ? port.refuseGone('a pause of the unit') : accept(undefined);
}
