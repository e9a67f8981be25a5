import { createHash, X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { demoProduct } from '../../demo/materials.ts';
import { openStation } from '../../core/station.ts';
import type { Station } from '../../core/station.ts';
import { systemClock } from '../../core/system-clock.ts';
import { openVirtualBench } from '../../simulator/virtual-bench.ts';
import { expectOk } from './expect-ok.ts';
import { pkiPath } from './materials.ts';

/** The station in a folder, with nothing plugged in. */
export function openBenchStation(folder: string, create: boolean): Station {
  const { bus } = openVirtualBench({ clock: systemClock });
  return expectOk(openStation({ dataFolder: folder, create, usb: bus, training: true }));
}

/** Sets up a station that trusts the bundle's root; answers its administrator's session. */
export async function prepareStation(folder: string): Promise<string> {
  mkdirSync(folder);
  const station = openBenchStation(folder, true);
  try {
    const password = 'a station that is thrown away';
    const administrator = { username: 'ada', printedName: 'Ada Moreno', password };
    expectOk(await station.call('station.initialise', { name: 'Bench', administrator }, null));
    const { token } = expectOk(await station.call('session.login', { username: 'ada', password }, null));
    const certificate = readFileSync(pkiPath('vendor-root.crt'), 'utf8');
    const typedFingerprint = createHash('sha256').update(new X509Certificate(certificate).raw).digest('hex');
    const pin = { certificate, label: 'Root', products: [demoProduct.id], typedFingerprint };
    expectOk(await station.call('trust.pin-anchor', pin, token));
    return token;
  } finally {
    await station.close();
  }
}
