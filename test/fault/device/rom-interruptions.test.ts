import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  bankImage,
  openBootstrapDepot,
  openDualBankDepot,
  personDoes,
  POSITION,
  rawEntry,
  recover,
  startRecovery,
  wholeFlash,
} from '../../helpers/stm32-depot.ts';

const whole = (counter: number) => ({
  images: [{ bytes: wholeFlash(counter), entry: rawEntry(counter, 'vu-a') }],
});
const bank = (counter: number) => ({ images: [{ bytes: bankImage(counter), entry: rawEntry(counter) }] });

/** 33 pages are erased, then 34 blocks of 2 KiB are programmed. */
const OPERATIONS = [1, 2, 17, 33, 34, 35, 50, 66, 67];

test('REQ-OTA-APP-04 a unit that loses its power in the middle of a recovery still has its ROM, and the same job goes on when it is back', async (t) => {
  const { depot, part } = await openBootstrapDepot(t);
  const digest = await depot.approved(whole(2), 'recovery');
  // After the last operation something stands at the vectors already, and only the strap leads to the ROM.
  personDoes(depot, () => {
    part.boot0 = true;
    depot.bench.bus.powerCycle(POSITION);
  });
  for (const flashOperation of OPERATIONS) {
    depot.bench.bus.unplug(POSITION);
    part.boot0 = false;
    part.chip.flash.restore(Buffer.alloc(part.chip.sizeBytes, 0xff));
    depot.bench.bus.plug(POSITION, part);
    await depot.bench.bus.settle();
    part.arm({ kind: 'power-cut', flashOperation, restoreAfterMs: 3000 });
    const job = await recover(depot, digest);
    assert.equal(job.state, 'confirmed', `power cut at operation ${flashOperation}: ${String(job.reason)}`);
    assert.ok(
      job.checks.some(({ name }) => name === 'stage-attempt'),
      'the cut was noticed',
    );
  }
});

test('REQ-OTA-APP-04 a unit that is unplugged in the middle of a recovery is asked for again', async (t) => {
  const { depot, part } = await openBootstrapDepot(t);
  const digest = await depot.approved(whole(2), 'recovery');
  let askedTimes = 0;
  const asked = personDoes(depot, () => {
    askedTimes += 1;
    part.boot0 = true;
    depot.bench.bus.plug(POSITION, part);
  });
  for (const transfer of ['DNLOAD', 'GETSTATUS', 'UPLOAD'] as const) {
    askedTimes = 0;
    depot.bench.bus.unplug(POSITION);
    part.boot0 = false;
    part.chip.flash.restore(Buffer.alloc(part.chip.sizeBytes, 0xff));
    depot.bench.bus.plug(POSITION, part);
    await depot.bench.bus.settle();
    part.arm({ kind: 'unplug', transfer, nth: 40 });
    const job = await recover(depot, digest);
    assert.equal(job.state, 'confirmed', `${transfer}: ${String(job.reason)}`);
    assert.equal(askedTimes, 1);
    assert.match(asked.at(-1) ?? '', /written from the start/);
  }
});

test('REQ-OTA-APP-04 a station that is closed in the middle of a recovery goes on with the same job', async (t) => {
  const { depot } = await openBootstrapDepot(t);
  const digest = await depot.approved(whole(2), 'recovery');
  const restarted = depot.atFirstProgress(() => depot.restart());
  const id = await startRecovery(depot, digest);
  await depot.ask('technician', 'update.await', { id });
  await restarted();
  const interrupted = await depot.call('technician', 'update.show', { id });
  assert.equal(interrupted.state, 'staging');
  await depot.call('technician', 'update.resume', { id });
  const job = await depot.call('technician', 'update.await', { id });
  assert.equal(job.state, 'confirmed', String(job.reason));
});

test('REQ-OTA-APP-04 a cancelled recovery says that the unit holds no firmware, and its ROM takes the next one', async (t) => {
  const { depot, part } = await openBootstrapDepot(t);
  const digest = await depot.approved(whole(2), 'recovery');
  const cancelled = depot.atFirstProgress((id) => depot.call('technician', 'update.cancel', { id }));
  const id = await startRecovery(depot, digest);
  const job = await depot.call('technician', 'update.await', { id });
  await cancelled();
  assert.equal(job.state, 'cancelled');
  assert.match(job.reason ?? '', /holds no firmware that was verified/);
  assert.equal(part.mode, 'rom');
  assert.equal((await recover(depot, digest)).state, 'confirmed');
});

test('REQ-OTA-APP-04 a power cut while the other bank is written leaves a dual-bank part on its old firmware', async (t) => {
  const { depot, part } = await openDualBankDepot(t);
  const digest = await depot.approved(bank(2));
  for (const flashOperation of [1, 2, 3, 6, 11]) {
    part.arm({ kind: 'power-cut', flashOperation, restoreAfterMs: 3000 });
    const job = await depot.update(digest);
    assert.equal(job.state, 'failed', String(job.reason));
    await depot.bench.bus.settle();
    assert.equal(part.runningBank, 1, `power cut at operation ${flashOperation}`);
  }
  const job = await depot.update(digest);
  assert.equal(job.state, 'confirmed', String(job.reason));
});

test('REQ-OTA-APP-04 a part that is unplugged around the switch of its banks runs one of them, and the job says which', async (t) => {
  for (const nth of [1, 2, 3, 4, 5, 6]) {
    const { depot, part } = await openDualBankDepot(t);
    const digest = await depot.approved(bank(2));
    let isStaged = false;
    depot.station.subscribe((event) => {
      if (event.type !== 'job.written' || event.job.state !== 'activating' || isStaged) return;
      isStaged = true;
      part.arm({ kind: 'unplug', transfer: 'DNLOAD', nth, replugAfterMs: 2000 });
    });
    const first = await depot.update(digest);
    await depot.bench.bus.settle();
    if (first.state === 'indeterminate') await depot.call('technician', 'update.resume', { id: first.id });
    const job = await depot.call('technician', 'update.await', { id: first.id });
    await depot.bench.bus.settle();
    assert.ok(part.runningBank !== undefined, `unplugged at download ${nth}`);
    const isNew = part.runningBank === 2;
    assert.equal(job.versionAfter, isNew ? 2 : 1, `unplugged at download ${nth}: ${String(job.reason)}`);
    assert.ok((isNew ? ['confirmed'] : ['failed', 'reverted']).includes(job.state), job.state);
  }
});
