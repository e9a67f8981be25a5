import { accept, refuse } from '../../../contract/result.ts';
import type { Refusal, Result } from '../../../contract/result.ts';
import { canonicalJson } from '../../canonical-json.ts';
import { sha256Hex } from '../../digest.ts';
import { explainWithheld } from './explain-withheld.ts';
import type { ProfileOffer } from './profile-offer.ts';
import type { ProfilePin } from './profile-pin.ts';
import { nameSource, type ProfileSource, type SourcedProfile } from './profile-source.ts';
import type { DeviceProfile } from './profile.ts';
import { formatUsbId, isRom, listClaims, type ProfileClaim } from './usb-claims.ts';

/**
 * The profiles by which units are driven. No USB id belongs to two of them, but for those of ROM boot loaders, which say nothing of
 * the product. Alone it is a `ProfileBook` of profiles that never change.
 */
export class ProfileRegistry {
  readonly sourced: readonly SourcedProfile[];
  /** What bundles bring, whether it counts or not. */
  readonly offers: readonly ProfileOffer[];
  readonly #claims: ReadonlyMap<string, readonly ProfileClaim[]>;

  private constructor(
    sourced: readonly SourcedProfile[],
    claims: ReadonlyMap<string, readonly ProfileClaim[]>,
    offers: readonly ProfileOffer[] = [],
  ) {
    this.sourced = sourced;
    this.#claims = claims;
    this.offers = offers;
  }

  get profiles(): readonly DeviceProfile[] {
    return this.sourced.map(({ profile }) => profile);
  }

  /**
   * `sources`: where each profile came from; left out, with Drydock.
   *
   * Refuses with `device.profile-overlap` where two profiles have one id, or claim one USB id: the choice would be a guess. Profiles
   * of different products may share the id of a ROM. Refuses with `device.profile-unknown` where a recovered unit would come up
   * under a profile that is not there.
   */
  static create(profiles: readonly DeviceProfile[], sources: readonly ProfileSource[] = []): Result<ProfileRegistry> {
    const sourced = profiles.map((profile, index) => ({
      profile,
      source: sources[index] ?? assumeShipped(profile),
    }));
    const byId = new Map<string, SourcedProfile>();
    const claims = new Map<string, ProfileClaim[]>();
    for (const one of sourced) {
      const { profile } = one;
      const namesake = byId.get(profile.id);
      if (namesake !== undefined) {
        const reason = `Two device profiles have the id ${profile.id}: ${nameSource(namesake.source)} and ${nameSource(one.source)}.`;
        return refuse('device.profile-overlap', reason, { id: profile.id });
      }
      byId.set(profile.id, one);
      for (const { usbId, ...claim } of listClaims(one)) {
        const others = claims.get(usbId) ?? [];
        const other = others.find((candidate) => !maySharedIdBe(candidate, claim));
        if (other !== undefined) return refuseOverlap(usbId, byId.get(other.profile.id) ?? one, one);
        claims.set(usbId, [...others, claim]);
      }
    }
    return findOrphan(profiles) ?? accept(new ProfileRegistry(sourced, claims));
  }

  /** These profiles and those that bundles bring; `offers` were settled against these (`settleOffers`). Throws where they were not. */
  withOffers(offers: readonly ProfileOffer[]): ProfileRegistry {
    const counted = new Map<string, SourcedProfile>();
    for (const { profile, source, refusal } of offers) {
      // The same bytes in several bundles are one profile.
      if (profile !== null && refusal === null && !counted.has(profile.id))
        counted.set(profile.id, { profile, source });
    }
    const all = [...this.sourced, ...counted.values()];
    const together = ProfileRegistry.create(
      all.map(({ profile }) => profile),
      all.map(({ source }) => source),
    );
    if (!together.ok) throw new Error(`offers that were not settled: ${together.reason}`);
    return new ProfileRegistry(together.value.sourced, together.value.#claims, offers);
  }

  /** Every profile that claims a USB id; more than one only for that of a ROM boot loader. */
  candidates(vendorId: number, productId: number): readonly ProfileClaim[] {
    return this.candidatesOf(formatUsbId(vendorId, productId));
  }

  /** The same by the id's text, `1209:0001`. */
  candidatesOf(usbId: string): readonly ProfileClaim[] {
    return this.#claims.get(usbId) ?? [];
  }

  /** Why a bundle's profile does not claim a USB id that nothing claims. Refuses as `explainWithheld`; null where no bundle has to do with it. */
  explain(vendorId: number, productId: number): Refusal | null {
    const usbId = formatUsbId(vendorId, productId);
    return this.candidatesOf(usbId).length > 0 ? null : explainWithheld(this.offers, usbId);
  }

  now(): Promise<ProfileRegistry> {
    return Promise.resolve(this);
  }

  refresh(): Promise<ProfileRegistry> {
    return Promise.resolve(this);
  }

  load({ id, sha256 }: ProfilePin): Promise<Result<SourcedProfile>> {
    const found = this.sourced.find(({ profile, source }) => profile.id === id && source.sha256 === sha256);
    const reason = `The station no longer has the device profile ${id} with which the job began (${sha256.slice(0, 8)}…).`;
    return Promise.resolve(found === undefined ? refuse('device.profile-lost', reason, { id, sha256 }) : accept(found));
  }

  /** The one profile that claims a USB id; null where none does, or several do. */
  claim(vendorId: number, productId: number): ProfileClaim | null {
    const [claim, ...others] = this.candidates(vendorId, productId);
    return others.length === 0 ? (claim ?? null) : null;
  }

  /** The profile of this id; null where there is none. */
  find(id: string): DeviceProfile | null {
    return this.profiles.find((profile) => profile.id === id) ?? null;
  }

  /** Every USB id that is claimed (`1209:0001`), and by whom, in ascending order of the ids. */
  usbIds(): readonly { readonly usbId: string; readonly claims: readonly ProfileClaim[] }[] {
    return [...this.#claims]
      .map(([usbId, claims]) => ({ usbId, claims }))
      .sort((left, right) => (left.usbId < right.usbId ? -1 : 1));
  }
}

function assumeShipped(profile: DeviceProfile): ProfileSource {
  return { kind: 'shipped', file: `${profile.id}.json`, sha256: sha256Hex(Buffer.from(canonicalJson(profile))) };
}

function refuseOverlap(usbId: string, one: SourcedProfile, other: SourcedProfile): Refusal {
  return refuse(
    'device.profile-overlap',
    `The device profiles ${one.profile.id} (${nameSource(one.source)}) and ${other.profile.id} (${nameSource(other.source)}) both claim USB id ${usbId}.`,
    { usbId },
  );
}

/** A ROM shows the same id in every product that is built around its part; the job's bundle then says which one it is. */
function maySharedIdBe(one: ProfileClaim, other: ProfileClaim): boolean {
  return isRom(one) && isRom(other) && one.profile.product !== other.profile.product;
}

function findOrphan(profiles: readonly DeviceProfile[]): Refusal | null {
  for (const profile of profiles) {
    if (profile.scheme !== 'bootstrap-only') continue;
    const next = profiles.find(({ id }) => id === profile.becomes);
    if (next !== undefined && next.scheme !== 'bootstrap-only' && next.product === profile.product) continue;
    return refuse(
      'device.profile-unknown',
      `The device profile ${profile.id} is for units that come up as ${profile.becomes}; there is no such profile of the product ${profile.product}.`,
      { profile: profile.id, becomes: profile.becomes },
    );
  }
  return null;
}
