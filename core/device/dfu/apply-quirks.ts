import { DFU_VERSION } from './constants.ts';
import type { DfuInterface } from './functional-descriptor.ts';
import type { Quirks } from './quirk.ts';

/** What the unit says of itself, corrected by what its profile knows better. */
export function applyQuirks(described: DfuInterface, quirks: Quirks): DfuInterface {
  const { functional } = described;
  return {
    ...described,
    mode: quirks.has('boot-loader-says-runtime') ? 'dfu' : described.mode,
    functional: {
      ...functional,
      version: correctVersion(functional.version, quirks),
      canUpload: functional.canUpload && !quirks.has('upload-broken'),
      isManifestationTolerant: functional.isManifestationTolerant && !quirks.has('leaves-after-manifest'),
    },
  };
}

function correctVersion(stated: number, quirks: Quirks): number {
  if (quirks.has('version-1.1')) return DFU_VERSION['1.1'];
  return quirks.has('version-dfuse') ? DFU_VERSION.dfuse : stated;
}
