import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a folder needs of the test that it belongs to. */
export interface Cleanup {
  after(undo: () => void): unknown;
}

/** A folder of the test's own, removed when the test ends. */
export function tempFolder(t: Cleanup): string {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-test-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
