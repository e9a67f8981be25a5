import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cosignByOpenssl } from '../../helpers/openssl-witness.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { VirtualDepot } from '../../helpers/virtual-depot.ts';

test('REQ-OTA-AUD-01 a checkpoint is taken away, cosigned by OpenSSL, and the log is compared with it', async (t) => {
  const depot = await VirtualDepot.set(t);
  const folder = tempFolder(t);
  const out = join(folder, 'stick');
  mkdirSync(out);
  const { size, files } = await depot.call('auditor', 'audit.export-checkpoint', { folder: out });
  assert.deepEqual(
    files.map(({ name }) => name),
    [`checkpoint-${size}.txt`, 'station.vkey'],
  );
  const path = join(out, `checkpoint-${size}.txt`);
  const checkpoint = readFileSync(path, 'utf8');
  assert.deepEqual(await depot.call('auditor', 'audit.compare', { path, witnessKeys: [] }), {
    size,
    logSize: size,
    cosignedBy: [],
    notCosignedBy: [],
  });

  const { note, verifierKey } = cosignByOpenssl(folder, checkpoint, 1_800_000_000);
  writeFileSync(path, note);
  await depot.call('administrator', 'station.rename', { name: 'Another name' });
  const compared = await depot.call('auditor', 'audit.compare', { path, witnessKeys: [verifierKey] });
  assert.deepEqual(compared.cosignedBy, [{ name: 'auditor.example', at: '2027-01-15T08:00:00.000Z' }]);
  assert.ok(compared.logSize > size);

  // A cosignature over another time is none, and a witness whose key was not given does not count.
  writeFileSync(
    path,
    cosignByOpenssl(folder, checkpoint.replace(`\n${size}\n`, `\n${size + 1}\n`), 1_800_000_000).note,
  );
  assert.equal(
    (await depot.refusal('auditor', 'audit.compare', { path, witnessKeys: [] })).code,
    'audit.note-signature-invalid',
  );
  writeFileSync(path, note);
  assert.deepEqual((await depot.call('auditor', 'audit.compare', { path, witnessKeys: [] })).cosignedBy, []);
  const wrong = await depot.refusal('auditor', 'audit.compare', { path, witnessKeys: ['nonsense'] });
  assert.equal(wrong.code, 'audit.verifier-key-invalid');
  const denied = await depot.refusal('technician', 'audit.export-checkpoint', { folder: out });
  assert.equal(denied.code, 'station.permission-denied');
});

test('REQ-OTA-AUD-02 a checkpoint that was kept outside is of no use for the log of another station', async (t) => {
  const depot = await VirtualDepot.set(t);
  const other = await VirtualDepot.set(t);
  const folder = tempFolder(t);
  const { size } = await other.call('auditor', 'audit.export-checkpoint', { folder });
  const path = join(folder, `checkpoint-${size}.txt`);
  const refused = await depot.refusal('auditor', 'audit.compare', { path, witnessKeys: [] });
  assert.equal(refused.code, 'audit.note-untrusted');
});
