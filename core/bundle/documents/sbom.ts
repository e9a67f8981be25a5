import { accept } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { SbomSummary } from '../../../contract/schema/bundle-document.ts';
import { licencesOf, membersOf, openSbom, shorten } from './sbom-file.ts';

/** Reads an SBOM as far as a person is told of it. Never throws. Refuses as `openSbom`. */
export function readSbom(bytes: Uint8Array, file: string): Result<SbomSummary> {
  const opened = openSbom(bytes, file);
  if (!opened.ok) return opened;
  const { bom, specVersion, components } = opened.value;
  const main = membersOf(membersOf(bom['metadata'])?.['component']);
  const name = main?.['name'];
  const version = main?.['version'];
  return accept({
    specVersion,
    component:
      typeof name === 'string'
        ? { name: shorten(name), version: typeof version === 'string' ? shorten(version) : null }
        : null,
    components: components.length,
    licencesUnknown: components.filter((component) => licencesOf(component).length === 0).length,
  });
}
