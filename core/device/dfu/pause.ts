import { accept } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { Clock } from '../../ports.ts';
import type { DfuPort } from './dfu-port.ts';

/** Waits as long as the unit asked for, or until it leaves the bus: then refuses with `device.unplugged`. */
export async function pause(clock: Clock, port: DfuPort, durationMs: number): Promise<Result<void>> {
  if (durationMs > 0) {
    try {
      await clock.sleep(durationMs, port.gone);
    } catch (error) {
      if (!port.gone.aborted) throw error;
    }
  }
  return port.gone.aborted ? port.refuseGone('a pause of the unit') : accept(undefined);
}
