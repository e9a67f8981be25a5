import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBootstrapDepot, personDoes, POSITION, rawEntry, recover, wholeFlash } from '../../helpers/stm32-depot.ts';

function version(counter: number, recipe: Parameters<typeof wholeFlash>[1] = {}) {
  return { images: [{ bytes: wholeFlash(counter, recipe), entry: rawEntry(counter, 'vu-a') }] };
}

test('REQ-OTA-APP-05 a blank unit in its ROM is brought back to a confirmed slot, and must come up as the unit that was stated', async (t) => {
  const { depot, part } = await openBootstrapDepot(t);
  const job = await recover(depot, await depot.approved(version(2), 'recovery'));
  assert.equal(job.state, 'confirmed', String(job.reason));
  assert.deepEqual([job.serial, job.versionBefore, job.versionAfter], ['VU-0001', null, 2]);
  assert.equal(job.selfTest?.state, 'not-reported');
  assert.equal(part.mode, 'application');
  const state = await depot.call('technician', 'device.read', { position: POSITION });
  assert.deepEqual([state.serial, state.boot.imageOk, state.slots[0]?.counter], ['VU-0001', true, 2]);
  assert.ok(!part.commands.includes(0x92));
});

test('REQ-OTA-VER-03 a unit with one slot is written by a recovery only, under an approval of that kind', async (t) => {
  const { depot, part } = await openBootstrapDepot(t);
  const digest = await depot.approved(version(2));
  const before = part.chip.flash.operations;
  const install = await recover(depot, digest, 'VU-0001', 'install');
  assert.deepEqual([install.state, install.code], ['refused', 'update.recovery-only']);
  const unapproved = await recover(depot, digest);
  assert.deepEqual([unapproved.state, unapproved.code], ['refused', 'policy.approvals-missing']);
  assert.equal(part.chip.flash.operations, before);
});

test('a job says which protections a ROM boot loader lacks', async (t) => {
  const { depot } = await openBootstrapDepot(t);
  const job = await recover(depot, await depot.approved(version(2), 'recovery'));
  assert.deepEqual(job.missingProtections, [
    'no-trial-boot',
    'no-automatic-revert',
    'no-self-test-report',
    'no-identity-report',
    'single-slot',
    'serial-by-operator',
  ]);
});

test('a unit in its ROM is not opened without the serial number on its label', async (t) => {
  const { depot } = await openBootstrapDepot(t);
  const job = await recover(depot, await depot.approved(version(2), 'recovery'), null);
  assert.deepEqual([job.state, job.code], ['refused', 'device.serial-needed']);
  const read = await depot.refusal('technician', 'device.read', { position: POSITION });
  assert.equal(read.code, 'device.serial-needed');
});

test('REQ-OTA-USB-03 a unit that comes up with another serial number than the stated one is not counted as recovered', async (t) => {
  const { depot } = await openBootstrapDepot(t);
  const job = await recover(depot, await depot.approved(version(2), 'recovery'), 'VU-0815');
  assert.deepEqual([job.state, job.code], ['indeterminate', 'device.other-unit']);
});

test('REQ-OTA-VER-02 a wiped unit is not recovered to a version below what was confirmed on its serial number', async (t) => {
  const { depot, part } = await openBootstrapDepot(t);
  assert.equal((await recover(depot, await depot.approved(version(3), 'recovery'))).state, 'confirmed');
  depot.bench.bus.unplug(POSITION);
  part.chip.flash.restore(Buffer.alloc(part.chip.sizeBytes, 0xff));
  depot.bench.bus.plug(POSITION, part);
  await depot.bench.bus.settle();
  const older = await recover(depot, await depot.approved(version(2), 'recovery'));
  assert.deepEqual([older.state, older.code], ['refused', 'policy.downgrade-history']);
  const same = await recover(depot, await depot.approved(version(3), 'recovery'));
  assert.equal(same.state, 'confirmed', String(same.reason));
});

test('REQ-OTA-VER-01 what lies in the memory of a unit in its ROM counts against a downgrade', async (t) => {
  const { depot, part } = await openBootstrapDepot(t);
  const flash = wholeFlash(9);
  part.chip.flash.program(0, flash);
  const job = await recover(depot, await depot.approved(version(8), 'recovery'));
  assert.deepEqual([job.state, job.code, job.versionBefore], ['refused', 'policy.downgrade', 9]);
  assert.deepEqual(Buffer.from(part.chip.flash.read(0, flash.length)), flash);
});

test('REQ-OTA-APP-02 an image that reads back otherwise is not started', async (t) => {
  const { depot, part } = await openBootstrapDepot(t);
  const digest = await depot.approved(version(2), 'recovery');
  for (const nth of [12, 80, 150]) part.arm({ kind: 'corrupt-read', transfer: 'UPLOAD', nth });
  await depot.installPolicy({ retries: { stage: 0 } });
  await depot.approve(digest, 'recovery');
  const job = await recover(depot, digest);
  assert.deepEqual([job.state, job.code], ['failed', 'update.read-back-mismatch']);
  assert.equal(part.mode, 'rom');
});

test('REQ-OTA-POL-01 a recovered unit that does not report a self-test which the policy names is not called confirmed', async (t) => {
  const { depot } = await openBootstrapDepot(t);
  await depot.installPolicy({ selfTest: { required: ['pump'], timeoutSeconds: 60 } });
  const job = await recover(depot, await depot.approved(version(2), 'recovery'));
  assert.deepEqual([job.state, job.code], ['failed', 'update.kept-unproven'], String(job.reason));
});

test('REQ-OTA-APP-05 a unit whose strap leads to the ROM again is asked for by hand, and the job goes on by itself', async (t) => {
  const { depot, part } = await openBootstrapDepot(t, { leavesBy: 'restart' });
  part.boot0 = true;
  const digest = await depot.approved(version(2), 'recovery');
  const asked = personDoes(depot, () => {
    part.boot0 = false;
    depot.bench.bus.powerCycle(POSITION);
  });
  const job = await recover(depot, digest);
  assert.equal(job.state, 'confirmed', String(job.reason));
  assert.match(asked.join(), /strap/);
});

test('REQ-OTA-APP-05 an image that lacks the boot loader in front of it is never started', async (t) => {
  const { depot, part } = await openBootstrapDepot(t);
  const job = await recover(depot, await depot.approved({}, 'recovery'));
  assert.deepEqual([job.state, job.code], ['failed', 'device.not-pending'], String(job.reason));
  assert.equal(part.mode, 'rom');
});

test('REQ-OTA-USB-01 serial-as-bytes, layout-from-serial: a GD32VF103 whose memory only its serial number tells is recovered', async (t) => {
  const romSerial = Buffer.from('3CBJ', 'latin1').toString('utf16le');
  const gd32 = { flashLayout: '@Internal Flash  /0x08000000/512*002Kg', romSerial };
  const { depot, part } = await openBootstrapDepot(t, gd32, ['serial-as-bytes', 'layout-from-serial']);
  const job = await recover(depot, await depot.approved(version(2), 'recovery'));
  assert.equal(job.state, 'confirmed', String(job.reason));
  assert.equal(part.mode, 'application');
});

test('REQ-OTA-USB-04 layout-from-serial: a GD32VF103 whose serial number cannot be read is not written', async (t) => {
  const romSerial = Buffer.from('3CBJ', 'latin1').toString('utf16le');
  const { depot, part } = await openBootstrapDepot(t, { romSerial }, ['layout-from-serial']);
  const before = part.chip.flash.operations;
  const job = await recover(depot, await depot.approved(version(2), 'recovery'));
  assert.deepEqual([job.state, job.code], ['refused', 'device.layout-invalid'], String(job.reason));
  assert.equal(part.chip.flash.operations, before);
});
