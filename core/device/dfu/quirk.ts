/** What a quirk makes the host do, why, and who has seen units that need it. */
export interface QuirkDescription {
  readonly effect: string;
  readonly reason: string;
  readonly source: string;
}

/**
 * Ways in which real units depart from DFU 1.1, as flags that a device profile names. Without a flag a unit is held to the
 * standard. docs/device-profiles.md explains them to the author of a profile.
 */
export const dfuQuirks = {
  'poll-timeout-ignored': {
    effect: 'Waits 5 ms between two GETSTATUS, whatever bwPollTimeout says.',
    reason: 'bwPollTimeout holds garbage.',
    source:
      'dfu-util 0.11, quirk table: Openmoko, OpenPCD, SIMtrace, OpenPICC, Siemens PXM, M-Audio Transit; fwupd: SunplusIT',
  },
  'version-1.1': {
    effect: 'Takes the unit for DFU 1.1, whatever bcdDFUVersion says.',
    reason: 'The functional descriptor names a version that does not exist, or that of DfuSe.',
    source: 'dfu-util 0.11, quirk table: LeafLabs Maple',
  },
  'version-dfuse': {
    effect: 'Takes the unit for DfuSe (1.1a), whatever bcdDFUVersion says.',
    reason: 'The ROM speaks DfuSe and its functional descriptor says DFU 1.1 or nothing.',
    source: 'fwupd, plugins/dfu/dfu.quirk: STM32F745',
  },
  'boot-loader-says-runtime': {
    effect: 'Takes bInterfaceProtocol 1 for DFU mode and sends no DETACH.',
    reason: 'The boot loader describes its interface as that of the run-time mode.',
    source: 'dfu-util 0.11: NXP LPC; fwupd: GD32VF103',
  },
  'same-id-in-both-modes': {
    effect: 'Tells the mode by the DFU interface alone, not by the USB id.',
    reason: 'Vendor and product id stay the same when the unit changes its mode.',
    source: 'fwupd (no-pid-change): Openmoko FreeRunner, Jabra Speak',
  },
  'no-runtime-interface': {
    effect: 'Asks the person at the bench to start the boot loader by hand.',
    reason: 'The application has no DFU interface that could be asked to detach.',
    source: 'fwupd (no-dfu-runtime): Openmoko FreeRunner, HydraBus',
  },
  'upload-broken': {
    effect: 'Never uploads, also where bitCanUpload is set.',
    reason: 'Uploads fail, or return something else than what was written.',
    source: 'fwupd (ignore-upload): Jabra Speak, FlatFrog, SunplusIT, Sonix',
  },
  'detach-to-attach': {
    effect: 'Leaves DFU mode by DETACH instead of a bus reset.',
    reason: 'The boot loader starts the application only on that request.',
    source: 'fwupd (detach-for-attach): Realtek, AVer, FlatFrog, SunplusIT, Sonix',
  },
  'no-bus-reset': {
    effect: 'Leaves DFU mode without a bus reset: the unit starts its application by itself after manifestation.',
    reason: 'A bus reset disturbs what the unit is doing.',
    source: 'fwupd (no-bus-reset-attach): Poly Studio',
  },
  'extra-bus-reset': {
    effect: 'Leaves DFU mode by two bus resets.',
    reason: 'After the first one the unit is still in its boot loader.',
    source: 'fwupd (attach-extra-reset): Jabra Speak',
  },
  'transfer-before-attach': {
    effect: 'Uploads one block, or aborts where the unit cannot upload, before it leaves DFU mode.',
    reason: 'The boot loader does not start the application before a transfer has happened.',
    source: 'fwupd (attach-upload-download): ColorHug with m-stack',
  },
  'detach-forced-by-index': {
    effect: 'Sets bit 8 of wIndex in DETACH.',
    reason: 'Otherwise the unit refuses to detach while it is in use.',
    source: 'fwupd (index-force-detach): Poly Studio',
  },
  'leaves-after-manifest': {
    effect:
      'Takes a unit that is gone or silent after the empty block for one that needs a reset, whatever bitManifestationTolerant says.',
    reason: 'The unit starts its application at once and claims to tolerate manifestation.',
    source: 'dfu-util 0.11 and fwupd (gd32, will-disappear): GD32VF103; fwupd: STM32',
  },
  'serial-as-bytes': {
    effect: 'Reads the serial number descriptor as bytes of UTF-8.',
    reason: 'The string descriptor holds one byte per character instead of UTF-16.',
    source: 'dfu-util 0.11, quirk table: GD32VF103',
  },
  'layout-from-serial': {
    effect:
      'Takes the size of the first memory from the serial number (3?xJ), in pages of 1 KiB, whatever its layout says.',
    reason: 'The layout string tells of more and larger pages than the part has.',
    source: 'dfu-util 0.11, quirk table: GD32VF103',
  },
  'mass-erase-time-wrong': {
    effect: 'Waits 35 s after a mass erase, whatever bwPollTimeout says.',
    reason: 'The ROM asks for 100 ms and does not answer before all is erased.',
    source: 'dfu-util 0.11, src/dfuse.c: STM32F405',
  },
} as const satisfies Record<string, QuirkDescription>;

export type QuirkName = keyof typeof dfuQuirks;

/** What a unit's profile says of it; empty for one that follows the standard. */
export type Quirks = ReadonlySet<QuirkName>;
