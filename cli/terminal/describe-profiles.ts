import { missingProtectionWords } from '../../contract/schema/device.ts';
import type { ProfileStanding, ProfileView } from '../../contract/schema/device-profile.ts';
import { printable } from './printable.ts';
import { localTime, mark, shortDigest } from './style.ts';

/** Whether a bundle's profile counts, and on what, or why not. */
export function describeStanding({ digest, release, inForce, validUntil, reason }: ProfileStanding): string {
  const bundle = `bundle ${shortDigest(digest)}, release ${printable(release)}`;
  if (!inForce) return `${mark.warning()} ${bundle}: does not count. ${printable(reason ?? '')}`;
  return `${mark.passed()} ${bundle}: counts${validUntil === null ? '' : ` until ${localTime(validUntil)}`}`;
}

/** A bundle's device profile as whoever approves must see it: whose units would be driven, and how. */
export function describeBroughtProfile(file: string, profile: ProfileView): string[] {
  const { id, name, scheme, usbIds, quirks, sha256 } = profile;
  return [
    `  profile  ${printable(id)}: ${printable(name)} (${file})  ${shortDigest(sha256)}`,
    `           drives units with USB id ${usbIds.join(' or ')}, by ${scheme}${quirks.length === 0 ? '' : `, with ${quirks.join(', ')}`}`,
  ];
}

/** What units that are driven by it do not protect against. */
export function describeMissing({ missingProtections }: ProfileView): string[] {
  return missingProtections.map((missing) => `           ${mark.warning()} ${missingProtectionWords[missing]}`);
}
