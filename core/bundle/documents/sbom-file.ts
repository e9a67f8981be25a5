import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { JsonValue } from '../../ports.ts';
import { parseStrictJson } from '../../strict-json.ts';
import { BUNDLE_LIMITS } from '../limits.ts';

export type JsonMembers = Readonly<Record<string, JsonValue>>;

/** A CycloneDX SBOM whose outer form was checked. */
export interface SbomFile {
  readonly bom: JsonMembers;
  readonly specVersion: string;
  /** At every level of nesting; each has a `name` that is a string. */
  readonly components: readonly JsonMembers[];
}

/**
 * Opens a CycloneDX SBOM (ECMA-424; JSON, 1.x). Strict JSON within bounds on size, nesting and number of values; other schema rules of
 * CycloneDX are its vendors' affair. Never throws. Refuses `bundle.sbom-invalid`.
 */
export function openSbom(bytes: Uint8Array, file: string): Result<SbomFile> {
  const values = countValues(bytes);
  if (values > BUNDLE_LIMITS.sbomValues) {
    return invalid(file, `holds more than ${BUNDLE_LIMITS.sbomValues} values`);
  }
  const json = parseStrictJson(bytes, {
    maxBytes: BUNDLE_LIMITS.documentBytes,
    maxDepth: BUNDLE_LIMITS.sbomDepth,
    code: 'bundle.sbom-invalid',
    what: file,
  });
  if (!json.ok) return json;
  const bom = membersOf(json.value);
  if (bom?.['bomFormat'] !== 'CycloneDX') return invalid(file, 'does not name its bomFormat as CycloneDX');
  const { specVersion } = bom;
  if (typeof specVersion !== 'string' || !/^1\.\d{1,2}$/.test(specVersion)) {
    return invalid(file, 'is of no specVersion 1.x of CycloneDX');
  }
  const components = listComponents(bom['components']);
  if (components === null) return invalid(file, 'has components that are not a list of objects with a name');
  return accept({ bom, specVersion, components });
}

/** Components may hold components; their depth is bounded by that of the JSON. Null where one is malformed. */
function listComponents(list: JsonValue | undefined): readonly JsonMembers[] | null {
  if (list === undefined) return [];
  const top = itemsOf(list);
  if (top === null) return null;
  const found: JsonMembers[] = [];
  const open = [...top];
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    const component = membersOf(item);
    if (component === null || typeof component['name'] !== 'string') return null;
    found.push(component);
    const inner = itemsOf(component['components'] ?? []);
    if (inner === null) return null;
    for (const child of inner) open.push(child);
  }
  return found;
}

/** What a component's licences are, by id, by name or as an expression; SPDX's NOASSERTION is none. */
export function licencesOf(component: JsonMembers): readonly string[] {
  return (itemsOf(component['licenses']) ?? []).flatMap((choice) => {
    const licence = membersOf(membersOf(choice)?.['license']);
    const stated = [membersOf(choice)?.['expression'], licence?.['id'], licence?.['name']];
    const text = stated.find((one) => typeof one === 'string' && one.trim() !== '' && one !== 'NOASSERTION');
    return typeof text === 'string' ? [text] : [];
  });
}

function itemsOf(value: JsonValue | undefined): readonly JsonValue[] | null {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : null;
}

export function membersOf(value: JsonValue | undefined): JsonMembers | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonMembers) : null;
}

/** Commas and opening brackets outside of strings, plus one: no fewer than the values of a JSON text. */
function countValues(bytes: Uint8Array): number {
  let count = 1;
  let inString = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (inString) {
      if (byte === 0x5c) at++;
      else if (byte === 0x22) inString = false;
    } else if (byte === 0x22) inString = true;
    else if (byte === 0x2c || byte === 0x5b || byte === 0x7b) count++;
  }
  return count;
}

/** As much of a text as is shown. */
export function shorten(text: string): string {
  return text.slice(0, LONGEST_SHOWN).toWellFormed();
}

const LONGEST_SHOWN = 200;

function invalid(file: string, what: string): Result<never> {
  return refuse('bundle.sbom-invalid', `The SBOM ${file} ${what}.`, { file });
}
