import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import { ask, cosign, fresh, setPair } from '../../helpers/cosigning-pair.ts';

test('REQ-OTA-AUD-03 no cosignature is made where its event cannot be written', async (t) => {
  const pair = await setPair(t);
  const request = await ask(pair, null);
  const database = new Database(join(pair.witness.options.dataFolder, 'station.db'));
  database.exec(`CREATE TRIGGER no_event BEFORE INSERT ON audit_event WHEN NEW.leaf ->> '$.type' = 'audit.cosigned'
    BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`);
  const folder = fresh(pair.stick);
  await assert.rejects(pair.witness.ask('auditor', 'audit.cosign', { path: request, folder }));
  assert.ok(!readdirSync(folder).some((name) => name.startsWith('cosigned')), 'a cosignature left the station');
  const { witnessed } = await pair.witness.call('auditor', 'audit.witnesses', {});
  assert.deepEqual(witnessed, [], 'a size was stored without its event');
  database.exec('DROP TRIGGER no_event');
  database.close();
  await cosign(pair, request);
});

test('REQ-OTA-AUD-03 where the folder cannot be written into, nothing is recorded as cosigned', async (t) => {
  const pair = await setPair(t);
  const path = await ask(pair, null);
  const gone = join(pair.stick, 'gone');
  const refused = await pair.witness.refusal('auditor', 'audit.cosign', { path, folder: gone });
  assert.equal(refused.code, 'station.storage-failed');
  assert.deepEqual((await pair.witness.call('auditor', 'audit.witnesses', {})).witnessed, []);
  await cosign(pair, path);
});
