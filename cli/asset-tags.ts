import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { namePlace } from '../contract/plain/name-place.ts';
import type { BenchUnit } from '../contract/schema/device.ts';
import { ScanText } from '../contract/schema/update-job.ts';
import { expectGivenFile } from './given-file.ts';
import { UsageError } from './usage-error.ts';

const MOST_BYTES = 1 << 20;

/**
 * Reads which asset tag belongs to which unit: a line each, `<serial or place>,<tag>`, with a comma, a semicolon or a tabulator between, as a
 * spreadsheet or a scanner at the bench makes it. Empty lines, lines that begin with `#`, and a heading whose second column is `asset-tag`
 * are passed over. Throws `UsageError`.
 */
export function readAssetTags(path: string): ReadonlyMap<string, string> {
  if (expectGivenFile(path) > MOST_BYTES) throw new UsageError(`${path} is larger than a list of asset tags.`);
  const tags = new Map<string, string>();
  const lines = readFileSync(path, 'utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    if (/^\s*(?:#|$)/.test(line)) continue;
    const [unit = '', tag = '', ...more] = line.split(/[,;\t]/).map((cell) => cell.trim());
    if (tag.toLowerCase() === 'asset-tag') continue;
    const where = `Line ${index + 1} of ${path}`;
    if (unit === '' || more.length > 0 || !v.safeParse(ScanText, tag).success) {
      throw new UsageError(
        `${where} is not like "VU-0001,INF-0417": a serial or a place, then its tag of 1 to 128 printable ASCII characters.`,
      );
    }
    if (tags.has(unit)) throw new UsageError(`${where} names ${unit} a second time.`);
    tags.set(unit, tag);
  }
  return tags;
}

/** The tag of a unit, by its serial or by its place. Throws `UsageError` where there is none, or where two do not agree. */
export function assetTagOf(
  { position, place, serial }: Pick<BenchUnit, 'position' | 'place' | 'serial'>,
  tags: ReadonlyMap<string, string>,
): string {
  const names = [serial, position, place?.name, place?.number].flatMap((name) => (name == null ? [] : [String(name)]));
  const [tag, ...others] = new Set(names.flatMap((name) => tags.get(name) ?? []));
  const unit = `${serial ?? 'the unit'} at ${namePlace(position, place)}`;
  if (tag === undefined) throw new UsageError(`The list of asset tags has none for ${unit}; nothing was started.`);
  if (others.length === 0) return tag;
  throw new UsageError(
    `The list of asset tags has several for ${unit}: ${[tag, ...others].join(', ')}; nothing was started.`,
  );
}
