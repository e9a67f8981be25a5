import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { DfuAlternate } from '../dfu/functional-descriptor.ts';
import type { Quirks } from '../dfu/quirk.ts';
import { parseMemoryLayout } from './memory-layout.ts';
import type { MemoryLayout } from './memory-layout.ts';

/** An alternate setting of a DfuSe unit, with what is behind it. */
export interface UnitMemory {
  readonly alternate: number;
  readonly layout: MemoryLayout;
}

/**
 * Finds the memory of this number, or of this name: without regard to case, blanks and a plural ("Option byte"). A name that
 * several alternates have tells nothing (STM32G0B1 gives all three one string).
 *
 * Refuses with `device.slot-missing` or `device.layout-invalid`.
 */
export function findMemory(
  alternates: readonly DfuAlternate[],
  wanted: number | string,
  quirks: Quirks,
  serial: string | null,
): Result<UnitMemory> {
  const found = alternates.filter(({ alternate, name }) =>
    typeof wanted === 'number' ? alternate === wanted : toComparable(nameOf(name)) === toComparable(wanted),
  );
  const [first, ...others] = found;
  if (first === undefined || others.length > 0) {
    const spelled = typeof wanted === 'number' ? `number ${wanted}` : `named "${wanted}"`;
    const what = first === undefined ? `no memory ${spelled}` : `${found.length} memories ${spelled}`;
    return refuse(
      'device.slot-missing',
      `The unit has ${what} among its alternate settings; the profile may be for another part.`,
      { alternate: wanted },
    );
  }
  const layout = parseMemoryLayout(first.name ?? '');
  if (!layout.ok) return layout;
  const isMisstated = quirks.has('layout-from-serial') && first.alternate === 0;
  if (!isMisstated) return accept({ alternate: first.alternate, layout: layout.value });
  const corrected = correctFromSerial(layout.value, serial);
  return corrected.ok ? accept({ alternate: first.alternate, layout: corrected.value }) : corrected;
}

/** Third character of the serial number of a GD32VF103 → its pages of 1 KiB. */
const PAGES_BY_CHARACTER: ReadonlyMap<string, number> = new Map([
  ['B', 128],
  ['8', 64],
  ['6', 32],
  ['4', 16],
]);
const GD32_PAGE_BYTES = 1024;

function correctFromSerial(layout: MemoryLayout, serial: string | null): Result<MemoryLayout> {
  const character = /^3.(.)J$/.exec(serial ?? '')?.[1] ?? '';
  const pageCount = PAGES_BY_CHARACTER.get(character);
  const [segment] = layout.segments;
  if (pageCount === undefined || segment === undefined) {
    return refuse(
      'device.layout-invalid',
      `The unit's serial number ${serial ?? '(none)'} does not tell how much memory it has, and its layout is known to be wrong; nothing is written.`,
      { serial },
    );
  }
  return accept({ ...layout, segments: [{ ...segment, pageCount, pageBytes: GD32_PAGE_BYTES }] });
}

function nameOf(name: string | null): string {
  return /^@([^/]*)/.exec(name ?? '')?.[1] ?? '';
}

function toComparable(name: string): string {
  return name.trim().toLowerCase().replace(/s$/, '');
}
