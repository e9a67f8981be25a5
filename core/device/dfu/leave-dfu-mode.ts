import { accept } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { UsbLink } from '../usb-link.ts';
import type { OpenedDfuInterface } from './open-interface.ts';
import { mayHaveLeft } from './transfer-error.ts';

/**
 * Sends a unit from DFU mode back to its application: by a bus reset (DFU 1.1 §7 and appendix A), or in the way that its
 * profile names. A unit that leaves the bus on the way has done what was asked. Whether it comes back is the caller's to see.
 */
export async function leaveDfuMode(link: UsbLink, opened: OpenedDfuInterface): Promise<Result<void>> {
  const { port, quirks } = opened.context;
  if (quirks.has('transfer-before-attach')) {
    const { canUpload } = opened.dfuInterface.functional;
    const touched = canUpload ? await port.upload(0, opened.blockBytes) : await port.abort();
    if (!touched.ok && !mayHaveLeft(touched)) return touched;
  }
  if (quirks.has('detach-to-attach')) {
    const asked = await port.detach(opened.dfuInterface.functional.detachTimeoutMs);
    return asked.ok || mayHaveLeft(asked) ? accept(undefined) : asked;
  }
  if (quirks.has('no-bus-reset')) return accept(undefined);
  const reset = await link.reset();
  return reset.ok && quirks.has('extra-bus-reset') ? await link.reset() : reset;
}
