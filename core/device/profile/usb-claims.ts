import type { UsbModes } from './fields.ts';
import type { SourcedProfile } from './profile-source.ts';
import type { DeviceProfile } from './profile.ts';

/** The profile that claims a USB id. */
export interface ProfileClaim extends SourcedProfile {
  /** The mode in which a unit has that id; null where the id does not tell, and only the descriptors of the opened unit do. */
  readonly mode: 'runtime' | 'dfu' | null;
}

/** What a profile claims: each USB id once, run-time mode first. */
export function listClaims(sourced: SourcedProfile): (ProfileClaim & { readonly usbId: string })[] {
  return listIds(sourced.profile).map((claimed) => ({ ...sourced, ...claimed }));
}

/** The USB ids that a profile claims (`1209:0001`), run-time mode first. */
export function listUsbIds(profile: DeviceProfile): readonly string[] {
  return listIds(profile).map(({ usbId }) => usbId);
}

/** The one place that decides what a USB id tells of a unit's mode (`same-id-in-both-modes`: nothing). */
function listIds({ usb, quirks }: DeviceProfile): { readonly usbId: string; readonly mode: ProfileClaim['mode'] }[] {
  const modes: UsbModes = usb;
  const isSilent = quirks.includes('same-id-in-both-modes');
  const ids = (['runtime', 'dfu'] as const).flatMap((mode) => {
    const match = modes[mode];
    if (match === undefined) return [];
    return [{ usbId: formatUsbId(match.vendorId, match.productId), mode: isSilent ? null : mode }];
  });
  return isSilent ? ids.filter(({ usbId }, index) => ids.findIndex((one) => one.usbId === usbId) === index) : ids;
}

/** The claim is for the boot loader in the part's ROM. */
export function isRom({ profile, mode }: ProfileClaim): boolean {
  return mode === 'dfu' && (profile.scheme === 'dfuse-dual-bank' || profile.scheme === 'bootstrap-only');
}

/** `1209:0001`, as lsusb writes it. */
export function formatUsbId(vendorId: number, productId: number): string {
  return `${vendorId.toString(16).padStart(4, '0')}:${productId.toString(16).padStart(4, '0')}`;
}
