import { refuse } from '../../../contract/result.ts';
import type { Refusal } from '../../../contract/result.ts';
import type { ProfileOffer } from './profile-offer.ts';
import { nameSource } from './profile-source.ts';
import { listUsbIds } from './usb-claims.ts';

/**
 * Why a unit that no profile claims has none, although bundles bring profiles that may be for it. Refuses with
 * `device.profile-ambiguous` or `device.profile-not-in-force`; null where bundles have nothing to say of it.
 */
export function explainWithheld(offers: readonly ProfileOffer[], usbId: string): Refusal | null {
  const claiming = offers.filter(
    ({ profile, refusal }) => refusal !== null && profile !== null && listUsbIds(profile).includes(usbId),
  );
  const contested = claiming.find(({ refusal }) => refusal?.code === 'device.profile-ambiguous');
  if (contested?.refusal != null) return contested.refusal;
  const [newest] = claiming.toSorted((one, other) => issuedMs(other) - issuedMs(one));
  if (newest?.refusal != null) {
    const reason = `The device profile ${newest.profile?.id ?? ''} (${nameSource(newest.source)}) is for this unit, but does not count: ${newest.refusal.reason}`;
    return refuse('device.profile-not-in-force', reason, {
      bundle: newest.source.bundle.digest,
      cause: newest.refusal.code,
    });
  }
  const unreadable = offers.find(({ profile, refusal }) => profile === null && refusal !== null);
  if (unreadable?.refusal == null) return null;
  const reason = `No device profile that counts knows this unit; ${nameSource(unreadable.source)} may, but cannot be read: ${unreadable.refusal.reason}`;
  return refuse('device.profile-not-in-force', reason, {
    bundle: unreadable.source.bundle.digest,
    cause: unreadable.refusal.code,
  });
}

function issuedMs({ source }: ProfileOffer): number {
  return Date.parse(source.bundle.issued);
}
