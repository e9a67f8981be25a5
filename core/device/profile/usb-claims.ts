import type { UsbModes } from './fields.ts';
import type { SourcedProfile } from './profile-source.ts';
import type { DeviceProfile } from './profile.ts';

/** The profile that claims a USB id, and the mode in which a unit has that id. */
export interface ProfileClaim extends SourcedProfile {
  readonly mode: 'runtime' | 'dfu';
}

/** What a profile claims: each USB id, and the mode in which a unit has it. */
export function listClaims({ profile, source }: SourcedProfile): (ProfileClaim & { readonly usbId: string })[] {
  const modes: UsbModes = profile.usb;
  return (['runtime', 'dfu'] as const).flatMap((mode) => {
    const match = modes[mode];
    return match === undefined ? [] : [{ usbId: formatUsbId(match.vendorId, match.productId), profile, source, mode }];
  });
}

/** The USB ids that a profile claims (`1209:0001`), run-time mode first. */
export function listUsbIds({ usb }: DeviceProfile): readonly string[] {
  const modes: UsbModes = usb;
  return [modes.runtime, modes.dfu].flatMap((match) =>
    match === undefined ? [] : [formatUsbId(match.vendorId, match.productId)],
  );
}

/** The claim is for the boot loader in the part's ROM. */
export function isRom({ profile, mode }: ProfileClaim): boolean {
  return mode === 'dfu' && (profile.scheme === 'dfuse-dual-bank' || profile.scheme === 'bootstrap-only');
}

/** `1209:0001`, as lsusb writes it. */
export function formatUsbId(vendorId: number, productId: number): string {
  return `${vendorId.toString(16).padStart(4, '0')}:${productId.toString(16).padStart(4, '0')}`;
}
