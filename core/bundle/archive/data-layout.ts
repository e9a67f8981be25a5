import { accept, refuse } from '../../../contract/result.ts';
import type { Refusal, Result } from '../../../contract/result.ts';
import { ALLOWED_FLAGS, DESCRIPTOR_FLAG } from './archive-entry.ts';
import type { ArchiveEntry } from './archive-entry.ts';
import { readExactly } from './archive-file.ts';
import type { ArchiveFile } from './archive-file.ts';
import type { DirectorySpan } from './end-of-directory.ts';

/** An entry whose data was located: `packedBytes` bytes from `dataAt`. */
export interface LocatedEntry extends ArchiveEntry {
  readonly dataAt: number;
}

const HEADER_BYTES = 30;
const ZIP64_FIELD = 0x0001;

/**
 * Locates every entry's data and accounts for every byte of the archive: local header, data and descriptor of one entry
 * end where the next one begins, from byte 0 to the directory. So nothing overlaps (the "better zip bomb"), nothing is
 * prepended, nothing hides between entries, and no local header says something else than the directory (APPNOTE §4.3.7).
 *
 * Refuses `bundle.archive-overlap`, `bundle.archive-gap`, `bundle.archive-header-mismatch`, `bundle.archive-damaged`.
 */
export async function locateEntries(
  file: ArchiveFile,
  entries: readonly ArchiveEntry[],
  directory: DirectorySpan,
): Promise<Result<readonly LocatedEntry[]>> {
  const inOrder = entries.toSorted((a, b) => a.headerAt - b.headerAt);
  const [first] = inOrder;
  if (first && first.headerAt !== 0) return refuseMisplaced(first.name, 0, first.headerAt);
  const located: LocatedEntry[] = [];
  for (const [index, entry] of inOrder.entries()) {
    const next = inOrder[index + 1]?.headerAt ?? directory.start;
    const found = await locateEntry(file, entry, next);
    if (!found.ok) return found;
    located.push({ ...entry, dataAt: found.value });
  }
  return accept(located);
}

/** Checks the local header and what stands between the data and `next`; answers the offset of the data. */
async function locateEntry(file: ArchiveFile, entry: ArchiveEntry, next: number): Promise<Result<number>> {
  const fixed = await readExactly(file, entry.headerAt, HEADER_BYTES);
  if (!fixed.ok) return fixed;
  const header = fixed.value;
  if (header.readUInt32LE(0) !== 0x04034b50) {
    return refuse('bundle.archive-damaged', `${entry.name} has no header in the archive.`, { name: entry.name });
  }
  const nameBytes = header.readUInt16LE(26);
  const extraBytes = header.readUInt16LE(28);
  const tail = await readExactly(file, entry.headerAt + HEADER_BYTES, nameBytes + extraBytes);
  if (!tail.ok) return tail;

  const name = tail.value.toString('latin1', 0, nameBytes);
  if (name !== entry.name) return refuseMismatch(entry, 'name');
  const flags = header.readUInt16LE(6);
  if ((flags & ~ALLOWED_FLAGS) !== 0) return refuseMismatch(entry, 'flags');
  if (((flags & DESCRIPTOR_FLAG) !== 0) !== entry.hasDescriptor) return refuseMismatch(entry, 'flags');
  if (header.readUInt16LE(8) !== (entry.method === 'stored' ? 0 : 8)) return refuseMismatch(entry, 'method');
  const numbers = checkHeaderNumbers(entry, header, tail.value.subarray(nameBytes));
  if (numbers) return numbers;

  const dataAt = entry.headerAt + HEADER_BYTES + nameBytes + extraBytes;
  const dataEnd = dataAt + entry.packedBytes;
  const rest = next - dataEnd;
  const descriptor = entry.hasDescriptor ? await checkDescriptor(file, entry, dataEnd, rest) : null;
  if (descriptor) return descriptor;
  if (!entry.hasDescriptor && rest !== 0) return refuseMisplaced(entry.name, dataEnd, next);
  return accept(dataAt);
}

function checkHeaderNumbers(entry: ArchiveEntry, header: Buffer, extra: Buffer): Refusal | null {
  const crc32 = header.readUInt32LE(14);
  let packedBytes = header.readUInt32LE(18);
  let lenBytes = header.readUInt32LE(22);
  if (packedBytes === 0xffff_ffff || lenBytes === 0xffff_ffff) {
    const wide = findExtraField(extra, ZIP64_FIELD);
    if (!wide || wide.length < 16) return refuseMismatch(entry, 'length');
    lenBytes = Number(wide.readBigUInt64LE(0));
    packedBytes = Number(wide.readBigUInt64LE(8));
  }
  // With a descriptor the writer did not know these yet and wrote 0 (APPNOTE §4.4.4, bit 3).
  const agrees = (seen: number, wanted: number): boolean => seen === wanted || (entry.hasDescriptor && seen === 0);
  if (!agrees(crc32, entry.crc32)) return refuseMismatch(entry, 'checksum');
  if (!agrees(packedBytes, entry.packedBytes) || !agrees(lenBytes, entry.lenBytes)) {
    return refuseMismatch(entry, 'length');
  }
  return null;
}

function findExtraField(extra: Buffer, id: number): Buffer | null {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) === id) return extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
  }
  return null;
}

/** Data descriptor (APPNOTE §4.3.9): its four forms differ in length, with or without signature, 32 or 64 bits. */
async function checkDescriptor(
  file: ArchiveFile,
  entry: ArchiveEntry,
  at: number,
  lenBytes: number,
): Promise<Refusal | null> {
  if (![12, 16, 20, 24].includes(lenBytes)) return refuseMisplaced(entry.name, at, at + lenBytes);
  const read = await readExactly(file, at, lenBytes);
  if (!read.ok) return read;
  const signed = lenBytes === 16 || lenBytes === 24;
  const bytes = signed ? read.value.subarray(4) : read.value;
  if (signed && read.value.readUInt32LE(0) !== 0x08074b50) return refuseMismatch(entry, 'descriptor');
  const wide = bytes.length === 20;
  const packedBytes = wide ? Number(bytes.readBigUInt64LE(4)) : bytes.readUInt32LE(4);
  const unpackedBytes = wide ? Number(bytes.readBigUInt64LE(12)) : bytes.readUInt32LE(8);
  if (bytes.readUInt32LE(0) !== entry.crc32) return refuseMismatch(entry, 'descriptor');
  if (packedBytes !== entry.packedBytes || unpackedBytes !== entry.lenBytes) return refuseMismatch(entry, 'descriptor');
  return null;
}

function refuseMisplaced(name: string, expectedAt: number, foundAt: number): Refusal {
  if (foundAt < expectedAt) {
    const reason = `${name} overlaps another part of the archive (byte ${foundAt} is used twice).`;
    return refuse('bundle.archive-overlap', reason, { name, at: foundAt });
  }
  const reason = `The archive has ${foundAt - expectedAt} unexplained bytes at byte ${expectedAt}, next to ${name}.`;
  return refuse('bundle.archive-gap', reason, { name, at: expectedAt });
}

function refuseMismatch(entry: ArchiveEntry, field: string): Refusal {
  const reason = `${entry.name} has one ${field} in the archive's directory and another at its data.`;
  return refuse('bundle.archive-header-mismatch', reason, { name: entry.name, field });
}
