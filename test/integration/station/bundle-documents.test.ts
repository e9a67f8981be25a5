import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { VirtualDepot } from '../../helpers/virtual-depot.ts';

test('REQ-OTA-OPR-02 whoever may see bundles may see and read out their documents, nobody else', async (t) => {
  const depot = await VirtualDepot.set(t);
  const digest = await depot.approved();
  const wanted = { digest, file: 'documents/notes.txt', folder: tempFolder(t) };
  for (const who of ['technician', 'approver', 'auditor', 'administrator']) {
    assert.deepEqual(await depot.call(who, 'bundle.documents', { digest }), []);
    assert.equal((await depot.refusal(who, 'bundle.export-document', wanted)).code, 'bundle.document-unknown');
  }
  assert.equal((await depot.refusal(null, 'bundle.documents', { digest })).code, 'station.not-logged-in');
  assert.equal((await depot.refusal(null, 'bundle.export-document', wanted)).code, 'station.not-logged-in');
});

test('documents of a bundle that was never imported are refused by name', async (t) => {
  const depot = await VirtualDepot.set(t);
  const digest = '0'.repeat(64);
  const wanted = { digest, file: 'documents/notes.txt', folder: tempFolder(t) };
  assert.equal((await depot.refusal('auditor', 'bundle.documents', { digest })).code, 'update.bundle-unknown');
  assert.equal((await depot.refusal('auditor', 'bundle.export-document', wanted)).code, 'update.bundle-unknown');
});
