import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { JobSearch } from '../../contract/schema/job-history.ts';
import { createAuditRepository } from '../../core/storage/audit-repository.ts';
import { createJobHistory } from '../../core/storage/job-history-repository.ts';
import { migrate } from '../../core/storage/migrate.ts';
import { migrations } from '../../core/storage/migrations/index.ts';
import { openConnection, type SqliteConnection } from '../../core/storage/sqlite-connection.ts';
import { systemClock } from '../../core/system-clock.ts';
import { median } from '../median.ts';
import { fillEvents, fillJobs } from './fill-station.ts';

const CALLS = 20;
const PAGE = 50;
const everything: JobSearch = { text: null, states: [], from: null, to: null, bundleDigest: null, operator: null };

/** `npm run bench -- history`: what searching a long history costs. */
export async function historyBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { jobs: { type: 'string', default: '100000' }, events: { type: 'string', default: '1000000' } },
  });
  const folder = mkdtempSync(join(tmpdir(), 'drydock-history-'));
  const connection = openConnection(join(folder, 'station.db'));
  try {
    connection.pragma('journal_mode = WAL');
    migrate(connection, migrations, systemClock);
    fillJobs(connection, Number(values.jobs));
    fillEvents(connection, Number(values.events));
    console.log(`${values.jobs} jobs, ${values.events} events; milliseconds of ${CALLS} calls`);
    console.log(`${'search'.padEnd(44)} ${'found'.padStart(6)} ${'median'.padStart(8)} ${'longest'.padStart(8)}`);
    for (const [name, call] of questions(connection)) measure(name, call);
  } finally {
    connection.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return Promise.resolve();
}

function questions(connection: SqliteConnection): readonly (readonly [string, () => number])[] {
  const history = createJobHistory(connection);
  const audit = createAuditRepository(connection);
  const search = (query: Partial<JobSearch>) => (): number => {
    history.count({ ...everything, ...query });
    return history.search({ ...everything, ...query }, { before: null, limit: PAGE }).length;
  };
  const unit = history.units({ text: 'SN-01', product: null, after: null }, 1)[0];
  if (unit === undefined) throw new Error('no unit was filled in');
  return [
    ['the newest page', search({})],
    ['a serial number', search({ text: 'sn-001234' })],
    ['a work order', search({ text: 'WO-2026-0055' })],
    ['every work order, in a state that none has', search({ text: 'WO-', states: ['abandoned'] })],
    ['a text that nothing begins with', search({ text: 'nothing' })],
    ['failed jobs of an operator', search({ states: ['failed'], operator: '00000000-0000-4000-8000-000000000001' })],
    ['one month', search({ from: '2024-03-01T00:00:00Z', to: '2024-04-01T00:00:00Z' })],
    ['100 units in the middle', () => history.units({ text: 'sn-01', product: null, after: null }, 100).length],
    ['100 units of a product', () => history.units({ text: null, product: unit.product, after: null }, 100).length],
    ["a unit's jobs", () => history.jobsOf(unit, 500).length],
    ['the newest refused events', () => audit.findEvents({ filter: { outcome: 'refused' }, limit: PAGE }).length],
    ['the newest events of a unit', () => audit.findEvents({ filter: { unit: unit.serial }, limit: PAGE }).length],
  ];
}

function measure(name: string, call: () => number): void {
  const found = call();
  const times = Array.from({ length: CALLS }, () => {
    const startMs = performance.now();
    call();
    return performance.now() - startMs;
  });
  const [middle, longest] = [median(times), Math.max(...times)].map((ms) => ms.toFixed(1).padStart(8));
  console.log(`${name.padEnd(44)} ${String(found).padStart(6)} ${middle} ${longest}`);
}
