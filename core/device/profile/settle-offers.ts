import { refuse } from '../../../contract/result.ts';
import type { Refusal } from '../../../contract/result.ts';
import type { ProfileOffer } from './profile-offer.ts';
import type { ProfileRegistry } from './profile-registry.ts';
import { nameSource } from './profile-source.ts';
import type { DeviceProfile } from './profile.ts';
import { listUsbIds } from './usb-claims.ts';

/** An offer that counts so far. */
type Counted = ProfileOffer & { readonly profile: DeviceProfile };

/**
 * Decides between the profiles that bundles bring; whether the bundles themselves count was asked before. What can be decided is
 * decided by rule, and what cannot is withheld altogether, so that no unit is driven by a guess:
 *
 * 1. A profile that comes with Drydock, or is in the station's data folder, stands against every bundle's one that has its id or
 *    claims one of its USB ids (`device.profile-overlap`).
 * 2. Of one product's profiles with one id, that of the bundle issued last counts (`device.profile-superseded`): its vendor has
 *    replaced the older. Equal bytes are one profile, whoever brings them.
 * 3. Others that have one id, or claim one USB id, do not count, none of them (`device.profile-ambiguous`).
 */
export function settleOffers(base: ProfileRegistry, offers: readonly ProfileOffer[]): readonly ProfileOffer[] {
  const free = offers.map((offer) => (isCounted(offer) ? withhold(offer, findOverlap(base, offer)) : offer));
  const newest = free.map((offer) => (isCounted(offer) ? withhold(offer, findSuccessor(free, offer)) : offer));
  return newest.map((offer) => (isCounted(offer) ? withhold(offer, findRival(newest, offer)) : offer));
}

function isCounted(offer: ProfileOffer): offer is Counted {
  return offer.refusal === null && offer.profile !== null;
}

function withhold(offer: ProfileOffer, refusal: Refusal | null): ProfileOffer {
  return refusal === null ? offer : { ...offer, refusal, validUntil: null };
}

function findOverlap(base: ProfileRegistry, { profile, source }: Counted): Refusal | null {
  const usbId = listUsbIds(profile).find((id) => base.candidatesOf(id).length > 0);
  if (usbId === undefined && base.find(profile.id) === null) return null;
  const what = usbId === undefined ? `has the id ${profile.id}` : `claims USB id ${usbId}`;
  const reason = `The device profile ${profile.id} (${nameSource(source)}) ${what}, which one of Drydock's or of this station's own profiles has; that one counts.`;
  return refuse('device.profile-overlap', reason, { id: profile.id, usbId: usbId ?? null });
}

function findSuccessor(offers: readonly ProfileOffer[], { profile, source }: Counted): Refusal | null {
  const newer = offers.find(
    (other) =>
      isCounted(other) &&
      isSameKind(other.profile, profile) &&
      other.source.sha256 !== source.sha256 &&
      Date.parse(other.source.bundle.issued) > Date.parse(source.bundle.issued) &&
      // Brought again by a bundle that is newer still, it is the newest itself.
      !offers.some(
        (again) =>
          isCounted(again) &&
          again.source.sha256 === source.sha256 &&
          Date.parse(again.source.bundle.issued) >= Date.parse(other.source.bundle.issued),
      ),
  );
  if (newer === undefined) return null;
  const reason = `The device profile ${profile.id} (${nameSource(source)}) was replaced by ${nameSource(newer.source)}, which was issued later.`;
  return refuse('device.profile-superseded', reason, { id: profile.id, by: newer.source.bundle.digest });
}

function findRival(offers: readonly ProfileOffer[], { profile, source }: Counted): Refusal | null {
  const usbIds = listUsbIds(profile);
  const rival = offers.find(
    (other) =>
      isCounted(other) &&
      other.source.sha256 !== source.sha256 &&
      (other.profile.id === profile.id || listUsbIds(other.profile).some((usbId) => usbIds.includes(usbId))),
  );
  if (rival?.profile == null) return null;
  const reason = `Two device profiles claim the same units: ${profile.id} (${nameSource(source)}) and ${rival.profile.id} (${nameSource(rival.source)}). Neither counts as long as both bundles do.`;
  return refuse('device.profile-ambiguous', reason, { id: profile.id, other: rival.profile.id });
}

function isSameKind(one: DeviceProfile, other: DeviceProfile): boolean {
  return one.id === other.id && one.product === other.product;
}
