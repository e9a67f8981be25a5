import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Migration } from '../../../core/storage/migrations/migration.ts';
import { openDatabase, type StationDatabase } from '../../../core/storage/open-database.ts';
import { TestClock } from '../../helpers/test-clock.ts';

/** A folder that is removed after the test. */
export function makeFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Opens a database that must open, and closes it after the test. */
export function openTestDatabase(
  context: TestContext,
  folder = makeFolder(context),
  migrations?: readonly Migration[],
): StationDatabase {
  const opened = openDatabase({ folder, clock: new TestClock(), ...(migrations && { migrations }) });
  assert.ok(opened.ok, opened.ok ? '' : opened.reason);
  context.after(() => opened.value.close());
  return opened.value;
}
