import type { Result } from '../../contract/result.ts';
import { DfuSession } from '../../core/device/dfu/dfu-session.ts';
import type { UsbDeviceHandle } from '../../core/device/usb-backend.ts';
import { UsbLink } from '../../core/device/usb-link.ts';
import type { Clock } from '../../core/ports.ts';
import { systemAlarm } from '../../core/system-clock.ts';
import { STAGING } from './bench-units.ts';

const LIMITS = { transferMs: 60_000, blockMs: 60_000, manifestMs: 60_000, maxPollTimeoutMs: 1000 };
/** As the profiles for Linux have it: its limit for one control transfer. */
const HOST_TRANSFER_BYTES = 4096;
/** As the store hands out an image. */
const CHUNK_BYTES = 64 * 1024;

/** A download as a job of the station makes it: opens the unit, downloads from a stream, with progress after each block, manifests, closes. */
export async function downloadByStation(device: UsbDeviceHandle, image: Uint8Array, clock: Clock): Promise<void> {
  const link = new UsbLink(device, process.platform, { alarm: systemAlarm });
  expectOk(await link.open());
  try {
    const session = expectOk(
      await DfuSession.open({
        link,
        clock,
        limits: LIMITS,
        quirks: new Set(),
        interfaceNumber: 0,
        hostTransferBytes: HOST_TRANSFER_BYTES,
      }),
    );
    let doneBytes = 0;
    const progress = (done: number): void => {
      doneBytes = done;
    };
    expectOk(await session.download(STAGING, { image: chunksOf(image), lenBytes: image.length, progress }));
    if (doneBytes !== image.length) throw new Error(`progress ended at ${doneBytes} of ${image.length} bytes`);
  } finally {
    await link.close();
  }
}

async function* chunksOf(image: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < image.length; offset += CHUNK_BYTES) {
    yield await Promise.resolve(image.subarray(offset, offset + CHUNK_BYTES));
  }
}

function expectOk<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.code}: ${result.reason}`);
  return result.value;
}
