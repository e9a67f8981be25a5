import { accept, refuse, type Result } from '../../../contract/result.ts';
import { licencesOf, openSbom, shorten, type JsonMembers } from '../documents/sbom-file.ts';
import { BUNDLE_LIMITS } from '../limits.ts';

/** A component as it is told apart from others and shown. */
export interface SbomComponent {
  /** The same for every version of it: its package URL without version, qualifiers and subpath, or group and name. */
  readonly key: string;
  readonly name: string;
  readonly version: string | null;
  readonly licence: string | null;
}

export interface SbomBytes {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/**
 * Lists the components of all SBOMs of a bundle, one file after the other. Never throws. Refuses as `openSbom`, and `bundle.sbom-too-many`
 * where there are more than can be compared.
 */
export function listComponents(sboms: readonly SbomBytes[]): Result<readonly SbomComponent[]> {
  const found: SbomComponent[] = [];
  for (const { file, bytes } of sboms) {
    const opened = openSbom(bytes, file);
    if (!opened.ok) return opened;
    const { components } = opened.value;
    if (found.length + components.length > BUNDLE_LIMITS.comparedComponents) {
      const most = BUNDLE_LIMITS.comparedComponents;
      return refuse('bundle.sbom-too-many', `The SBOMs hold more than ${most} components together, with ${file}.`, {
        file,
      });
    }
    for (const component of components) found.push(describe(component));
  }
  return accept(found);
}

function describe(component: JsonMembers): SbomComponent {
  const { group, name, version, purl } = component;
  const plain = typeof name === 'string' ? name : '';
  const full = typeof group === 'string' && group !== '' ? `${group}/${plain}` : plain;
  const licences = licencesOf(component);
  return {
    key: typeof purl === 'string' && purl.startsWith('pkg:') ? withoutVersion(purl) : `name:${full}`,
    name: shorten(full),
    version: typeof version === 'string' && version !== '' ? shorten(version) : null,
    licence: licences.length === 0 ? null : shorten(licences.slice(0, 20).join(', ')),
  };
}

/** Package URL (ECMA-427): `pkg:type/namespace/name@version?qualifiers#subpath`. A scope's own `@` stands before the last slash. */
function withoutVersion(purl: string): string {
  const path = purl.split(/[?#]/, 1)[0] ?? '';
  const at = path.lastIndexOf('@');
  return at > path.lastIndexOf('/') ? path.slice(0, at) : path;
}
