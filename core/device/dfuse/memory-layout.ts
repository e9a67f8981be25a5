import { accept, refuse } from '../../../contract/result.ts';
import type { Refusal, Result } from '../../../contract/result.ts';

/** Pages of one size that follow each other and may be used in one way. */
export interface MemorySegment {
  readonly startAddress: number;
  readonly pageCount: number;
  readonly pageBytes: number;
  readonly isReadable: boolean;
  readonly isErasable: boolean;
  readonly isWritable: boolean;
}

/** What an alternate setting's interface string says of the memory behind it. */
export interface MemoryLayout {
  /** Without the blanks that most units put around it, e.g. `Internal Flash`. */
  readonly name: string;
  /** In the order of the string; neither sorted nor free of overlaps. */
  readonly segments: readonly MemorySegment[];
}

/** A USB string descriptor holds at most 126 UTF-16 units (USB 2.0 §9.6.7). */
const MAX_TEXT = 126;
const ADDRESS_SPACE_BYTES = 0x1_0000_0000;
const UNIT_BYTES: Readonly<Record<string, number>> = { '': 1, ' ': 1, B: 1, K: 1024, M: 1024 * 1024 };
const ADDRESS = /^ *0x([0-9A-Fa-f]{1,8}) *$/;
/** Count, size, multiplier, type. ST documents two and three digits, real units send four. */
const GROUP = /^ *(\d{1,4})\*(\d{1,4})([ BKM]?)([a-g]) *$/;
/** The low bits of the type letter (UM0424 §4.3.2). */
const Access = { read: 1, erase: 2, write: 4 } as const;

/**
 * Reads `@name/0xADDRESS/count*size multiplier type,…[/0xADDRESS/…]` (ST UM0424 §4.3.2). Takes what real units send beside
 * that: four digits, a blank before the count, no multiplier (bytes), groups of no pages, text after the end that is no text.
 * A string that is understood in part only is refused whole, because what is missing would be taken for memory that is not there.
 *
 * Refuses with `device.layout-invalid`.
 */
export function parseMemoryLayout(stated: string): Result<MemoryLayout> {
  const text = cutGarbage(stated);
  if (text.length > MAX_TEXT) return invalid(text, `is longer than ${MAX_TEXT} characters`);
  if (!text.startsWith('@')) return invalid(text, 'does not begin with @');
  const [name = '', ...parts] = text.slice(1).split('/');
  if (parts.length % 2 !== 0) return invalid(text, 'has an address without pages');
  const segments: MemorySegment[] = [];
  for (let at = 0; at < parts.length; at += 2) {
    const zone = parseZone(text, parts[at] ?? '', parts[at + 1] ?? '');
    if (!zone.ok) return zone;
    segments.push(...zone.value);
  }
  return accept({ name: name.trim(), segments });
}

/** Some units hand out what lies behind their string in memory; no layout has anything but printable ASCII in it. */
function cutGarbage(text: string): string {
  return /^[\x20-\x7e]*/.exec(text)?.[0] ?? '';
}

function parseZone(text: string, addressText: string, groups: string): Result<readonly MemorySegment[]> {
  const digits = ADDRESS.exec(addressText)?.[1];
  if (digits === undefined) return invalid(text, `has the address ${addressText}`);
  const segments: MemorySegment[] = [];
  let startAddress = Number.parseInt(digits, 16);
  for (const group of groups.split(',')) {
    const [, count = '', size = '', multiplier = '', type = ''] = GROUP.exec(group) ?? [];
    const unitBytes = UNIT_BYTES[multiplier];
    if (type === '' || unitBytes === undefined) return invalid(text, `has the pages ${group}`);
    const pageCount = Number.parseInt(count, 10);
    const pageBytes = Number.parseInt(size, 10) * unitBytes;
    if (pageBytes === 0) return invalid(text, 'has pages of no bytes');
    const lenBytes = pageCount * pageBytes;
    if (startAddress + lenBytes > ADDRESS_SPACE_BYTES) return invalid(text, 'runs over the end of 32-bit addresses');
    if (pageCount > 0) segments.push({ startAddress, pageCount, pageBytes, ...accessOf(type) });
    startAddress += lenBytes;
  }
  return accept(segments);
}

function accessOf(type: string): Pick<MemorySegment, 'isReadable' | 'isErasable' | 'isWritable'> {
  const bits = type.charCodeAt(0);
  return {
    isReadable: (bits & Access.read) !== 0,
    isErasable: (bits & Access.erase) !== 0,
    isWritable: (bits & Access.write) !== 0,
  };
}

function invalid(text: string, what: string): Refusal {
  const reason = `The unit's memory layout "${text.slice(0, MAX_TEXT)}" ${what.slice(0, MAX_TEXT)}; nothing is written to a unit whose memory is not known.`;
  return refuse('device.layout-invalid', reason, { layout: text.slice(0, MAX_TEXT) });
}
