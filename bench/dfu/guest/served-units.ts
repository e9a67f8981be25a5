/** Child process of the bench in the guest: the units of one cell after the other, served by USB/IP and attached to the guest's kernel. */
import { systemClock } from '../../../core/system-clock.ts';
import { serveUsbIp } from '../../../simulator/usbip/server.ts';
import { attachUnits } from '../../../test/hil/attach.ts';
import { plugUnits } from '../bench-units.ts';
import type { Cell } from '../cell.ts';
import type { SeenDownload, TimedDevice } from '../timed-device.ts';

export type UnitsRequest =
  { readonly kind: 'open'; readonly cell: Cell } | { readonly kind: 'take' } | { readonly kind: 'close' };

export type UnitsAnswer =
  { readonly ok: true; readonly seen: readonly SeenDownload[] } | { readonly ok: false; readonly reason: string };

interface ServedUnits {
  readonly devices: readonly TimedDevice[];
  close(): Promise<void>;
}

let served: ServedUnits | undefined;

process.on('message', (request: UnitsRequest) => {
  handle(request).then(
    (seen) => process.send?.({ ok: true, seen } satisfies UnitsAnswer),
    (error: unknown) => process.send?.({ ok: false, reason: String(error) } satisfies UnitsAnswer),
  );
});

async function handle(request: UnitsRequest): Promise<readonly SeenDownload[]> {
  if (request.kind === 'open') {
    served = await serve(request.cell);
    return [];
  }
  if (served === undefined) throw new Error('there are no units');
  if (request.kind === 'take') return served.devices.flatMap((device) => device.takeDownloads());
  await served.close();
  served = undefined;
  return [];
}

async function serve(cell: Cell): Promise<ServedUnits> {
  const { bus, devices } = plugUnits(cell, systemClock);
  const server = await serveUsbIp({ bus, port: 0 });
  const stop = new AbortController();
  const attaching = attachUnits(server.port, stop.signal);
  return {
    devices,
    close: async () => {
      stop.abort();
      await attaching;
      await server.close();
    },
  };
}
