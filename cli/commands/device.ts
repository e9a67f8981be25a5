import type { Command } from 'commander';
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { MAX_PROFILE_BYTES } from '../../contract/schema/bundle.ts';
import { missingProtectionWords, type DeviceState } from '../../contract/schema/device.ts';
import type { ProfileView } from '../../contract/schema/device-profile.ts';
import { describeProfile } from '../../core/device/profile/describe-profile.ts';
import { parseProfile } from '../../core/device/profile/parse-profile.ts';
import { CommandRefused, CommandRun, type GlobalOptions } from '../command-run.ts';
import { ExitCode } from '../exit-code.ts';
import { readGivenFile } from '../given-file.ts';
import { readPlace } from '../option-value.ts';
import { describeStanding } from '../terminal/describe-profiles.ts';
import { describeUnit } from '../terminal/describe-unit.ts';
import { printable } from '../terminal/printable.ts';
import { mark, paint, shortDigest } from '../terminal/style.ts';
import { addDeviceUdev } from './device-udev.ts';
import { addDeviceWatch } from './device-watch.ts';

/** device list, show, watch, profiles, check-profile, udev-rules. */
export function addDevice(program: Command): void {
  const device = program.command('device').description('units on the bench');

  device
    .command('list')
    .description('what is plugged in where')
    .action(async (_options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const units = await run.call('device.list', {});
        run.print(units, () => (units.length === 0 ? 'Nothing is plugged in.' : units.map(describeUnit).join('\n')));
      });
    });

  addProfiles(device);

  device
    .command('show')
    .argument('<place>', 'where it is plugged in: a port path, or the number or name of a place', readPlace)
    .option('--enter-dfu', 'take a unit that tells nothing in operation out of it, to read its slots')
    .description('read a unit: hardware, slots, versions, self-test')
    .action(async (position: string, { enterDfu = false }: { enterDfu?: boolean }, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const state = await run.call('device.read', { position, enterUpdateMode: enterDfu });
        run.print(state, () => describeState(state));
      });
    });

  addDeviceWatch(device);
  addDeviceUdev(device);
}

function addProfiles(device: Command): void {
  device
    .command('profiles')
    .description('the kinds of units that this station knows, and what they do not protect against')
    .action(async (_options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const profiles = await run.call('device.profiles', {});
        run.print(profiles, () => profiles.map(listProfile).join('\n'));
      });
    });

  device
    .command('check-profile')
    .argument('<file>', 'device profile (docs/device-profiles.md)')
    .description('read a device profile as the station will, and say what is wrong with it')
    .action((file: string) => {
      const bytes = readGivenFile(file, MAX_PROFILE_BYTES);
      const source = { kind: 'file' as const, file: basename(file), sha256: sha256Of(bytes) };
      const profile = parseProfile(bytes, source.file);
      if (!profile.ok) throw new CommandRefused(profile, ExitCode.refused);
      process.stdout.write(`${listProfile(describeProfile({ profile: profile.value, source }))}\n`);
    });
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function listProfile(profile: ProfileView): string {
  const { id, name, product, scheme, source, usbIds, bundle, missingProtections } = profile;
  return [
    `${printable(id).padEnd(24)} ${printable(name)}  ${paint('gray', source)}`,
    `  ${scheme}, product ${product}, ${usbIds.join(' and ')}`,
    ...(bundle === null ? [] : [`  ${describeStanding(bundle)}`]),
    ...missingProtections.map((protection) => `  ${mark.warning()} ${missingProtectionWords[protection]}`),
  ].join('\n');
}

function describeState({ product, hardware, serial, mode, slots, boot, selfTest }: DeviceState): string {
  return [
    `${serial}  ${product}, hardware ${hardware}, in ${mode} mode`,
    ...slots.map(
      (slot) =>
        `  ${slot.logical}/${slot.id.padEnd(10)} ${slot.role.padEnd(8)} ${slot.state.padEnd(10)} ${slot.version ?? 'no image'}  counter ${String(slot.counter ?? '—')}  ${slot.hash === null ? '' : shortDigest(slot.hash)}`,
    ),
    `  swap ${boot.swap}, running image ${boot.imageOk ? 'confirmed' : 'not confirmed'}`,
    `  self-test ${selfTest.state}`,
    ...(mode === 'dfu' ? ['  It is in DFU mode: switch it off and on to bring it back into operation.'] : []),
    ...selfTest.results.map((test) => `    ${test.passed ? 'passed' : 'FAILED'}  ${test.name}  ${test.detail}`),
  ].join('\n');
}
