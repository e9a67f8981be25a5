import type { ComponentComparison, ComponentLine } from '../../../contract/schema/bundle-comparison.ts';
import type { SbomComponent } from './sbom-components.ts';

/** More lines than a person reads, and as many as a window is given at once. */
export const MOST_LINES = 10_000;

type Compared = Pick<ComponentComparison, 'lines' | 'omitted' | 'counts'>;
type Side = NonNullable<ComponentLine['from']>;

/** Version → licence of one component. */
type Versions = ReadonlyMap<string | null, string | null>;

const order: readonly ComponentLine['change'][] = ['added', 'removed', 'version', 'licence', 'same', 'listed'];

/**
 * What changes from one list of components to another. A component with one version on each side that differ has a new version; where there are
 * several, what is only on one side was added or removed. `before` null: a plain list.
 */
export function compareComponents(before: readonly SbomComponent[] | null, after: readonly SbomComponent[]): Compared {
  const [old, fresh] = [groupByKey(before ?? []), groupByKey(after)];
  const lines = [...new Map([...old, ...fresh])].flatMap(([key, { name }]) => {
    const [from, to] = [old.get(key)?.versions ?? none, fresh.get(key)?.versions ?? none];
    return before === null ? listVersions(name, to) : compareVersions(name, from, to);
  });
  lines.sort(
    (a, b) => order.indexOf(a.change) - order.indexOf(b.change) || byText(a.name, b.name) || byText(keyOf(a), keyOf(b)),
  );
  const counts = { added: 0, removed: 0, version: 0, licence: 0, same: 0, listed: 0 };
  for (const { change } of lines) counts[change] += 1;
  return { lines: lines.slice(0, MOST_LINES), omitted: Math.max(0, lines.length - MOST_LINES), counts };
}

const none: Versions = new Map();

interface Grouped {
  readonly name: string;
  readonly versions: Map<string | null, string | null>;
}

/** A component that is listed twice in the same version is one; a licence that is known of it counts. */
function groupByKey(components: readonly SbomComponent[]): Map<string, Grouped> {
  const groups = new Map<string, Grouped>();
  for (const { key, name, version, licence } of components) {
    const group = groups.get(key) ?? { name, versions: new Map<string | null, string | null>() };
    const known = group.versions.get(version);
    if (known == null || (licence !== null && licence < known)) group.versions.set(version, licence ?? known ?? null);
    groups.set(key, group);
  }
  return groups;
}

function listVersions(name: string, versions: Versions): ComponentLine[] {
  return [...versions].map(([version, licence]) => ({ name, from: null, to: { version, licence }, change: 'listed' }));
}

function compareVersions(name: string, from: Versions, to: Versions): ComponentLine[] {
  const gone = sidesOf(from, to);
  const come = sidesOf(to, from);
  const kept = [...to].flatMap(([version, licence]): ComponentLine[] => {
    if (!from.has(version)) return [];
    const before = from.get(version) ?? null;
    const change = before === licence ? 'same' : 'licence';
    return [{ name, from: { version, licence: before }, to: { version, licence }, change }];
  });
  const [onlyGone, onlyCome] = [gone[0], come[0]];
  if (onlyGone !== undefined && onlyCome !== undefined && gone.length === 1 && come.length === 1) {
    return [...kept, { name, from: onlyGone, to: onlyCome, change: 'version' }];
  }
  return [
    ...kept,
    ...gone.map((side): ComponentLine => ({ name, from: side, to: null, change: 'removed' })),
    ...come.map((side): ComponentLine => ({ name, from: null, to: side, change: 'added' })),
  ];
}

/** What is on one side only. */
function sidesOf(versions: Versions, others: Versions): Side[] {
  return [...versions].filter(([version]) => !others.has(version)).map(([version, licence]) => ({ version, licence }));
}

function keyOf({ from, to }: ComponentLine): string {
  return JSON.stringify([from, to]);
}

/** By code unit: the same on every machine, and quick. */
function byText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
