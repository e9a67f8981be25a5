import type { Entry } from 'yauzl';
import { accept, refuse } from '../../../contract/result.ts';
import type { Refusal, Result } from '../../../contract/result.ts';
import { BUNDLE_LIMITS } from '../limits.ts';
import { DOCUMENT_FOLDER, MANIFEST_NAME, SIGNATURE_NAME, readEntryName } from './entry-name.ts';

/** One file of the archive as its directory describes it, with every claim bounded. Lengths in bytes. */
export interface ArchiveEntry {
  readonly name: string;
  readonly method: 'stored' | 'deflated';
  readonly packedBytes: number;
  readonly lenBytes: number;
  readonly crc32: number;
  /** Offset of the entry's local header. */
  readonly headerAt: number;
  /** Lengths and checksum follow the data instead of standing in the local header. */
  readonly hasDescriptor: boolean;
}

/** General purpose bit 3 (APPNOTE §4.4.4): a data descriptor follows the data. */
export const DESCRIPTOR_FLAG = 0x0008;
/** Bits 1–2 (deflate level), 3 (descriptor), 11 (UTF-8 name); every other one asks for a feature that a bundle does not use. */
export const ALLOWED_FLAGS = 0x0002 | 0x0004 | DESCRIPTOR_FLAG | 0x0800;
const ENCRYPTED_FLAGS = 0x0001 | 0x0040 | 0x2000;
/** Info-ZIP Unicode Path: a second name for the entry, which other readers would believe. */
const UNICODE_PATH_FIELD = 0x7075;

/** Turns one directory record into an {@link ArchiveEntry}, or refuses it with a `bundle.archive-…` code. */
export function readArchiveEntry(raw: Entry): Result<ArchiveEntry> {
  const name = readEntryName(raw.fileNameRaw);
  if (!name.ok) return name;
  const refusal = checkKind(raw, name.value) ?? checkLengths(raw, name.value);
  if (refusal) return refusal;
  return accept({
    name: name.value,
    method: raw.compressionMethod === 0 ? 'stored' : 'deflated',
    packedBytes: raw.compressedSize,
    lenBytes: raw.uncompressedSize,
    crc32: raw.crc32,
    headerAt: raw.relativeOffsetOfLocalHeader,
    hasDescriptor: (raw.generalPurposeBitFlag & DESCRIPTOR_FLAG) !== 0,
  });
}

function checkKind(raw: Entry, name: string): Refusal | null {
  if ((raw.generalPurposeBitFlag & ENCRYPTED_FLAGS) !== 0) {
    return refuse('bundle.archive-encrypted', `${name} is encrypted in the archive, a bundle is not.`, { name });
  }
  if (
    (raw.generalPurposeBitFlag & ~ALLOWED_FLAGS) !== 0 ||
    (raw.compressionMethod !== 0 && raw.compressionMethod !== 8)
  ) {
    const reason = `${name} is packed with method ${raw.compressionMethod} and flags 0x${raw.generalPurposeBitFlag.toString(16)}, a bundle uses stored (0) or deflate (8) only.`;
    return refuse('bundle.archive-method', reason, { name, method: raw.compressionMethod });
  }
  // Upper half: Unix mode; lower: DOS attributes, 0x10 = directory.
  const unixType = (raw.externalFileAttributes >>> 16) & 0o170000;
  if ((unixType !== 0 && unixType !== 0o100000) || (raw.externalFileAttributes & 0x10) !== 0) {
    return refuse('bundle.archive-entry-type', `${name} is not a regular file in the archive (a link or a folder).`, {
      name,
    });
  }
  if (raw.extraFields.some((field) => field.id === UNICODE_PATH_FIELD)) {
    return refuse('bundle.archive-name', `${name} carries a second name in the archive.`, { name });
  }
  return null;
}

function longestOf(name: string): number {
  if (name === MANIFEST_NAME) return BUNDLE_LIMITS.manifestBytes;
  if (name === SIGNATURE_NAME) return BUNDLE_LIMITS.signatureBytes;
  return name.startsWith(DOCUMENT_FOLDER) ? BUNDLE_LIMITS.documentBytes : BUNDLE_LIMITS.unpackedBytes;
}

function checkLengths(raw: Entry, name: string): Refusal | null {
  const limit = longestOf(name);
  if (raw.uncompressedSize > limit || raw.compressedSize > BUNDLE_LIMITS.archiveBytes) {
    const reason = `${name} is ${raw.uncompressedSize} bytes long, at most ${limit} are read.`;
    return refuse('bundle.archive-too-large', reason, { name, lenBytes: raw.uncompressedSize });
  }
  if (raw.compressionMethod === 0 && raw.compressedSize !== raw.uncompressedSize) {
    const reason = `${name} is stored unpacked but has two lengths, ${raw.compressedSize} and ${raw.uncompressedSize} bytes.`;
    return refuse('bundle.archive-damaged', reason, { name });
  }
  if (raw.uncompressedSize > raw.compressedSize * BUNDLE_LIMITS.packRatio) {
    const reason = `${name} would unpack from ${raw.compressedSize} to ${raw.uncompressedSize} bytes, more than ${BUNDLE_LIMITS.packRatio} times: store it unpacked.`;
    return refuse('bundle.archive-ratio', reason, { name });
  }
  return null;
}
