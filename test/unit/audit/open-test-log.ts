import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { AuditEvent, AuditVerification } from '../../../contract/schema/audit.ts';
import { AuditLog } from '../../../core/audit/audit-log.ts';
import type { AuditEventDraft } from '../../../core/audit/event.ts';
import { createHeadFile, type HeadFile } from '../../../core/audit/head-file.ts';
import { LogSeal } from '../../../core/audit/log-seal.ts';
import type { AuditRepository } from '../../../core/audit/repository.ts';
import { createFileSecrets } from '../../../core/audit/secret-store.ts';
import { loadOrCreateStationKey } from '../../../core/audit/station-key.ts';
import type { WitnessRepository } from '../../../core/audit/witness/repository.ts';
import { verifyAuditLog } from '../../../core/audit/verify-audit-log.ts';
import { createAuditRepository } from '../../../core/storage/audit-repository.ts';
import { createWitnessRepository } from '../../../core/storage/witness-repository.ts';
import { openDatabase, type StationDatabase } from '../../../core/storage/open-database.ts';
import { TestClock } from '../../helpers/test-clock.ts';

export const stationId = '0b9e2f62-6d35-4d1c-9f53-1f4f8a4c6d10';

/** A station's log on a disk of its own, wired as the composition root wires it. */
export interface TestLog {
  readonly folder: string;
  readonly clock: TestClock;
  readonly database: StationDatabase;
  readonly repository: AuditRepository;
  readonly headFile: HeadFile;
  readonly witnesses: WitnessRepository;
  readonly log: AuditLog;
  readonly seal: LogSeal;
  /** Appends events in one transaction. */
  readonly record: (...drafts: readonly AuditEventDraft[]) => AuditEvent[];
  readonly verify: () => Promise<AuditVerification>;
}

/** A folder that is removed after the test. */
export function makeFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function openTestLog(context: TestContext, folder = makeFolder(context), clock = new TestClock()): TestLog {
  const opened = openDatabase({ folder, clock });
  assert.ok(opened.ok, opened.ok ? '' : opened.reason);
  const database = opened.value;
  context.after(() => database.close());
  const key = loadOrCreateStationKey(createFileSecrets(folder), (lenBytes) => new Uint8Array(lenBytes).fill(7));
  assert.ok(key.ok);
  const repository = createAuditRepository(database.connection);
  const headFile = createHeadFile(folder);
  const witnesses = createWitnessRepository(database.connection);
  const log = new AuditLog({ repository, stationId, clock });
  const seal = new LogSeal({ log, repository, headFile, stationId, ...key.value });
  database.beforeCommit(() => seal.seal());
  database.afterCommit(() => seal.publish());
  return {
    folder,
    clock,
    database,
    repository,
    headFile,
    witnesses,
    log,
    seal,
    record: (...drafts) => database.transact(() => drafts.map((draft) => log.append(draft))),
    verify: () => verifyAuditLog({ repository, stationId, key: seal.verifierKey, headFile, witnesses }),
  };
}

/** An event that tells itself apart from the others by `note`. */
export function draft(note: string, more: Partial<AuditEventDraft> = {}): AuditEventDraft {
  return { type: 'update.checked', actor: { kind: 'station' }, outcome: 'done', subject: {}, data: { note }, ...more };
}
