import { systemClock } from '../../core/system-clock.ts';
import { createFileSecrets } from '../../core/audit/secret-store.ts';
import { randomBytes } from 'node:crypto';
import { leafOf } from '../../core/audit/event.ts';
import { MerkleFrontier } from '../../core/audit/merkle-frontier.ts';
import { hashLeaf } from '../../core/audit/merkle-tree.ts';
import { openRecords } from '../../core/station/records.ts';
import { openDatabase } from '../../core/storage/open-database.ts';
import { fillJobs } from '../history/fill-station.ts';
import { expectOk } from '../import/expect-ok.ts';

const startMs = Date.parse('2024-01-02T06:00:00.000Z');

/**
 * Puts jobs and audit events into the data folder of a closed station: every leaf, node and hash of the log as the station would have
 * written them, in one transaction under one signed checkpoint, so that the station opens and verifies it.
 */
export function fillDataFolder(folder: string, count: { readonly jobs: number; readonly events: number }): void {
  const database = expectOk(openDatabase({ folder, clock: systemClock }));
  const place = {
    secrets: createFileSecrets(folder),
    clock: systemClock,
    randomBytes: (length: number) => randomBytes(length),
  };
  const { auditRepository, stationId, transact } = expectOk(openRecords({ database, dataFolder: folder, ...place }));
  const size = auditRepository.lastSeq();
  const frontier = new MerkleFrontier();
  frontier.jump(size, (level, position) =>
    level === 0 ? (auditRepository.event(position + 1)?.leafHash ?? null) : auditRepository.node(level, position),
  );
  transact(() => {
    fillJobs(database.connection, count.jobs);
    for (let n = 1; n <= count.events; n += 1) {
      const seq = size + n;
      const leaf = Buffer.from(makeLeaf(seq, stationId));
      const leafHash = hashLeaf(leaf);
      auditRepository.insertEvent({ seq, leaf, leafHash });
      frontier.append(leafHash, ({ level, position, hash }) => {
        if (hash === null) throw new Error('the log lacks a node');
        auditRepository.insertNode(level, position, hash);
        return hash;
      });
    }
  });
  database.close();
}

function makeLeaf(seq: number, station: string): string {
  return leafOf({
    seq,
    time: new Date(startMs + seq * 60_000).toISOString(),
    station,
    type: 'update.moved',
    actor: { kind: 'operator', id: '00000000-0000-4000-8000-000000000001', username: 'tess' },
    outcome: seq % 97 === 0 ? 'refused' : 'done',
    subject: {
      job: `00000000-0000-4000-8000-${String(Math.floor(seq / 10)).padStart(12, '0')}`,
      unit: `SN-${seq % 20_000}`,
    },
    data: { from: 'staging', to: 'staged', change: { checks: [] } },
  });
}
