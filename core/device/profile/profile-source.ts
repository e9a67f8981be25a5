import type { Sha256Hex } from '../../digest.ts';
import type { DeviceProfile } from './profile.ts';

/** A profile out of a file: it came with Drydock, is in this station's data folder, or was handed to a tool. */
export interface FileSource {
  readonly kind: 'shipped' | 'station' | 'file';
  /** Name of the file. */
  readonly file: string;
  /** Of its exact bytes. */
  readonly sha256: Sha256Hex;
}

/** A profile that an imported bundle brings. */
export interface BundleSource {
  readonly kind: 'bundle';
  /** As the manifest lists it, `profiles/<name>`. */
  readonly file: string;
  readonly sha256: Sha256Hex;
  readonly bundle: {
    readonly digest: Sha256Hex;
    /** The release's name, for people. */
    readonly release: string;
    /** UTC, as the manifest states it. */
    readonly issued: string;
  };
}

export type ProfileSource = FileSource | BundleSource;

export interface SourcedProfile {
  readonly profile: DeviceProfile;
  readonly source: ProfileSource;
}

/** Where a profile comes from, as it ends a sentence. */
export function nameSource(source: ProfileSource): string {
  switch (source.kind) {
    case 'shipped':
      return `${source.file}, which comes with Drydock`;
    case 'station':
      return `${source.file} of this station`;
    case 'file':
      return source.file;
    case 'bundle':
      return `${source.file} of the bundle ${source.bundle.digest.slice(0, 8)}, release ${source.bundle.release}`;
  }
}
