import { accept } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { UnitConnection } from '../unit-connection.ts';
import { mayHaveLeft } from './transfer-error.ts';

/** Sends a unit from run-time to DFU mode. That it comes back there is the caller's to see. Refuses as DETACH and the bus reset do. */
export async function leaveRuntime({ dfu, link }: UnitConnection): Promise<Result<void>> {
  const detached = await dfu.detach();
  if (!detached.ok && !mayHaveLeft(detached)) return detached;
  // DFU 1.1 §5.1: without willDetach the unit waits for the host's bus reset.
  return dfu.dfuInterface.functional.willDetach ? accept(undefined) : await link.reset();
}
