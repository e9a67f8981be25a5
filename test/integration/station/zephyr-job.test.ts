import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { UpdateJobView } from '../../../contract/schema/update-job.ts';
import type { VirtualBench } from '../../../simulator/virtual-bench.ts';
import type { ZephyrGeneration } from '../../../simulator/zephyr/generation.ts';
import type { ZephyrOrder } from '../../../simulator/zephyr/provision-zephyr.ts';
import { VirtualDepot } from '../../helpers/virtual-depot.ts';
import { zephyrDocument, zephyrOrder } from '../../helpers/zephyr-profile.ts';

const generations = ['2.5', 'legacy', 'next'] as const;
const SERIAL = 'VU-0001';
const POSITION = '1-1';

interface ZephyrDepot {
  readonly depot: VirtualDepot;
  /** What the person at the bench was asked, in order. */
  readonly asked: string[];
}

/** A depot with one Zephyr unit, and a person who does what a job asks for, unless there is nobody. */
async function setZephyrDepot(
  t: TestContext,
  generation: ZephyrGeneration,
  options: {
    readonly unit?: Partial<ZephyrOrder>;
    readonly profile?: Readonly<Record<string, unknown>>;
    readonly isUnattended?: boolean;
    /** What happens to the unit in the moment before the person switches it off. */
    readonly beforePowerCycle?: (bench: VirtualBench) => void;
  } = {},
): Promise<ZephyrDepot> {
  const unit = { ...zephyrOrder(generation), ...options.unit };
  const depot = await VirtualDepot.set(t, [unit], { profiles: [zephyrDocument(generation, options.profile)] });
  const asked: string[] = [];
  let lastAsked: string | null = null;
  depot.station.subscribe((event) => {
    if (event.type !== 'job.written') return;
    const { attention } = event.job;
    if (attention !== null && attention.since !== lastAsked) {
      lastAsked = attention.since;
      asked.push(attention.text);
      if (options.isUnattended === true) return;
      setImmediate(() => {
        options.beforePowerCycle?.(depot.bench);
        depot.bench.bus.powerCycle(POSITION);
      });
    }
  });
  return { depot, asked };
}

const failedChecks = (job: UpdateJobView) => job.checks.filter(({ passed }) => !passed).map(({ name }) => name);
const told = (job: UpdateJobView) => `${String(job.code)}: ${String(job.reason)}`;
const running = async (depot: VirtualDepot) => {
  const state = await depot.call('technician', 'device.read', { position: POSITION, enterUpdateMode: true });
  return [state.slots.find(({ role }) => role === 'running')?.counter, state.boot.imageOk, state.boot.swap];
};

for (const generation of generations) {
  test(`REQ-OTA-APP-03 REQ-OTA-TST-01 zephyr-${generation}: a unit is updated, switched off and on by a person, and confirmed by what it did itself`, async (t) => {
    const { depot, asked } = await setZephyrDepot(t, generation);
    const job = await depot.update(await depot.approved());
    assert.equal(job.state, 'confirmed', told(job));
    assert.deepEqual([job.versionBefore, job.versionAfter, job.attention], [1, 2, null]);
    assert.deepEqual(failedChecks(job), []);
    assert.equal(asked.length, 2, 'once to boot the new image, once to bring the unit back into operation');
    assert.ok(job.missingProtections?.includes('no-self-test-report'));
    assert.ok(job.checks.some(({ name }) => name === 'confirmed-by-unit'));
    assert.equal((await depot.bench.bus.getDevices())[0]?.productId, 0x0005, 'in operation');
    assert.deepEqual(await running(depot), [2, true, 'none']);
  });

  test(`REQ-OTA-APP-03 REQ-OTA-TST-01 zephyr-${generation}: a unit that a bus reset brings out of DFU mode is updated without any person`, async (t) => {
    const { depot, asked } = await setZephyrDepot(t, generation, {
      unit: { busReset: 'boots' },
      profile: { resetBy: 'bus-reset' },
      isUnattended: true,
    });
    const job = await depot.update(await depot.approved());
    assert.equal(job.state, 'confirmed', told(job));
    assert.deepEqual([job.versionBefore, job.versionAfter, failedChecks(job)], [1, 2, []]);
    assert.ok(!job.missingProtections?.includes('power-cycle-by-person'));
    assert.equal((await depot.bench.bus.getDevices())[0]?.productId, 0x0005, 'in operation');
    assert.deepEqual(await running(depot), [2, true, 'none']);
    assert.deepEqual(asked, []);
  });

  test(`REQ-OTA-APP-04 zephyr-${generation}: where a bus reset does nothing, whatever the profile says, a person is asked after all`, async (t) => {
    const { depot, asked } = await setZephyrDepot(t, generation, { profile: { resetBy: 'bus-reset' } });
    const job = await depot.update(await depot.approved());
    assert.equal(job.state, 'confirmed', told(job));
    assert.equal(asked.length, 2);
  });

  test(`REQ-OTA-APP-03 REQ-OTA-TST-01 zephyr-${generation}: firmware that does not make itself permanent is put back`, async (t) => {
    const { depot } = await setZephyrDepot(t, generation, { unit: { confirms: 'never' } });
    const job = await depot.update(await depot.approved());
    assert.equal(job.state, 'reverted', told(job));
    assert.equal(job.code, 'update.not-confirmed');
    assert.equal(job.seenOnTrial, true);
    assert.deepEqual(await running(depot), [1, true, 'none']);
  });

  test(`REQ-OTA-TST-01 zephyr-${generation}: an image that the boot loader refuses is told by what runs after the power cycle`, async (t) => {
    const { depot } = await setZephyrDepot(t, generation, {
      beforePowerCycle: (bench) => {
        const { area } = bench.zephyr(SERIAL).board.loader.secondary;
        area.program(4096, new Uint8Array(8));
      },
    });
    const job = await depot.update(await depot.approved());
    assert.deepEqual([job.state, job.code], ['failed', 'update.image-not-booted'], told(job));
    assert.deepEqual(await running(depot), [1, true, 'none']);
  });

  test(`REQ-OTA-APP-04 REQ-OTA-TST-02 zephyr-${generation}: where nobody switches the unit off and on the job is indeterminate, and goes on when it is resumed`, async (t) => {
    const { depot, asked } = await setZephyrDepot(t, generation, { isUnattended: true });
    const job = await depot.update(await depot.approved());
    assert.equal(job.state, 'indeterminate', told(job));
    assert.deepEqual([asked.length, job.attention], [1, null]);
    assert.match(asked[0] ?? '', /switch it off and on/);
    depot.bench.bus.powerCycle(POSITION);
    await depot.login('technician');
    await depot.call('technician', 'update.resume', { id: job.id });
    const ended = await depot.call('technician', 'update.await', { id: job.id });
    assert.equal(ended.state, 'confirmed', told(ended));
    assert.deepEqual(failedChecks(ended).at(-1), 'back-in-operation');
  });
}

test('REQ-OTA-POL-01 zephyr: a policy that requires a self-test by name refuses a unit that reports none', async (t) => {
  const { depot } = await setZephyrDepot(t, '2.5');
  const { document } = await depot.call('administrator', 'policy.show', { product: '*' });
  await depot.installPolicy({ selfTest: { ...document.selfTest, required: ['pump-motor'] } });
  const job = await depot.update(await depot.approved());
  assert.deepEqual([job.state, job.code], ['refused', 'update.self-test-unreported']);
  assert.match(job.reason ?? '', /pump-motor/);
});

test('REQ-OTA-APP-03 zephyr: a unit that reboots by itself after the write needs a person only to leave DFU mode', async (t) => {
  const { depot, asked } = await setZephyrDepot(t, 'legacy', {
    unit: { afterDownload: 'reboot' },
    profile: { afterManifestation: 'reboots' },
  });
  const job = await depot.update(await depot.approved());
  assert.equal(job.state, 'confirmed', told(job));
  assert.equal(asked.length, 1);
  assert.ok(job.missingProtections?.includes('no-read-back'));
});

test('REQ-OTA-APP-03 zephyr: a unit that marks the image permanent is never taken for a confirmed one', async (t) => {
  const { depot } = await setZephyrDepot(t, 'legacy', { unit: { marks: 'perm' } });
  const job = await depot.update(await depot.approved());
  assert.deepEqual([job.state, job.code], ['indeterminate', 'device.marked-permanent']);
  depot.bench.bus.powerCycle(POSITION);
  await depot.call('technician', 'update.resume', { id: job.id });
  const ended = await depot.call('technician', 'update.await', { id: job.id });
  assert.deepEqual([ended.state, ended.code], ['failed', 'update.kept-unproven'], told(ended));
});

test('REQ-OTA-APP-03 zephyr: a unit that does not mark the image at all ends on its old firmware', async (t) => {
  const { depot } = await setZephyrDepot(t, 'next', { unit: { marks: 'nothing' } });
  const job = await depot.update(await depot.approved());
  assert.deepEqual([job.state, job.code], ['failed', 'device.not-pending'], told(job));
  assert.deepEqual(await running(depot), [1, true, 'none']);
});

test('REQ-OTA-RPT-01 zephyr: the report says what units of this kind do not protect against, and verifies', async (t) => {
  const { depot } = await setZephyrDepot(t, '2.5');
  const job = await depot.update(await depot.approved());
  const folder = join(depot.folder, 'report');
  mkdirSync(folder);
  await depot.call('auditor', 'report.export', { jobId: job.id, folder, paper: 'A4' });
  assert.match(job.checks.find(({ name }) => name === 'protections')?.detail ?? '', /reports no self-test/);
});

test('REQ-OTA-VER-01 zephyr: a unit in operation is not taken out of it only to be looked at', async (t) => {
  const { depot } = await setZephyrDepot(t, '2.5');
  const refusal = await depot.refusal('technician', 'device.read', { position: POSITION });
  assert.equal(refusal.code, 'device.wrong-mode');
  assert.equal((await depot.bench.bus.getDevices())[0]?.productId, 0x0005);
});

test('REQ-OTA-OPR-02 zephyr: who may only look at units cannot take one out of operation', async (t) => {
  const { depot } = await setZephyrDepot(t, '2.5');
  const refusal = await depot.refusal('auditor', 'device.read', { position: POSITION, enterUpdateMode: true });
  assert.equal(refusal.code, 'station.permission-denied');
  assert.equal((await depot.bench.bus.getDevices())[0]?.productId, 0x0005, 'in operation');
});

test('REQ-OTA-APP-04 zephyr: an order to cancel during the write leaves the unit on its old firmware, with nothing marked', async (t) => {
  const { depot } = await setZephyrDepot(t, '2.5');
  const cancelled = depot.atFirstProgress((id) => depot.call('technician', 'update.cancel', { id }));
  const job = await depot.update(await depot.approved());
  await cancelled();
  assert.equal(job.state, 'cancelled', told(job));
  assert.match(job.reason ?? '', /Power-cycle the unit/);
  assert.deepEqual(await running(depot), [1, true, 'none']);
});
