import type { ProfileView } from '../../../contract/schema/device-profile.ts';
import { listMissingProtections } from '../scheme/open-target.ts';
import type { ProfileOffer } from './profile-offer.ts';
import type { SourcedProfile } from './profile-source.ts';
import { listUsbIds } from './usb-claims.ts';

/** What people see of a profile: whose units it is for, how they are driven, and what they do not protect against. */
export function describeProfile({ profile, source }: SourcedProfile): ProfileView {
  const { id, name, product, scheme, quirks } = profile;
  return {
    ...{ id, name, product, scheme, quirks },
    source: source.kind,
    file: source.file,
    sha256: source.sha256,
    bundle: null,
    usbIds: [...listUsbIds(profile)],
    missingProtections: [...listMissingProtections(profile)],
  };
}

/** The same of a profile that a bundle brings, with whether it counts now, and why not. One that cannot be read is named by its file. */
export function describeOffer({ profile, product, source, refusal, validUntil }: ProfileOffer): ProfileView {
  const { file, sha256, bundle } = source;
  const { digest, release } = bundle;
  const { code = null, reason = null } = refusal ?? {};
  const standing = { digest, release, inForce: refusal === null, validUntil, code, reason };
  if (profile !== null) return { ...describeProfile({ profile, source }), bundle: standing };
  return {
    ...{ id: file, name: file, product, scheme: 'unreadable', quirks: [], source: 'bundle', file, sha256 },
    bundle: standing,
    usbIds: [],
    missingProtections: [],
  };
}
