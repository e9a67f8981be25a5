/**
 * A program that works with a unit, and then does nothing more: it must end by itself. First argument: what it does last.
 * Prints the code of every refusal that it sees.
 */
import { WebUSB } from 'usb';
import { systemClock } from '../../../core/system-clock.ts';
import { ProfileRegistry } from '../../../core/device/profile/profile-registry.ts';
import { UsbScanner } from '../../../core/device/usb-scanner.ts';
import { imageChunks, openVirtualSession } from '../../helpers/virtual-dfu-session.ts';

const A_DAY_MS = 86_400_000;
const print = (result: { readonly ok: boolean; readonly code?: string }) =>
  console.log(result.ok ? 'accepted' : result.code);

if (process.argv[2] === 'scanner') {
  const registry = ProfileRegistry.create([]);
  if (!registry.ok) throw new Error(registry.reason);
  const scanner = new UsbScanner(new WebUSB({ allowAllDevices: true }), registry.value);
  scanner.start();
  const listed = await scanner.list();
  print(listed.ok || listed.code === 'device.no-usb' ? { ok: true } : listed);
  await scanner.list();
  scanner.stop();
} else {
  const left = new AbortController();
  const options = { transferBytes: 64, pollTimeoutMs: { dfuDNBUSY: A_DAY_MS } };
  const limits = { transferMs: A_DAY_MS, blockMs: 2 * A_DAY_MS, manifestMs: 1000, maxPollTimeoutMs: A_DAY_MS };
  const { bench, session, link } = await openVirtualSession(options, { clock: systemClock, limits, left: left.signal });
  if (process.argv[2] === 'transfer') bench.unit('VU-0001').arm({ kind: 'timeout', transfer: 'GETSTATUS', nth: 1 });
  const image = new Uint8Array(128);
  const downloaded = session.download(1, { image: imageChunks(image, 64), lenBytes: 128, progress: () => undefined });
  await systemClock.sleep(50);
  bench.bus.unplug('1-4');
  // The scanner's word; a transfer that is under way is told by the bus.
  if (process.argv[2] === 'pause') left.abort();
  print(await downloaded);
  await link.close();
}
