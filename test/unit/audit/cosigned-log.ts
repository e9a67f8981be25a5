import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { AuditEvent, AuditVerification } from '../../../contract/schema/audit.ts';
import { checkNewestCosignatures } from '../../../core/audit/witness/newest-cosignatures.ts';
import { confirmWitness, cosign, keep, makeWitness } from '../../helpers/log-witness.ts';
import { tamper } from '../../helpers/tamper-log.ts';
import { draft, openTestLog, type TestLog } from './open-test-log.ts';

export const [north, south] = [makeWitness('depot/north'), makeWitness('depot/south')];

/** Keys in events 1 and 2; the north witness has cosigned 5 and 9, the south one 9; taken in by events 6, 10 and 11; 13 events in all. */
export function record(context: TestContext): TestLog {
  const bench = openTestLog(context);
  confirmWitness(bench, north);
  confirmWitness(bench, south);
  bench.record(draft('event 3'), draft('event 4'));
  bench.record(draft('event 5'));
  keep(bench, cosign(bench, north));
  for (const seq of [7, 8, 9]) bench.record(draft(`event ${seq}`));
  const [byNorth, bySouth] = [cosign(bench, north), cosign(bench, south)];
  keep(bench, byNorth);
  keep(bench, bySouth);
  bench.record(draft('event 12'), draft('event 13'));
  return bench;
}

/** The same station after somebody was at its folder while it was closed. */
export function reopen(context: TestContext, work: (folder: string) => void): TestLog {
  const { database, folder } = record(context);
  database.close();
  work(folder);
  return openTestLog(context, folder);
}

export function summarise({ findings, intact }: AuditVerification): string[] {
  assert.equal(intact, findings.length === 0);
  return findings.map(({ code, fromSeq, toSeq }) => `${code} ${fromSeq}-${toSeq}`);
}

/** What verifying finds after a change of the database. */
export async function find(context: TestContext, sql: string): Promise<string[]> {
  return summarise(await reopen(context, (folder) => tamper(folder, (to) => to.exec(sql))).verify());
}

/** What the check at the station's start says. */
export function checkStart({ log, seal, witnesses }: TestLog): string {
  const checked = checkNewestCosignatures(log, seal.verifierKey, witnesses);
  return checked.ok ? 'ok' : checked.code;
}

/** One event of the log with another text. */
export function edited(note: string): (event: AuditEvent) => AuditEvent {
  return (event) => (event.data['note'] === note ? { ...event, data: { note: 'another' } } : event);
}
