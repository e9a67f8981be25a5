import type { ProfileView } from '../../../contract/schema/device-profile.ts';
import { listMissingProtections } from '../scheme/open-target.ts';
import { formatUsbId } from './profile-registry.ts';
import type { SourcedProfile } from './profile-registry.ts';
import type { UsbModes } from './fields.ts';

/** What people see of a profile: whose units it is for, how they are driven, and what they do not protect against. */
export function describeProfile({ profile, source }: SourcedProfile): ProfileView {
  const { id, name, product, scheme, quirks } = profile;
  const modes: UsbModes = profile.usb;
  const usbIds = [modes.runtime, modes.dfu].flatMap((match) =>
    match === undefined ? [] : [formatUsbId(match.vendorId, match.productId)],
  );
  const missingProtections = [...listMissingProtections(profile)];
  return { id, name, product, scheme, source: source.kind, file: source.file, usbIds, quirks, missingProtections };
}
