import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { UpdateJobView } from '../../../contract/schema/update-job.ts';
import type { VirtualStm32 } from '../../../simulator/stm32/virtual-stm32.ts';
import {
  bankImage,
  HIDDEN_IMAGE_OFFSET,
  openHiddenBitDepot,
  personDoes,
  POSITION,
  rawEntry,
} from '../../helpers/stm32-depot.ts';
import type { VirtualDepot } from '../../helpers/virtual-depot.ts';

const bank = (counter: number, recipe: Parameters<typeof bankImage>[1] = {}) =>
  bankImage(counter, recipe, HIDDEN_IMAGE_OFFSET);
const version = (counter: number, recipe: Parameters<typeof bankImage>[1] = {}) => ({
  images: [{ bytes: bank(counter, recipe), entry: rawEntry(counter) }],
});
const CLOSED: readonly string[] = ['confirmed', 'reverted', 'failed'];
const SEEDS = [1, 2, 3, 4, 5];

async function startRom({ bench }: VirtualDepot, part: VirtualStm32): Promise<void> {
  part.boot0 = true;
  bench.bus.powerCycle(POSITION);
  await bench.bus.settle();
}

/**
 * Whatever state a job was left in, the station, restarted, brings it to an end; a person starts the ROM where the unit is silent.
 * Then the unit is switched off and on once more, without strap, and must run the version that the job names.
 */
async function bringToEnd(
  depot: VirtualDepot,
  part: VirtualStm32,
  first: UpdateJobView,
  what: string,
): Promise<UpdateJobView> {
  let job = first;
  for (let round = 0; round < 3 && !CLOSED.includes(job.state); round += 1) {
    await depot.bench.bus.settle();
    if (part.runningBank === undefined && part.mode !== 'rom') await startRom(depot, part);
    await depot.restart();
    await depot.call('technician', 'update.resume', { id: job.id });
    job = await depot.call('technician', 'update.await', { id: job.id });
  }
  assert.ok(CLOSED.includes(job.state), `${what}: ${job.state}: ${String(job.reason)}`);
  part.boot0 = false;
  depot.bench.bus.powerCycle(POSITION);
  await depot.bench.bus.settle();
  assert.ok(part.runningBank !== undefined, `${what}: no bank starts`);
  const state = await depot.call('technician', 'device.read', { position: POSITION, enterUpdateMode: true });
  const running = state.slots.find(({ role }) => role === 'running');
  assert.equal(running?.counter, job.versionAfter ?? 1, `${what}: ${job.state}: ${String(job.reason)}`);
  assert.equal(running.id, `bank${part.runningBank}`, what);
  return job;
}

/** Counts the flash operations of a job that nothing disturbs, up to its activation and in all. */
async function countOperations(
  t: TestContext,
  banks: readonly Buffer[],
  recipe: ReturnType<typeof version>,
  required: readonly string[],
): Promise<{ readonly staged: number; readonly activated: number; readonly all: number }> {
  const { depot, part } = await openHiddenBitDepot(t, banks);
  if (required.length > 0) await depot.installPolicy({ selfTest: { required: [...required], timeoutSeconds: 60 } });
  const digest = await depot.approved(recipe);
  const before = part.chip.flash.operations;
  const at = new Map<string, number>();
  depot.station.subscribe((event) => {
    if (event.type === 'job.written') at.set(event.job.state, part.chip.flash.operations - before);
  });
  await depot.update(digest);
  return { staged: at.get('staged') ?? 0, activated: at.get('testing') ?? 0, all: part.chip.flash.operations - before };
}

const ways = [
  ['from bank 1 to bank 2', [bank(1)]],
  ['from bank 2 to bank 1', [bank(9), bank(1)]],
] as const;

for (const [way, banks] of ways) {
  test(`REQ-OTA-APP-04 ${way}: a power cut at any erase or write of staging and activation leaves a bank that starts, and a job that ends`, async (t) => {
    const recipe = version(2);
    const { staged, all } = await countOperations(t, banks, recipe, []);
    assert.ok(staged > 8 && all > staged, `${staged} of ${all} operations`);
    const opened = await openHiddenBitDepot(t, banks);
    const digest = await opened.depot.approved(recipe);
    const snapshot = opened.part.chip.flash.snapshot();
    for (let flashOperation = 1; flashOperation <= staged; flashOperation += 1) {
      const { depot, part } = opened;
      depot.bench.bus.unplug(POSITION);
      part.chip.flash.restore(snapshot);
      depot.bench.bus.plug(POSITION, part);
      await depot.bench.bus.settle();
      part.arm({ kind: 'power-cut', flashOperation, restoreAfterMs: 3000 });
      const job = await bringToEnd(depot, part, await depot.update(digest), `operation ${flashOperation}`);
      assert.equal(job.versionAfter ?? 1, 1, `operation ${flashOperation}`);
    }
    for (const seed of SEEDS) {
      for (let flashOperation = staged + 1; flashOperation <= all; flashOperation += 1) {
        const { depot, part } = await openHiddenBitDepot(t, banks, { seed });
        const approved = await depot.approved(recipe);
        part.arm({ kind: 'power-cut', flashOperation, restoreAfterMs: 3000 });
        await bringToEnd(depot, part, await depot.update(approved), `operation ${flashOperation}, seed ${seed}`);
        await depot.close();
      }
    }
  });

  test(`REQ-OTA-APP-04 ${way}: a power cut at any erase or write on the way back leaves a bank that starts, and the old firmware is put back`, async (t) => {
    const recipe = version(2);
    const { activated, all } = await countOperations(t, banks, recipe, ['pump']);
    assert.ok(all > activated, `${activated} of ${all} operations`);
    for (const seed of SEEDS) {
      for (let flashOperation = activated + 1; flashOperation <= all; flashOperation += 1) {
        const { depot, part } = await openHiddenBitDepot(t, banks, { seed });
        await depot.installPolicy({ selfTest: { required: ['pump'], timeoutSeconds: 60 } });
        const digest = await depot.approved(recipe);
        part.arm({ kind: 'power-cut', flashOperation, restoreAfterMs: 3000 });
        const what = `operation ${flashOperation}, seed ${seed}`;
        const job = await bringToEnd(depot, part, await depot.update(digest), what);
        assert.deepEqual([job.state, job.versionAfter], ['reverted', 1], `${what}: ${String(job.reason)}`);
        assert.equal(part.runningBank, banks.length, what);
        await depot.close();
      }
    }
  });
}

test('REQ-OTA-APP-04 a flash that fails at the switch leaves a bank that starts, and a job that ends', async (t) => {
  for (const [way, banks] of ways) {
    const recipe = version(2);
    const { staged, all } = await countOperations(t, banks, recipe, []);
    for (let flashOperation = staged + 1; flashOperation <= all; flashOperation += 1) {
      const { depot, part } = await openHiddenBitDepot(t, banks);
      const digest = await depot.approved(recipe);
      part.arm({ kind: 'flash-failure', flashOperation });
      await bringToEnd(depot, part, await depot.update(digest), `${way}, operation ${flashOperation}`);
      await depot.close();
    }
  }
});

test('REQ-OTA-APP-04 a unit that is unplugged at any request of the switch runs one of its banks, and the job says which', async (t) => {
  for (const [way, banks] of ways) {
    for (let nth = 1; nth <= 5; nth += 1) {
      const { depot, part } = await openHiddenBitDepot(t, banks);
      const digest = await depot.approved(version(2));
      personDoes(depot, () => void startRom(depot, part));
      let isArmed = false;
      depot.station.subscribe((event) => {
        if (event.type !== 'job.written' || event.job.state !== 'activating' || isArmed) return;
        isArmed = true;
        part.arm({ kind: 'unplug', transfer: 'DNLOAD', nth, replugAfterMs: 2000 });
      });
      await bringToEnd(depot, part, await depot.update(digest), `${way}, download ${nth}`);
      await depot.close();
    }
  }
});
