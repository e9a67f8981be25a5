import { accept, refuse } from '../../../contract/result.ts';
import type { Refusal, Result } from '../../../contract/result.ts';
import { BUNDLE_LIMITS } from '../limits.ts';
import { readExactly } from './archive-file.ts';
import type { ArchiveFile } from './archive-file.ts';

/** Where the archive's directory stands, as its end record says. */
export interface DirectorySpan {
  readonly start: number;
  readonly lenBytes: number;
  readonly entryCount: number;
}

const END_BYTES = 22;
const ZIP64_LOCATOR_BYTES = 20;
const ZIP64_END_BYTES = 56;

/**
 * Reads the end-of-central-directory record (APPNOTE 6.3.10 §4.3.16, ZIP64: §4.3.14–15).
 *
 * A ZIP file is read from its end, and a comment there makes the end ambiguous: a bundle has none, so the record is
 * the last 22 bytes and whatever follows the archive is seen at once. Directory, end records and file must meet without
 * a gap. Refuses `bundle.archive-not-zip`, `bundle.archive-gap`, `bundle.archive-entries`, `bundle.archive-damaged`.
 */
export async function readEndOfDirectory(file: ArchiveFile): Promise<Result<DirectorySpan>> {
  if (file.lenBytes < END_BYTES) return refuseNoZip();
  const read = await readExactly(file, file.lenBytes - END_BYTES, END_BYTES);
  if (!read.ok) return read;
  const end = read.value;
  if (end.readUInt32LE(0) !== 0x06054b50 || end.readUInt16LE(20) !== 0) return refuseNoZip();

  const zip64 = await readZip64End(file);
  if (!zip64.ok) return zip64;
  const short: EndRecord = {
    disks: [end.readUInt16LE(4), end.readUInt16LE(6)],
    counts: [end.readUInt16LE(8), end.readUInt16LE(10)],
    lenBytes: end.readUInt32LE(12),
    start: end.readUInt32LE(16),
    recordAt: file.lenBytes - END_BYTES,
  };
  if (zip64.value === null) return checkEnd(short);
  return agree(short, zip64.value) ? checkEnd(zip64.value) : refuseTwoEnds();
}

interface EndRecord {
  readonly disks: readonly number[];
  readonly counts: readonly number[];
  readonly lenBytes: number;
  readonly start: number;
  /** Offset of the first end record. */
  readonly recordAt: number;
}

async function readZip64End(file: ArchiveFile): Promise<Result<EndRecord | null>> {
  const locatorAt = file.lenBytes - END_BYTES - ZIP64_LOCATOR_BYTES;
  if (locatorAt < ZIP64_END_BYTES) return accept(null);
  const locator = await readExactly(file, locatorAt, ZIP64_LOCATOR_BYTES);
  if (!locator.ok) return locator;
  if (locator.value.readUInt32LE(0) !== 0x07064b50) return accept(null);
  const recordAt = Number(locator.value.readBigUInt64LE(8));
  if (recordAt !== locatorAt - ZIP64_END_BYTES) {
    return refuse('bundle.archive-gap', 'The archive has unexplained bytes between its ZIP64 end records.');
  }
  const record = await readExactly(file, recordAt, ZIP64_END_BYTES);
  if (!record.ok) return record;
  const bytes = record.value;
  if (bytes.readUInt32LE(0) !== 0x06064b50 || Number(bytes.readBigUInt64LE(4)) !== ZIP64_END_BYTES - 12) {
    return refuse('bundle.archive-damaged', 'The ZIP64 end record of the archive is damaged.');
  }
  return accept({
    disks: [bytes.readUInt32LE(16), bytes.readUInt32LE(20), locator.value.readUInt32LE(4)],
    counts: [Number(bytes.readBigUInt64LE(24)), Number(bytes.readBigUInt64LE(32))],
    lenBytes: Number(bytes.readBigUInt64LE(40)),
    start: Number(bytes.readBigUInt64LE(48)),
    recordAt,
  });
}

/** A field of the short record stands for itself or points to the ZIP64 record (APPNOTE §4.4.1.4): never two readings. */
function agree(short: EndRecord, wide: EndRecord): boolean {
  const same = (value: number | undefined, wanted: number | undefined, absent: number): boolean =>
    value === wanted || value === absent;
  return (
    short.disks.every((disk, index) => same(disk, wide.disks[index], 0xffff)) &&
    short.counts.every((count, index) => same(count, wide.counts[index], 0xffff)) &&
    same(short.lenBytes, wide.lenBytes, 0xffff_ffff) &&
    same(short.start, wide.start, 0xffff_ffff)
  );
}

function checkEnd(end: EndRecord): Result<DirectorySpan> {
  const [entryCount = 0, total = 0] = end.counts;
  if (end.disks.some((disk) => disk !== 0) || entryCount !== total) {
    return refuse('bundle.archive-damaged', 'The archive says that it is split over several disks.');
  }
  if (entryCount < 1 || entryCount > BUNDLE_LIMITS.entries) {
    const reason = `The archive says that it holds ${entryCount} files, a bundle has 1 to ${BUNDLE_LIMITS.entries}.`;
    return refuse('bundle.archive-entries', reason, { entries: entryCount });
  }
  if (end.lenBytes > BUNDLE_LIMITS.directoryBytes) {
    const reason = `The archive's directory is ${end.lenBytes} bytes long, at most ${BUNDLE_LIMITS.directoryBytes} are read.`;
    return refuse('bundle.archive-entries', reason, { directoryBytes: end.lenBytes });
  }
  if (end.start + end.lenBytes !== end.recordAt) {
    const reason = `The archive's directory ends at byte ${end.start + end.lenBytes}, its end record is at ${end.recordAt}: bytes were added or lost.`;
    return refuse('bundle.archive-gap', reason, { directoryEnd: end.start + end.lenBytes, endRecord: end.recordAt });
  }
  return accept({ start: end.start, lenBytes: end.lenBytes, entryCount });
}

function refuseTwoEnds(): Refusal {
  return refuse('bundle.archive-damaged', 'The two end records of the archive (ZIP and ZIP64) say different things.');
}

function refuseNoZip(): Refusal {
  const reason =
    'The file does not end as a bundle (ZIP archive without comment) does: it is another kind of file, is cut off, or has bytes added at its end.';
  return refuse('bundle.archive-not-zip', reason);
}
