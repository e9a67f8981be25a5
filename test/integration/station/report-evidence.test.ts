import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { UpdateJobView } from '../../../contract/schema/update-job.ts';
import { sha256Of } from '../../helpers/test-bundle.ts';
import { demoPki, password, signedImage, VirtualDepot } from '../../helpers/virtual-depot.ts';

/** Exports the job's report, which the station refuses where its evidence would not verify; returns the text of its JSON. */
async function exportReport(depot: VirtualDepot, { id }: UpdateJobView): Promise<string> {
  const folder = join(depot.folder, `report-${id}`);
  mkdirSync(folder);
  const { files } = await depot.call('auditor', 'report.export', { jobId: id, folder, paper: 'A4' });
  const json = files.find(({ name }) => name.endsWith('.json'));
  assert.ok(json);
  return readFileSync(join(folder, json.name), 'utf8');
}

test('REQ-OTA-RPT-01 a past job is reported with the signers it was installed under, whoever signed its bundle anew since', async (t) => {
  const depot = await VirtualDepot.set(t);
  const recipe = { images: [{ bytes: signedImage(2) }] };
  const job = await depot.update(await depot.approved(recipe));
  await depot.pinRoot(demoPki.strangerRootPem);
  const path = depot.bundle({ ...recipe, signer: demoPki.stranger });
  await depot.call('administrator', 'bundle.import', { path });

  const report = await exportReport(depot, job);
  const signers = [demoPki.vendor, demoPki.stranger].map(({ certificateDer }) => sha256Of(certificateDer));
  assert.deepEqual(
    signers.map((signer) => report.includes(signer)),
    [true, false],
  );
});

test('REQ-OTA-RPT-01 a job that a stricter policy ended while its image was staged is reported with the policy it began under', async (t) => {
  const depot = await VirtualDepot.set(t);
  const digest = await depot.approved();
  const before = await depot.call('administrator', 'policy.show', { product: '*' });
  const installed = depot.atFirstProgress(() =>
    depot.installPolicy({ approvals: { ...before.document.approvals, required: 2 } }),
  );
  const job = await depot.update(digest);
  await installed();
  assert.deepEqual([job.state, job.code], ['failed', 'policy.approvals-missing']);
  assert.equal(job.policyDigest, before.digest);
  await exportReport(depot, job);
});

test('REQ-OTA-POL-03 a job that a second technician cancels names her, in the job and in its report', async (t) => {
  const depot = await VirtualDepot.set(t);
  await depot.hire('tina', 'Tina Second', ['technician']);
  const digest = await depot.approved();
  const cancelled = depot.atFirstProgress((id) => depot.call('tina', 'update.cancel', { id }));
  const job = await depot.update(digest);
  await cancelled();
  assert.equal(job.state, 'cancelled');
  assert.deepEqual(
    job.actors.map(({ username }) => username),
    ['tina'],
  );
  assert.match(await exportReport(depot, job), /Tina Second/);
});

test('REQ-OTA-TST-02 a unit that is taken away while held on trial is indeterminate, can be given up, and the report says so', async (t) => {
  const depot = await VirtualDepot.set(t);
  await depot.installPolicy({ onSelfTestFailure: 'hold' });
  const selfTests = [{ name: 'pump', passes: false, detail: 'stalled' }];
  const held = await depot.update(
    await depot.approved({ images: [{ bytes: signedImage(2, { description: { selfTests } }) }] }),
  );
  assert.equal(held.state, 'testing');
  assert.equal(held.selfTest?.state, 'failed');

  depot.bench.bus.unplug('1-1');
  await depot.call('technician', 'update.revert', { id: held.id });
  const lost = await depot.call('technician', 'update.await', { id: held.id });
  assert.deepEqual([lost.state, lost.puttingBack], ['indeterminate', true]);

  const reason = 'The unit was returned to its ward by mistake';
  const job = await depot.call('technician', 'update.abandon', { id: held.id, reason, password });
  assert.deepEqual([job.state, job.versionAfter], ['abandoned', null]);
  assert.match(await exportReport(depot, job), /"result":"Given up: it is not known what the unit runs/);
});
