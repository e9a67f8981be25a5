import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
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

/** The profile that claims a USB id, and the mode in which a unit has that id. */
export interface ProfileClaim {
  readonly profile: DeviceProfile;
  readonly mode: 'runtime' | 'dfu';
}

/** The profiles of this station. No USB id belongs to two of them. */
export class ProfileRegistry {
  readonly sourced: readonly SourcedProfile[];
  readonly #claims: ReadonlyMap<string, ProfileClaim>;

  private constructor(sourced: readonly SourcedProfile[], claims: ReadonlyMap<string, ProfileClaim>) {
    this.sourced = sourced;
    this.#claims = claims;
  }

  get profiles(): readonly DeviceProfile[] {
    return this.sourced.map(({ profile }) => profile);
  }

  /**
   * `sources`: where each profile came from; left out, with Drydock.
   *
   * Refuses with `device.profile-overlap` where two profiles have one id, or claim one USB id: the choice would be a guess.
   */
  static create(profiles: readonly DeviceProfile[], sources: readonly ProfileSource[] = []): Result<ProfileRegistry> {
    const sourced = profiles.map((profile, index) => ({
      profile,
      source: sources[index] ?? { kind: 'shipped' as const, file: `${profile.id}.json` },
    }));
    const byUsbId = new Map<string, SourcedProfile>();
    const byId = new Map<string, SourcedProfile>();
    const claims = new Map<string, ProfileClaim>();
    for (const one of sourced) {
      const { profile } = one;
      const namesake = byId.get(profile.id);
      if (namesake !== undefined) {
        const reason = `Two device profiles have the id ${profile.id}: ${nameSource(namesake)} and ${nameSource(one)}.`;
        return refuse('device.profile-overlap', reason, { id: profile.id });
      }
      byId.set(profile.id, one);
      const modes: UsbModes = profile.usb;
      for (const mode of ['runtime', 'dfu'] as const) {
        const match = modes[mode];
        if (match === undefined) continue;
        const usbId = formatUsbId(match.vendorId, match.productId);
        const other = byUsbId.get(usbId);
        if (other !== undefined) {
          return refuse(
            'device.profile-overlap',
            `The device profiles ${other.profile.id} (${nameSource(other)}) and ${profile.id} (${nameSource(one)}) both claim USB id ${usbId}.`,
            { usbId },
          );
        }
        byUsbId.set(usbId, one);
        claims.set(usbId, { profile, mode });
      }
    }
    return accept(new ProfileRegistry(sourced, claims));
  }

  claim(vendorId: number, productId: number): ProfileClaim | null {
    return this.#claims.get(formatUsbId(vendorId, productId)) ?? null;
  }

  /** Every USB id that is claimed (`1209:0001`), and by whom, in ascending order of the ids. */
  usbIds(): readonly (ProfileClaim & { readonly usbId: string })[] {
    return [...this.#claims]
      .map(([usbId, claim]) => ({ usbId, ...claim }))
      .sort((left, right) => (left.usbId < right.usbId ? -1 : 1));
  }
}

function nameSource({ source }: SourcedProfile): string {
  return source.kind === 'shipped' ? `${source.file}, which comes with Drydock` : `${source.file} of this station`;
}

/** `1209:0001`, as lsusb writes it. */
export function formatUsbId(vendorId: number, productId: number): string {
  return `${vendorId.toString(16).padStart(4, '0')}:${productId.toString(16).padStart(4, '0')}`;
}
