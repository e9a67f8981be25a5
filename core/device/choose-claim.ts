import { accept, refuse } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import { formatUsbId, isRom, type ProfileClaim } from './profile/usb-claims.ts';
import type { KnownUnit } from './update-target.ts';
import type { SightedUnit } from './usb-scanner.ts';

/**
 * The profile of a unit. The ROM boot loader of a part has one USB id in all products around it: there the product that the
 * job's bundle is for decides, and nothing is guessed. `where` names the position to people. Refuses with `device.no-profile`,
 * `device.profile-not-in-force` or `device.profile-ambiguous`.
 */
export function chooseClaim(
  { unit, candidates, withheld }: SightedUnit,
  known: KnownUnit | null,
  where: string,
): Result<ProfileClaim> {
  const { position, vendorId, productId } = unit;
  const fitting =
    candidates.length > 1 ? candidates.filter(({ profile }) => profile.product === known?.product) : candidates;
  const [claim, ...others] = fitting;
  if (claim !== undefined && others.length === 0) return accept(claim);
  if (withheld !== null) {
    const reason = `${withheld.reason} Nothing is done to the unit at position ${where}.`;
    return refuse(withheld.code, reason, { ...withheld.detail, position });
  }
  if (candidates.length === 0) {
    const reason = `No device profile of this station knows the unit at position ${where} (USB id ${formatUsbId(vendorId, productId)}).`;
    return refuse('device.no-profile', reason, { position, vendorId, productId });
  }
  const ids = candidates.map(({ profile }) => profile.id).join(', ');
  return refuse(
    'device.profile-ambiguous',
    `The unit at position ${where} sits in a ROM boot loader that several products have (${ids}); only a job with a bundle for one of these products can open it.`,
    { position, profiles: ids },
  );
}

/**
 * The serial number by which a unit is known: its own word, but for a ROM boot loader, whose number is that of the part. Refuses
 * with `device.no-serial` or `device.serial-needed`.
 */
export function findSerial(
  { unit: { position, serial } }: SightedUnit,
  claim: ProfileClaim,
  known: KnownUnit | null,
  where: string,
): Result<string> {
  if (isRom(claim)) {
    if (known?.serial !== undefined && known.serial !== null) return accept(known.serial);
    return refuse(
      'device.serial-needed',
      `The unit at position ${where} sits in its ROM boot loader, which does not know the unit's serial number; start the job with the number on its label.`,
      { position },
    );
  }
  if (serial !== null) return accept(serial);
  const reason = `The unit at position ${where} has no usable serial number, so nobody could tell it from another one that is plugged in there. Ask its vendor to give it one; nothing was written to it.`;
  return refuse('device.no-serial', reason, { position });
}
