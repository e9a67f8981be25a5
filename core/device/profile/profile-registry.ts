import { accept, refuse } from '../../../contract/result.ts';
import type { Refusal, Result } from '../../../contract/result.ts';
import type { UsbModes } from './fields.ts';
import type { DeviceProfile } from './profile.ts';

/** Where a profile came from: with Drydock, or out of this station's data folder. */
export interface ProfileSource {
  readonly kind: 'shipped' | 'station';
  /** Name of the file. */
  readonly file: string;
}

export interface SourcedProfile {
  readonly profile: DeviceProfile;
  readonly source: ProfileSource;
}

/** The profile that claims a USB id. */
export interface ProfileClaim {
  readonly profile: DeviceProfile;
  /** The mode in which a unit has that id; null where the id does not tell, and only the descriptors of the opened unit do. */
  readonly mode: 'runtime' | 'dfu' | null;
}

/** The profiles of this station. No USB id belongs to two of them, but for those of ROM boot loaders, which say nothing of the product. */
export class ProfileRegistry {
  readonly sourced: readonly SourcedProfile[];
  readonly #claims: ReadonlyMap<string, readonly ProfileClaim[]>;

  private constructor(sourced: readonly SourcedProfile[], claims: ReadonlyMap<string, readonly ProfileClaim[]>) {
    this.sourced = sourced;
    this.#claims = claims;
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
      source: sources[index] ?? { kind: 'shipped' as const, file: `${profile.id}.json` },
    }));
    const byId = new Map<string, SourcedProfile>();
    const claims = new Map<string, ProfileClaim[]>();
    for (const one of sourced) {
      const { profile } = one;
      const namesake = byId.get(profile.id);
      if (namesake !== undefined) {
        const reason = `Two device profiles have the id ${profile.id}: ${nameSource(namesake)} and ${nameSource(one)}.`;
        return refuse('device.profile-overlap', reason, { id: profile.id });
      }
      byId.set(profile.id, one);
      for (const { usbId, ...claim } of listClaims(profile)) {
        const others = claims.get(usbId) ?? [];
        const other = others.find((candidate) => !maySharedIdBe(candidate, claim));
        if (other !== undefined) return refuseOverlap(usbId, byId.get(other.profile.id) ?? one, one);
        claims.set(usbId, [...others, claim]);
      }
    }
    return findOrphan(profiles) ?? accept(new ProfileRegistry(sourced, claims));
  }

  /** Every profile that claims a USB id; more than one only for that of a ROM boot loader. */
  candidates(vendorId: number, productId: number): readonly ProfileClaim[] {
    return this.#claims.get(formatUsbId(vendorId, productId)) ?? [];
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

/** The one place that decides what a USB id tells of a unit's mode (`same-id-in-both-modes`: nothing). */
function listClaims(profile: DeviceProfile): (ProfileClaim & { readonly usbId: string })[] {
  const modes: UsbModes = profile.usb;
  const isSilent = profile.quirks.includes('same-id-in-both-modes');
  const claims = (['runtime', 'dfu'] as const).flatMap((mode) => {
    const match = modes[mode];
    if (match === undefined) return [];
    return [{ usbId: formatUsbId(match.vendorId, match.productId), profile, mode: isSilent ? null : mode }];
  });
  return isSilent
    ? claims.filter(({ usbId }, index) => claims.findIndex((one) => one.usbId === usbId) === index)
    : claims;
}

function refuseOverlap(usbId: string, one: SourcedProfile, other: SourcedProfile): Refusal {
  return refuse(
    'device.profile-overlap',
    `The device profiles ${one.profile.id} (${nameSource(one)}) and ${other.profile.id} (${nameSource(other)}) both claim USB id ${usbId}.`,
    { usbId },
  );
}

function nameSource({ source }: SourcedProfile): string {
  return source.kind === 'shipped' ? `${source.file}, which comes with Drydock` : `${source.file} of this station`;
}

/** A ROM shows the same id in every product that is built around its part; the job's bundle then says which one it is. */
function maySharedIdBe(one: ProfileClaim, other: ProfileClaim): boolean {
  return isRom(one) && isRom(other) && one.profile.product !== other.profile.product;
}

/** The claim is for the boot loader in the part's ROM. */
export function isRom({ profile, mode }: ProfileClaim): boolean {
  return mode === 'dfu' && (profile.scheme === 'dfuse-dual-bank' || profile.scheme === 'bootstrap-only');
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

/** `1209:0001`, as lsusb writes it. */
export function formatUsbId(vendorId: number, productId: number): string {
  return `${vendorId.toString(16).padStart(4, '0')}:${productId.toString(16).padStart(4, '0')}`;
}
