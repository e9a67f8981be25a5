import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { SbomSummary } from '../../../contract/schema/bundle-document.ts';
import type { JsonValue } from '../../ports.ts';
import { parseStrictJson } from '../../strict-json.ts';
import { BUNDLE_LIMITS } from '../limits.ts';

const LONGEST_SHOWN = 200;

type JsonMembers = Readonly<Record<string, JsonValue>>;

/**
 * Reads a CycloneDX SBOM (ECMA-424; JSON, 1.x) as far as a person is told of it. Strict JSON within bounds on size, nesting
 * and number of values; other schema rules of CycloneDX are its makers' affair. Never throws. Refuses `bundle.sbom-invalid`.
 */
export function readSbom(bytes: Uint8Array, file: string): Result<SbomSummary> {
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
  return summarise(bom, specVersion, file);
}

function summarise(bom: JsonMembers, specVersion: string, file: string): Result<SbomSummary> {
  const components = listComponents(bom['components']);
  if (components === null) return invalid(file, 'has components that are no list of objects with a name');
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
    licencesUnknown: components.filter((component) => !statesLicence(component)).length,
  });
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

/** A licence by id, by name or as an expression; SPDX's NOASSERTION is none. */
function statesLicence(component: JsonMembers): boolean {
  return (itemsOf(component['licenses']) ?? []).some((choice) => {
    const licence = membersOf(membersOf(choice)?.['license']);
    const stated = [membersOf(choice)?.['expression'], licence?.['id'], licence?.['name']];
    return stated.some((text) => typeof text === 'string' && text.trim() !== '' && text !== 'NOASSERTION');
  });
}

function itemsOf(value: JsonValue | undefined): readonly JsonValue[] | null {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : null;
}

function membersOf(value: JsonValue | undefined): JsonMembers | null {
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

function shorten(text: string): string {
  return text.slice(0, LONGEST_SHOWN).toWellFormed();
}

function invalid(file: string, what: string): Result<never> {
  return refuse('bundle.sbom-invalid', `The SBOM ${file} ${what}.`, { file });
}
