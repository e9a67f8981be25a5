import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RefusalError } from '../../../contract/result.ts';
import { openArchive } from '../../../core/bundle/archive/archive-reader.ts';
import { readEntryData } from '../../../core/bundle/archive/entry-data.ts';
import { signedParts } from '../../helpers/signed-bundle.ts';
import { zipBytes } from '../../helpers/zip-bytes.ts';
import type { FuzzTarget } from '../engine/target.ts';
import { checkRefusal } from '../support/check-refusal.ts';

const path = join(mkdtempSync(join(tmpdir(), 'archive-')), 'bundle');
const parts = signedParts('p256');

/** Structure of the archive, and every file of it unpacked. */
export const target: FuzzTarget = {
  seeds: () => [
    zipBytes(parts),
    zipBytes(parts.map((part) => ({ ...part, deflate: true, descriptor: 'signed' as const }))),
    zipBytes(parts.map((part) => ({ ...part, deflate: true, descriptor: 'bare64' as const }))),
    zipBytes(
      parts.map((part) => ({ ...part, zip64: true })),
      { zip64End: true },
    ),
  ],
  shapes: ['zip'],
  dictionary: ['PK\u0001\u0002', 'PK\u0003\u0004', 'PK\u0005\u0006', 'PK\u0006\u0006', 'PK\u0006\u0007', 'images/'],
  maxLenBytes: 32 * 1024,
  async run(input) {
    writeFileSync(path, input);
    const archive = await openArchive(path);
    checkRefusal(archive);
    if (!archive.ok) return;
    try {
      let usedBytes = 0;
      for (const entry of archive.value.entries.values()) {
        usedBytes += entry.packedBytes;
        await unpack(archive.value.file, entry);
      }
      assert.ok(usedBytes < input.length, 'the files take more bytes than the archive has');
    } finally {
      archive.value.close();
    }
  },
};

/** Whatever the archive promises, no more bytes come out of it than that. */
async function unpack(...[file, entry]: Parameters<typeof readEntryData>): Promise<void> {
  let lenBytes = 0;
  try {
    for await (const chunk of readEntryData(file, entry)) {
      lenBytes += chunk.length;
      assert.ok(lenBytes <= entry.lenBytes, 'more was unpacked than was declared');
    }
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error;
    checkRefusal(error.refusal);
    return;
  }
  assert.equal(lenBytes, entry.lenBytes);
}
