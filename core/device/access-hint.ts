/** Where the rules belong: before 73-seat-late.rules, which acts on the tag `uaccess`. */
export const udevRulesPath = '/etc/udev/rules.d/70-drydock.rules';

/** How new rules come into force without a restart. */
export const udevReload = 'udevadm control --reload && udevadm trigger';

/** What an administrator types once; Drydock never asks for more rights by itself. */
const install = `drydock device udev-rules --install ${udevRulesPath}`;

/** Why Linux may not let the account open a unit: what is known of the udev rules. */
export type UdevFinding =
  /** There is no rules file of Drydock's. */
  | { readonly kind: 'no-file' }
  /** There is one, but none of its rules is for the unit. */
  | { readonly kind: 'no-rule'; readonly file: string }
  /** The rule is there, and yet the account may not open the unit. */
  | { readonly kind: 'not-in-force'; readonly file: string };

/** The way out for a Linux station; names the USB id (`1209:0001`) and the file. */
export function hintAtUdev(usbId: string, finding: UdevFinding): string {
  switch (finding.kind) {
    case 'no-file':
      return `No udev rule for USB id ${usbId}: ${udevRulesPath} is not installed. An administrator runs: ${install}; then: ${udevReload}.`;
    case 'no-rule':
      return `The file ${finding.file} has no udev rule for USB id ${usbId}. An administrator writes it anew: drydock device udev-rules --install ${finding.file}; then: ${udevReload}.`;
    case 'not-in-force':
      return `The udev rule for USB id ${usbId} in ${finding.file} is not in force, or is for somebody else: run ${udevReload}. A rule with "uaccess" is for whoever sits at the machine's screen; for others (remote log-in, service) write the rules with --group.`;
  }
}

/**
 * The way out where the system does not let the account open a unit. `usbId` as lsusb writes it, null where it is not at hand.
 * Windows: Microsoft OS 1.0/2.0 descriptors (compatible ID `WINUSB`), and pnputil for a machine that no download reaches.
 */
export function hintAtAccess(platform: NodeJS.Platform, usbId: string | null): string {
  const unit = usbId === null ? 'the unit' : `USB id ${usbId}`;
  if (platform === 'linux') {
    return `Install the udev rule for ${unit}: ${install} (as administrator), then ${udevReload}, and plug the unit in again.`;
  }
  if (platform === 'win32') {
    return `Windows has bound no WinUSB driver to ${unit}. A unit whose vendor gave it Microsoft OS descriptors (compatible ID WINUSB) gets it by itself; for any other, an administrator installs the vendor's signed driver package from a medium: pnputil /add-driver <file>.inf /install. No tool needs to be downloaded.`;
  }
  if (platform === 'darwin') {
    return `macOS asks no driver for ${unit}, but gives it to one program at a time: quit other programs that use the unit (also in virtual machines), allow the accessory if macOS asks, and plug the unit in again.`;
  }
  return `Ask the administrator of this machine for access to ${unit}.`;
}

/** A kernel driver sits on the interface that Drydock needs. */
export function hintAtDriver(driver: string, interfaceNumber: number): string {
  return `The kernel driver ${driver} holds interface ${interfaceNumber} of the unit. Drydock takes the interface over for a job where the system lets it; if a job is refused for that, an administrator unloads the driver (modprobe -r ${driver}) and plugs the unit in again.`;
}
