import { createHash } from 'node:crypto';
import { SeededRandom } from '../../simulator/seeded-random.ts';
import { canonicalJson } from '../../core/canonical-json.ts';
import type { SqliteConnection } from '../../core/storage/sqlite-connection.ts';
import type { UpdateJobView } from '../../contract/schema/update-job.ts';

const startMs = Date.parse('2024-01-02T06:00:00.000Z');
const operators = ['tom', 'tess', 'tina'].map((username, index) => ({
  id: `00000000-0000-4000-8000-00000000000${index}`,
  username,
  printedName: `${username} Berg`,
}));
const states = [
  'confirmed',
  'confirmed',
  'confirmed',
  'confirmed',
  'confirmed',
  'refused',
  'failed',
  'reverted',
] as const;

/** Writes jobs as a depot of some years has them: 20,000 units, each seen several times, with checks and a self-test in each job. */
export function fillJobs(connection: SqliteConnection, count: number): void {
  const random = new SeededRandom(7);
  const insert = connection.prepare(
    `INSERT INTO job (id, created_at, state, closed, bundle_digest, position, serial, body) VALUES (?, ?, ?, 1, ?, ?, ?, ?)`,
  );
  connection.transaction(() => {
    for (let n = 0; n < count; n += 1) {
      const job = makeJob(n, random);
      insert.run(job.id, job.createdAt, job.state, job.bundleDigest, job.position, job.serial, canonicalJson(job));
    }
  })();
}

function makeJob(n: number, random: SeededRandom): UpdateJobView {
  const createdAt = new Date(startMs + n * 600_000).toISOString();
  const unit = random.below(20_000);
  const operator = operators[n % operators.length];
  if (operator === undefined) throw new Error('there is an operator');
  return {
    id: uuid(n),
    state: states[random.below(states.length)] ?? 'confirmed',
    bundleDigest: sha256(`bundle ${n >> 11}`),
    imageHash: sha256(`image ${n >> 11}`),
    bootHash: sha256('boot'),
    bootHashBefore: sha256('before'),
    position: '1-1.2',
    training: false,
    product: `org.example.pump-${unit % 7}`,
    serial: `SN-${String(unit).padStart(6, '0')}`,
    hardware: 'rev-c',
    workOrder: `WO-2026-${String(n).padStart(6, '0')}`,
    assetTag: `INF-${unit}`,
    udi: `010950600013435${unit % 10}21SN-${String(unit).padStart(6, '0')}`,
    statedSerial: null,
    kind: 'install',
    versionBefore: 4,
    versionTarget: 5,
    versionAfter: 5,
    checks: Array.from({ length: 12 }, (_, index) => ({
      name: `check-${index}`,
      passed: true,
      detail: 'What was found is told in a sentence of about this length, as a report prints it.',
      at: createdAt,
    })),
    selfTest: null,
    missingProtections: [],
    attention: null,
    policyDigest: sha256('policy'),
    puttingBack: false,
    seenOnTrial: true,
    staleSelfTest: false,
    actors: [],
    approvals: [uuid(1)],
    executedBy: operator,
    createdAt,
    endedAt: createdAt,
    code: null,
    reason: null,
  };
}

/** Events of these jobs, ten each. Their tree is left out: a search does not read it. */
export function fillEvents(connection: SqliteConnection, count: number): void {
  const insert = connection.prepare('INSERT INTO audit_event (seq, leaf, leaf_hash) VALUES (?, ?, ?)');
  const first = Number(connection.prepare('SELECT coalesce(max(seq), 0) FROM audit_event').pluck().get()) + 1;
  connection.transaction(() => {
    for (let n = 0; n < count; n += 1) {
      const operator = operators[n % operators.length];
      const leaf = canonicalJson({
        seq: first + n,
        time: new Date(startMs + n * 60_000).toISOString(),
        station: 'bench',
        type: n % 50 === 0 ? 'session.login' : 'update.moved',
        actor: { kind: 'operator', id: operator?.id ?? '', username: operator?.username ?? '' },
        outcome: n % 97 === 0 ? 'refused' : 'done',
        subject: { job: uuid(Math.floor(n / 10)), unit: `SN-${String(n % 20_000).padStart(6, '0')}` },
        data: { from: 'staging', to: 'staged', change: { checks: [] } },
      });
      insert.run(first + n, leaf, createHash('sha256').update(Buffer.of(0)).update(leaf).digest());
    }
  })();
}

function uuid(n: number): string {
  return `${sha256(`job ${n}`).slice(0, 8)}-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
