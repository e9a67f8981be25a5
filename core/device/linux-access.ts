import { accessSync, constants, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { hintAtDriver, hintAtUdev, udevRulesPath, type UdevFinding } from './access-hint.ts';
import { unknownAccess, type AccessFinding, type AccessProbe, type ProbedUnit } from './access-probe.ts';
import { hasUdevRule } from './udev-rules.ts';

export interface LinuxRoots {
  /** Device files, `<bus>/<address>`, three digits each. */
  readonly deviceFiles: string;
  /** sysfs, where a unit stands under its port path. */
  readonly sysfs: string;
  /** Folders of udev rules, in the order in which udev prefers them (udev(7)). */
  readonly rules: readonly string[];
}

export const linuxRoots: LinuxRoots = {
  deviceFiles: '/dev/bus/usb',
  sysfs: '/sys/bus/usb/devices',
  rules: ['/etc/udev/rules.d', '/run/udev/rules.d', '/usr/local/lib/udev/rules.d', '/usr/lib/udev/rules.d'],
};

const MAX_RULES_BYTES = 1024 * 1024;

/**
 * Linux shows everything from outside: the device file's permissions, access lists included, say whether this account may open the
 * unit, and sysfs says which driver sits on the interface. Nothing is opened, so it can be asked at every look.
 */
export function createLinuxAccessProbe(roots: LinuxRoots = linuxRoots, checkOpen = checkDeviceFile): AccessProbe {
  return (unit) => {
    if (!/^\d{1,3}$/.test(unit.bus)) return unknownAccess;
    const file = join(roots.deviceFiles, unit.bus.padStart(3, '0'), String(unit.address).padStart(3, '0'));
    const fault = findAccessFault(file, checkOpen);
    if (fault === 'EACCES' || fault === 'EPERM') {
      return { access: 'denied', hint: hintAtUdev(unit.usbId, findUdevRule(roots.rules, unit.usbId)) };
    }
    if (fault !== null) {
      return {
        access: 'unknown',
        hint: `The device file ${file} is not there (${fault}); a container must be given it.`,
      };
    }
    return findDriver(roots.sysfs, unit) ?? { access: 'ok', hint: null };
  };
}

/** Throws the system's error where this account may not read and write the file; opens nothing. */
function checkDeviceFile(file: string): void {
  accessSync(file, constants.R_OK | constants.W_OK);
}

function findAccessFault(file: string, checkOpen: (file: string) => void): string | null {
  try {
    checkOpen(file);
    return null;
  } catch (error) {
    return errorCode(error);
  }
}

/** The driver on the interface; `usbfs` is a program's claim, mostly a job of this very station. Null where there is none. */
function findDriver(sysfs: string, { position, interfaceNumber }: ProbedUnit): AccessFinding | null {
  try {
    const unit = join(sysfs, position);
    const configuration = readFileSync(join(unit, 'bConfigurationValue'), 'utf8').trim();
    const driver = basename(readlinkSync(join(unit, `${position}:${configuration}.${interfaceNumber}`, 'driver')));
    return driver === 'usbfs' ? null : { access: 'driver', hint: hintAtDriver(driver, interfaceNumber) };
  } catch (error) {
    // No link: no driver. No folder: the unit has just left.
    errorCode(error);
    return null;
  }
}

function findUdevRule(folders: readonly string[], usbId: string): UdevFinding {
  let present: string | null = null;
  for (const file of folders.flatMap(listRulesFiles)) {
    if (hasUdevRule(readRules(file), usbId)) return { kind: 'not-in-force', file };
    present ??= file;
  }
  return present === null ? { kind: 'no-file' } : { kind: 'no-rule', file: present };
}

/** Drydock's own files; that of the usual name first. */
function listRulesFiles(folder: string): readonly string[] {
  try {
    const names = readdirSync(folder).filter((name) => /drydock.*\.rules$/.test(name));
    const usual = basename(udevRulesPath);
    return names
      .sort((left, right) => Number(right === usual) - Number(left === usual))
      .map((name) => join(folder, name));
  } catch (error) {
    errorCode(error);
    return [];
  }
}

function readRules(file: string): string {
  try {
    const stat = statSync(file);
    return stat.isFile() && stat.size <= MAX_RULES_BYTES ? readFileSync(file, 'utf8') : '';
  } catch (error) {
    errorCode(error);
    return '';
  }
}

/** The system's own name of a file's fault; anything else is a bug and is thrown on. */
function errorCode(error: unknown): string {
  if (error instanceof Error && 'code' in error && 'syscall' in error) return String(error.code);
  throw error;
}
