/** Child process of a test file: virtual units, served by USB/IP and attached to the guest's kernel. Started by `RealBench`. */
import { systemClock } from '../../../core/system-clock.ts';
import type { BusDevice } from '../../../simulator/bus-device.ts';
import type { Fault } from '../../../simulator/faults.ts';
import { serveUsbIp } from '../../../simulator/usbip/server.ts';
import { openVirtualBench, type PlacedUnit, type VirtualBench } from '../../../simulator/virtual-bench.ts';
import { attachUnits } from '../attach.ts';

/** A unit as the test orders it. Messages are JSON, so its image is base64; null for a unit without one. */
export type OrderedUnit = Omit<PlacedUnit, 'factoryImage'> & { readonly image: string | null };

export type BenchRequest =
  | { readonly kind: 'open'; readonly units: readonly OrderedUnit[] }
  | { readonly kind: 'arm'; readonly serial: string; readonly fault: Fault }
  | { readonly kind: 'unplug' | 'plug'; readonly position: string }
  | { readonly kind: 'close' };

export type BenchAnswer = { readonly ok: true } | { readonly ok: false; readonly reason: string };

interface OpenBench {
  readonly bench: VirtualBench;
  readonly unplugged: Map<string, BusDevice>;
  close(): Promise<void>;
}

let open: OpenBench | undefined;

process.on('message', (request: BenchRequest) => {
  handle(request).then(
    () => process.send?.({ ok: true } satisfies BenchAnswer),
    (error: unknown) => process.send?.({ ok: false, reason: String(error) } satisfies BenchAnswer),
  );
});

async function handle(request: BenchRequest): Promise<void> {
  if (request.kind === 'open') {
    open = await openBench(request.units);
    return;
  }
  if (open === undefined) throw new Error('the bench is not open');
  const { bench, unplugged } = open;
  switch (request.kind) {
    case 'arm':
      bench.unit(request.serial).arm(request.fault);
      return;
    case 'unplug':
      unplugged.set(request.position, bench.bus.unplug(request.position));
      return;
    case 'plug': {
      const device = unplugged.get(request.position);
      if (device === undefined) throw new Error(`nothing was unplugged at ${request.position}`);
      bench.bus.plug(request.position, device);
      return;
    }
    case 'close':
      await open.close();
      open = undefined;
  }
}

async function openBench(orders: readonly OrderedUnit[]): Promise<OpenBench> {
  const units = orders.map(({ image, ...unit }) => ({
    ...unit,
    ...(image === null ? {} : { factoryImage: Buffer.from(image, 'base64') }),
  }));
  const bench = openVirtualBench({ clock: systemClock, units, leaveMs: 100, returnMs: 200 });
  const server = await serveUsbIp({ bus: bench.bus, port: 0 });
  const stop = new AbortController();
  const attaching = attachUnits(server.port, stop.signal);
  // Where units are not attached any more nothing that a test waits for comes: better an end with the reason than the longest wait.
  attaching.catch((error: unknown) => {
    console.error('the units cannot be attached:', error);
    process.exit(1);
  });
  return {
    bench,
    unplugged: new Map(),
    close: async () => {
      stop.abort();
      await attaching;
      await server.close();
      await bench.close();
    },
  };
}
