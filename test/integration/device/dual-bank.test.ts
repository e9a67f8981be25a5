import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import type { UpdateJobView } from '../../../contract/schema/update-job.ts';
import {
  bankImage,
  openDualBankDepot,
  personDoes,
  POSITION,
  rawEntry,
  UNIT_SERIAL,
} from '../../helpers/stm32-depot.ts';

function version(counter: number, recipe: Parameters<typeof bankImage>[1] = {}) {
  return { images: [{ bytes: bankImage(counter, recipe), entry: rawEntry(counter) }] };
}

const ended = (job: UpdateJobView) => [job.state, job.code, job.versionBefore, job.versionAfter];

test('REQ-OTA-APP-01 a dual-bank part is always written in the bank that does not run, and roles change with each update', async (t) => {
  const { depot, part } = await openDualBankDepot(t);
  await depot.bench.bus.settle();
  assert.equal(part.runningBank, 1);
  const first = await depot.update(await depot.approved(version(2)));
  assert.deepEqual(ended(first), ['confirmed', null, 1, 2], String(first.reason));
  assert.equal(part.runningBank, 2);
  const second = await depot.update(await depot.approved(version(3)));
  assert.deepEqual(ended(second), ['confirmed', null, 2, 3], String(second.reason));
  assert.equal(part.runningBank, 1);
  assert.equal(part.chip.optionBytes.readProtection, 'none');
  assert.ok(!part.commands.includes(0x92));
});

test('REQ-OTA-VER-01 a bank whose image is hashed with SHA-512 is known by that hash, and not taken for one without', async (t) => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const bank = (counter: number) => bankImage(counter, { signingKey: privateKey });
  const { depot } = await openDualBankDepot(t, {}, [bank(1)]);
  const job = await depot.update(await depot.approved({ images: [{ bytes: bank(2), entry: rawEntry(2) }] }));
  assert.deepEqual(ended(job), ['confirmed', null, 1, 2], String(job.reason));
  assert.deepEqual([job.bootHashBefore?.length, job.bootHash?.length], [128, 128]);
});

test('REQ-OTA-APP-01 where the banks swap their addresses the staging bank is the upper one each time', async (t) => {
  const { depot, part } = await openDualBankDepot(t, { bankSelect: 'swap-bank' });
  const first = await depot.update(await depot.approved(version(2)));
  assert.deepEqual(ended(first), ['confirmed', null, 1, 2], String(first.reason));
  assert.equal(part.chip.findBootBank(), 2);
  const second = await depot.update(await depot.approved(version(3)));
  assert.deepEqual(ended(second), ['confirmed', null, 2, 3], String(second.reason));
  assert.equal(part.chip.findBootBank(), 1);
});

test('a job says which protections a dual-bank part lacks', async (t) => {
  const { depot } = await openDualBankDepot(t);
  const job = await depot.update(await depot.approved(version(2)));
  assert.deepEqual(job.missingProtections, [
    'no-automatic-revert',
    'no-self-test-report',
    'no-identity-report',
    'put-back-by-person',
  ]);
});

test('REQ-OTA-VER-01 the version of a dual-bank part is read from its bank', async (t) => {
  const { depot, part } = await openDualBankDepot(t, {}, [bankImage(5)]);
  const job = await depot.update(await depot.approved(version(4)));
  assert.deepEqual([job.state, job.code], ['refused', 'policy.downgrade']);
  await depot.bench.bus.settle();
  assert.equal(part.mode, 'application', 'a refused job leaves the unit in operation');
});

test('a dual-bank part in operation is read only where that was asked for, and goes on after it', async (t) => {
  const { depot, part } = await openDualBankDepot(t);
  const kept = await depot.refusal('technician', 'device.read', { position: POSITION });
  assert.equal(kept.code, 'device.wrong-mode');
  const state = await depot.call('technician', 'device.read', { position: POSITION, enterUpdateMode: true });
  assert.deepEqual(
    [state.serial, state.mode, state.slots[0]?.id, state.slots[0]?.counter],
    [UNIT_SERIAL, 'application', 'bank1', 1],
  );
  assert.equal(part.mode, 'application');
});

test('REQ-OTA-APP-03 a firmware that hangs is put back through the ROM, which a person starts', async (t) => {
  const { depot, part } = await openDualBankDepot(t);
  const digest = await depot.approved(version(2, { description: { start: 'hang' } }));
  const asked = personDoes(depot, () => {
    part.boot0 = true;
    depot.bench.bus.powerCycle(POSITION);
  });
  const job = await depot.update(digest);
  assert.deepEqual(ended(job), ['reverted', 'update.self-test-failed', 1, 1], String(job.reason));
  assert.equal(asked.length, 1);
  assert.match(asked[0] ?? '', /BOOT0/);
  await depot.bench.bus.settle();
  assert.equal(part.runningBank, 1);
  assert.equal(part.chip.optionBytes.bankBit, false);
});

test('REQ-OTA-TST-02 a firmware that hangs and that nobody comes to is indeterminate, and put back when the job is resumed', async (t) => {
  const { depot, part } = await openDualBankDepot(t);
  const digest = await depot.approved(version(2, { description: { start: 'hang' } }));
  const lost = await depot.update(digest);
  assert.equal(lost.state, 'indeterminate');
  await depot.restart();
  part.boot0 = true;
  depot.bench.bus.powerCycle(POSITION);
  await depot.bench.bus.settle();
  await depot.call('technician', 'update.resume', { id: lost.id });
  const job = await depot.call('technician', 'update.await', { id: lost.id });
  assert.deepEqual([job.state, job.versionAfter], ['reverted', 1], String(job.reason));
  assert.equal(part.runningBank, 1);
});

test('REQ-OTA-POL-01 a self-test that the policy names is missing, so that the old bank is started again', async (t) => {
  const { depot, part } = await openDualBankDepot(t);
  await depot.installPolicy({ selfTest: { required: ['pump'], timeoutSeconds: 60 } });
  const job = await depot.update(await depot.approved(version(2)));
  assert.deepEqual([job.state, job.code, job.versionAfter], ['reverted', 'update.self-test-failed', 1]);
  assert.equal(part.runningBank, 1);
});

test('REQ-OTA-USB-04 option bytes that do not read as the profile says are not touched', async (t) => {
  const { depot, part } = await openDualBankDepot(t);
  const digest = await depot.approved(version(2));
  part.chip.optionBytes.read = () => Buffer.alloc(40, 0xff);
  const job = await depot.update(digest);
  assert.deepEqual([job.state, job.code], ['refused', 'device.option-bytes-invalid']);
});

test('REQ-OTA-USB-04 a read-protected part is refused with what to do, and stays as it is', async (t) => {
  const { depot, part } = await openDualBankDepot(t);
  const digest = await depot.approved(version(2));
  part.chip.optionBytes.protect();
  const before = part.chip.flash.snapshot();
  const job = await depot.update(digest);
  assert.deepEqual([job.state, job.code], ['refused', 'device.read-protected']);
  assert.deepEqual(part.chip.flash.snapshot(), before);
});

test('REQ-OTA-SIG-04 a raw image whose MCUboot image is damaged, or states another counter, is not installed', async (t) => {
  const { depot } = await openDualBankDepot(t);
  const damaged = bankImage(2);
  damaged.writeUInt8(damaged.readUInt8(5000) ^ 1, 5000);
  const broken = await depot.approved({ images: [{ bytes: damaged, entry: rawEntry(2) }] });
  assert.equal((await depot.update(broken)).code, 'mcuboot.hash-mismatch');
  const other = await depot.approved({ images: [{ bytes: bankImage(2), entry: rawEntry(7) }] });
  assert.equal((await depot.update(other)).code, 'bundle.image-counter');
});

test('REQ-OTA-USB-03 another unit that takes the place is not written', async (t) => {
  const { depot, part } = await openDualBankDepot(t);
  const digest = await depot.approved(version(2));
  part.boot0 = true;
  depot.bench.bus.powerCycle(POSITION);
  const job = await depot.update(digest);
  assert.deepEqual([job.state, job.code], ['refused', 'device.serial-needed']);
});
