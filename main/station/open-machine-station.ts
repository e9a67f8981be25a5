import { mkdirSync } from 'node:fs';
import type { Result } from '../../contract/result.ts';
import type { Clock, RandomBytes } from '../../core/ports.ts';
import { openStation, type StationOptions } from '../../core/station.ts';
import { openSecrets, type Keychain } from './keychain-secrets.ts';
import type { OpenedStation } from './station-host.ts';

export interface MachineOptions {
  readonly usb: StationOptions['usb'];
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  readonly keychain: Keychain;
  readonly platform: NodeJS.Platform;
}

/** Opens the station of a folder with the units of this machine. Refuses as `openStation` and `openSecrets` do. */
export async function openMachineStation(
  dataFolder: string,
  create: boolean,
  { usb, clock, randomBytes, keychain, platform }: MachineOptions,
): Promise<Result<OpenedStation>> {
  if (create) mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const secrets = await openSecrets(dataFolder, create, keychain, { platform, randomBytes });
  if (!secrets.ok) return secrets;
  const opened = openStation({
    dataFolder,
    create,
    usb,
    training: false,
    clock,
    randomBytes,
    secrets: secrets.value.store,
    verifyLog: true,
  });
  if (!opened.ok) return opened;
  return { ok: true, value: { station: opened.value, dataFolder, keychain: secrets.value.keychain, training: null } };
}
