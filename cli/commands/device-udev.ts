import { basename, resolve } from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import { MAX_PROFILE_BYTES } from '../../contract/schema/bundle.ts';
import { installUdevRules, makeUdevRules, udevReload } from '../../core/station/udev-rules.ts';
import { unwrap, type GlobalOptions } from '../command-run.ts';
import { findDataFolder } from '../../core/station/data-folder.ts';
import { describeFileFault, readGivenFile, writeNewFile } from '../given-file.ts';
import { mark } from '../terminal/style.ts';
import { UsageError } from '../usage-error.ts';

interface UdevOptions {
  readonly install?: string;
  readonly output?: string;
  readonly group?: string;
  readonly profile?: string[];
}

/** device udev-rules: needs no station and no log-in, since an administrator of the machine runs it. */
export function addDeviceUdev(device: Command): void {
  device
    .command('udev-rules')
    .description('Linux: the rules that let people open the units of all device profiles')
    .option('--install <path>', 'put them there, in place of older ones of Drydock’s (as root)', readRulesPath)
    .option('--output <file>', 'write them to a new file instead of standard output')
    .option('--profile <file...>', 'also for device profiles that bundles bring, by their files')
    .option('--group <name>', 'also for the members of this system group (remote log-ins, services)', readGroup)
    .addHelpText(
      'after',
      `
Profiles of the data folder (--data) are taken in; with sudo, name that folder.

Example:
  sudo drydock --data ~/.local/share/drydock device udev-rules --install /etc/udev/rules.d/70-drydock.rules
  sudo sh -c '${udevReload}'`,
    )
    .action(({ install, output, group, profile = [] }: UdevOptions, command: Command) => {
      const { data, json } = command.optsWithGlobals<GlobalOptions>();
      if (install !== undefined && output !== undefined) throw new UsageError('Give --install or --output, not both.');
      const named = profile.map((file) => ({ file: basename(file), bytes: readGivenFile(file, MAX_PROFILE_BYTES) }));
      const rules = unwrap(makeUdevRules(findDataFolder(data), { group: group ?? null }, named));
      const path = install ?? output ?? null;
      const changed = path === null ? false : write(path, rules, install !== undefined);
      const text = path === null ? rules : describeWritten(path, changed, install !== undefined);
      process.stdout.write(json === true ? `${JSON.stringify({ path, changed, rules }, null, 2)}\n` : text);
    });
}

function write(path: string, rules: string, isInstallation: boolean): boolean {
  if (!isInstallation) {
    writeNewFile(path, rules);
    return true;
  }
  try {
    return unwrap(installUdevRules(resolve(path), rules)).changed;
  } catch (error) {
    if (!(error instanceof Error) || !('syscall' in error)) throw error;
    throw new UsageError(`The file ${path} cannot be written: ${describeFileFault(error)}.`, { cause: error });
  }
}

function describeWritten(path: string, changed: boolean, isInstallation: boolean): string {
  const done = changed ? `${mark.passed()} The rules are in ${path}.` : `${mark.passed()} ${path} was up to date.`;
  const next = isInstallation
    ? `  They come into force with: ${udevReload}`
    : `  Copy the file to /etc/udev/rules.d/70-drydock.rules as root; then: ${udevReload}`;
  return `${done}\n${next}\n`;
}

/** A file that udev does not read, or reads after 73-seat-late.rules, would be in vain: the tag `uaccess` would come too late. */
function readRulesPath(path: string): string {
  const name = basename(path);
  if (/^[0-6][0-9]-[\w.-]+\.rules$|^7[0-2]-[\w.-]+\.rules$/.test(name)) return path;
  throw new InvalidArgumentError('Name it like 70-drydock.rules, with a number below 73: later rules act on its tags.');
}

function readGroup(name: string): string {
  if (/^[a-z_][a-z0-9_-]{0,31}$/.test(name)) return name;
  throw new InvalidArgumentError('Give the name of a system group, such as plugdev.');
}
