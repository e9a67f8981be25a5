import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { UpdateJobView } from '../../../contract/schema/update-job.ts';
import {
  bankImage,
  HIDDEN_IMAGE_OFFSET,
  openDualBankDepot,
  openHiddenBitDepot,
  personDoes,
  POSITION,
  rawEntry,
} from '../../helpers/stm32-depot.ts';
import type { VirtualDepot } from '../../helpers/virtual-depot.ts';

const BANK_BYTES = 64 * 1024;
const bank = (counter: number, recipe: Parameters<typeof bankImage>[1] = {}) =>
  bankImage(counter, recipe, HIDDEN_IMAGE_OFFSET);
const version = (counter: number, recipe: Parameters<typeof bankImage>[1] = {}) => ({
  images: [{ bytes: bank(counter, recipe), entry: rawEntry(counter) }],
});
const ended = (job: UpdateJobView) => [job.state, job.code, job.versionBefore, job.versionAfter];
const heldFolder = (depot: VirtualDepot) => join(depot.options.dataFolder, 'held-pages');
const heldFiles = (depot: VirtualDepot) => readdirSync(heldFolder(depot));

/** Runs `deed` once, when a job comes to a state. */
function when(depot: VirtualDepot, state: UpdateJobView['state'], deed: () => void): () => void {
  let isDone = false;
  depot.station.subscribe((event) => {
    if (event.type !== 'job.written' || event.job.state !== state || isDone) return;
    isDone = true;
    deed();
  });
  return () => assert.ok(isDone, `no job came to ${state}`);
}

test('REQ-OTA-APP-01 a part that hides its option bytes is written in the bank that does not run, to and fro', async (t) => {
  const { depot, part } = await openHiddenBitDepot(t);
  await depot.bench.bus.settle();
  assert.equal(part.runningBank, 1);
  for (const [counter, bankAfter] of [
    [2, 2],
    [3, 1],
    [4, 2],
  ] as const) {
    const job = await depot.update(await depot.approved(version(counter)));
    assert.deepEqual(ended(job), ['confirmed', null, counter - 1, counter], String(job.reason));
    assert.equal(part.runningBank, bankAfter);
    depot.bench.bus.powerCycle(POSITION);
    await depot.bench.bus.settle();
    assert.equal(part.runningBank, bankAfter, 'also by itself');
    assert.deepEqual(heldFiles(depot), [], 'nothing is held once the image is confirmed');
  }
  assert.equal(part.chip.flash.overwrittenBytes, 0);
});

test('REQ-OTA-APP-03 an image that is staged is not started by a power cycle before it is activated', async (t) => {
  for (const openDepot of [
    () => openHiddenBitDepot(t),
    async () => {
      const opened = await openDualBankDepot(t);
      opened.part.chip.optionBytes.bankBit = true;
      return opened;
    },
  ]) {
    const { depot, part } = await openDepot();
    const offset = part.chip.options.imageOffset;
    const recipe = { images: [{ bytes: bankImage(2, {}, offset), entry: rawEntry(2) }] };
    const seen: (number | undefined)[] = [];
    const wasStaged = when(depot, 'staged', () => seen.push(part.chip.findBootBank()));
    const job = await depot.update(await depot.approved(recipe));
    wasStaged();
    assert.deepEqual(seen, [1]);
    assert.deepEqual(ended(job), ['confirmed', null, 1, 2], String(job.reason));
    assert.equal(part.runningBank, 2);
  }
});

for (const [from, banks] of [
  [1, [bank(1)]],
  [2, [bank(9), bank(1)]],
] as const) {
  test(`REQ-OTA-APP-03 from bank ${from}: a firmware that hangs is put back through the ROM, which a person starts`, async (t) => {
    const { depot, part } = await openHiddenBitDepot(t, banks);
    const before = part.chip.flash.read((from - 1) * BANK_BYTES, BANK_BYTES);
    const asked = personDoes(depot, () => {
      part.boot0 = true;
      depot.bench.bus.powerCycle(POSITION);
    });
    const job = await depot.update(await depot.approved(version(2, { description: { start: 'hang' } })));
    assert.deepEqual(ended(job), ['reverted', 'update.self-test-failed', 1, 1], String(job.reason));
    assert.equal(asked.length, 1);
    part.boot0 = false;
    depot.bench.bus.powerCycle(POSITION);
    await depot.bench.bus.settle();
    assert.equal(part.runningBank, from);
    assert.deepEqual(part.chip.flash.read((from - 1) * BANK_BYTES, BANK_BYTES), before);
    assert.deepEqual(heldFiles(depot), []);
  });

  test(`REQ-OTA-APP-04 from bank ${from}: a station that is closed while the new bank is on trial puts the old one back from its data folder`, async (t) => {
    const { depot, part } = await openHiddenBitDepot(t, banks);
    const digest = await depot.approved(version(2, { description: { start: 'hang' } }));
    const lost = await depot.update(digest);
    assert.equal(lost.state, 'indeterminate');
    assert.equal(heldFiles(depot).length, 1);
    await depot.restart();
    part.boot0 = true;
    depot.bench.bus.powerCycle(POSITION);
    await depot.bench.bus.settle();
    await depot.call('technician', 'update.resume', { id: lost.id });
    const job = await depot.call('technician', 'update.await', { id: lost.id });
    assert.deepEqual([job.state, job.versionAfter], ['reverted', 1], String(job.reason));
    assert.equal(part.chip.findBootBank(), from);
  });
}

test('REQ-OTA-APP-04 a page that cannot be kept is not taken away: the job ends, and the unit runs what it ran', async (t) => {
  const { depot, part } = await openHiddenBitDepot(t, [bank(9), bank(1)]);
  const digest = await depot.approved(version(2));
  const second = part.chip.flash.read(BANK_BYTES, BANK_BYTES);
  const wasStaged = when(depot, 'staged', () => writeFileSync(heldFolder(depot), ''));
  const job = await depot.update(digest);
  wasStaged();
  assert.deepEqual(ended(job), ['failed', 'device.page-not-kept', 1, 1], String(job.reason));
  assert.equal(part.runningBank, 2);
  assert.deepEqual(part.chip.flash.read(BANK_BYTES, BANK_BYTES), second);
});

test('REQ-OTA-APP-04 a beginning that cannot be kept is not staged', async (t) => {
  const { depot, part } = await openHiddenBitDepot(t);
  const digest = await depot.approved(version(2));
  writeFileSync(heldFolder(depot), '');
  const job = await depot.update(digest);
  assert.deepEqual(ended(job).slice(0, 2), ['failed', 'device.page-not-kept'], String(job.reason));
  assert.equal(part.runningBank, 1);
});

/** A unit whose new firmware hangs in bank 1, with the page of bank 2 in the data folder; the station was restarted. */
async function loseOnTrial(t: TestContext) {
  const { depot, part } = await openHiddenBitDepot(t, [bank(9), bank(1)]);
  const lost = await depot.update(await depot.approved(version(2, { description: { start: 'hang' } })));
  assert.equal(lost.state, 'indeterminate');
  part.boot0 = true;
  depot.bench.bus.powerCycle(POSITION);
  await depot.bench.bus.settle();
  const resume = async () => {
    await depot.restart();
    await depot.call('technician', 'update.resume', { id: lost.id });
    return await depot.call('technician', 'update.await', { id: lost.id });
  };
  return { depot, part, resume };
}

test('REQ-OTA-APP-04 a held page that is missing, damaged or of another part is not written, and the bank is not erased for it', async (t) => {
  const { depot, part, resume } = await loseOnTrial(t);
  const [name] = heldFiles(depot);
  const path = join(heldFolder(depot), name ?? '');
  const whole = readFileSync(path, 'utf8');
  const flash = part.chip.flash.snapshot();
  const document = JSON.parse(whole) as { bytes: string; serial: string };
  const other = Buffer.from(document.bytes, 'base64');
  other[100] = (other[100] ?? 0) ^ 1;
  const damages = [
    whole.slice(0, 200),
    JSON.stringify({ ...document, bytes: other.toString('base64') }),
    JSON.stringify({ ...document, serial: 'VS-0002' }),
    JSON.stringify({ ...document, format: 'drydock-held-page/2' }),
    JSON.stringify({ ...document, romSerial: '000000000000' }),
    JSON.stringify({ ...document, startAddress: 0x0800_0000 }),
    JSON.stringify({ ...document, trialHash: null }),
  ];
  for (const damaged of damages) {
    writeFileSync(path, damaged);
    const job = await resume();
    assert.equal(job.state, 'indeterminate', String(job.reason));
    assert.match(job.reason ?? '', /data folder/);
    assert.deepEqual(part.chip.flash.snapshot(), flash);
  }
  rmSync(path);
  assert.match((await resume()).reason ?? '', /does not hold what the bank bank2/);
  assert.deepEqual(part.chip.flash.snapshot(), flash);
  writeFileSync(path, whole);
  const job = await resume();
  assert.deepEqual([job.state, job.versionAfter], ['reverted', 1], String(job.reason));
  assert.equal(part.chip.findBootBank(), 2);
});

test('REQ-OTA-APP-04 a part that does not take zeros over what is written has its page erased instead', async (t) => {
  for (const overwrites of ['nothing', 'bits'] as const) {
    const { depot, part } = await openHiddenBitDepot(t, [bank(9), bank(1)], { overwrites });
    const job = await depot.update(await depot.approved(version(2)));
    assert.deepEqual(ended(job), ['confirmed', null, 1, 2], String(job.reason));
    const beginning = overwrites === 'bits' ? 0 : 0xff;
    assert.deepEqual(part.chip.flash.read(BANK_BYTES, 8), new Uint8Array(8).fill(beginning));
    assert.equal(part.runningBank, 1);
  }
});

test('REQ-OTA-APP-02 a staged image whose bytes differ anywhere is not activated, also where its beginning is held back', async (t) => {
  const { depot, part } = await openHiddenBitDepot(t);
  const digest = await depot.approved(version(2));
  await depot.installPolicy({ retries: { stage: 0 } });
  await depot.approve(digest);
  part.arm({ kind: 'corrupt-write', transfer: 'DNLOAD', nth: 30 });
  const job = await depot.update(digest);
  assert.equal(job.state, 'failed', String(job.reason));
  assert.equal(part.runningBank, 1);
});

test('REQ-OTA-APP-03 an image whose stack pointer the ROM may not take is not started', async (t) => {
  for (const banks of [[bank(1)], [bank(9), bank(1)]]) {
    const { depot, part } = await openHiddenBitDepot(t, banks);
    const odd = bank(2);
    odd.writeUInt32LE(0x2002_0000, 0);
    const job = await depot.update(await depot.approved({ images: [{ bytes: odd, entry: rawEntry(2) }] }));
    assert.deepEqual(ended(job), ['failed', 'device.not-pending', 1, 1], String(job.reason));
    assert.match(job.reason ?? '', /stackPointers/);
    assert.equal(part.runningBank, banks.length);
  }
});

for (const isHidden of [true, false]) {
  const where = isHidden ? 'hidden option byte' : 'option byte';
  const open = async (t: TestContext, changes: object) => {
    const odd = bank(1);
    odd.writeUInt32LE(0x2003_0000, 0);
    const profile = { imageOffset: HIDDEN_IMAGE_OFFSET, ...changes };
    if (isHidden) return await openHiddenBitDepot(t, [bank(9), odd], {}, profile);
    const opened = await openDualBankDepot(t, { imageOffset: HIDDEN_IMAGE_OFFSET }, [bank(9), odd], profile);
    opened.part.chip.optionBytes.bankBit = true;
    depotRestart(opened);
    return opened;
  };
  const depotRestart = ({ depot }: { depot: VirtualDepot }) => depot.bench.bus.powerCycle(POSITION);

  test(`REQ-OTA-APP-01 ${where}: where it is not clear which bank runs, none is written`, async (t) => {
    const { depot, part } = await open(t, {});
    await depot.bench.bus.settle();
    assert.equal(part.runningBank, 2);
    const before = part.chip.flash.snapshot();
    const job = await depot.update(await depot.approved(version(2)));
    assert.deepEqual([job.state, job.code], ['refused', 'device.boot-bank-unclear'], String(job.reason));
    assert.deepEqual(part.chip.flash.snapshot(), before);
  });

  test(`REQ-OTA-APP-01 ${where}: a part with more RAM is told so by its profile`, async (t) => {
    const stackPointers = { startAddress: '0x20000000', sizeBytes: 320 * 1024 };
    const { depot, part } = await open(t, { stackPointers });
    const job = await depot.update(await depot.approved(version(2)));
    assert.deepEqual(ended(job), ['confirmed', null, 1, 2], String(job.reason));
    assert.equal(part.runningBank, 1);
  });

  test(`REQ-OTA-APP-01 ${where}: a read that fails is never taken for a blank bank`, async (t) => {
    for (let nth = 1; nth <= 14; nth += 1) {
      const stackPointers = { startAddress: '0x20000000', sizeBytes: 320 * 1024 };
      const { depot, part } = await open(t, { stackPointers });
      const digest = await depot.approved(version(2));
      await depot.bench.bus.settle();
      const running = part.chip.flash.read(BANK_BYTES, BANK_BYTES);
      part.arm({ kind: 'timeout', transfer: 'UPLOAD', nth });
      await depot.update(digest);
      assert.deepEqual(part.chip.flash.read(BANK_BYTES + 8, BANK_BYTES - 8), running.subarray(8), `upload ${nth}`);
    }
  });
}

test('REQ-OTA-APP-04 what an earlier job left in the data folder is not taken for this job', async (t) => {
  const { depot, part } = await openHiddenBitDepot(t, [bank(9), bank(1)]);
  const failing = await depot.approved(version(2, { description: { start: 'hang' } }));
  const asked = personDoes(depot, () => {
    part.boot0 = true;
    depot.bench.bus.powerCycle(POSITION);
  });
  mkdirSync(heldFolder(depot), { recursive: true });
  assert.equal((await depot.update(failing)).state, 'reverted');
  part.boot0 = false;
  depot.bench.bus.powerCycle(POSITION);
  await depot.bench.bus.settle();
  const again = await depot.update(failing);
  assert.deepEqual(ended(again), ['reverted', 'update.self-test-failed', 1, 1], String(again.reason));
  assert.equal(asked.length, 2);
  assert.equal(part.chip.findBootBank(), 2);
});

test('REQ-OTA-APP-04 a page that an abandoned try of the same image left is not put into a bank that was written since', async (t) => {
  const { depot, part, resume } = await loseOnTrial(t);
  const path = join(heldFolder(depot), heldFiles(depot)[0] ?? '');
  const left = readFileSync(path);
  const { bundleDigest } = await resume();
  const rewritten = bank(1);
  rewritten.writeUInt32LE(0x2000_9000, 0);
  const flash = Buffer.from(part.chip.flash.snapshot());
  rewritten.copy(flash, BANK_BYTES);
  part.chip.flash.restore(flash);
  writeFileSync(path, left);
  part.boot0 = false;
  depot.bench.bus.powerCycle(POSITION);
  await depot.bench.bus.settle();
  personDoes(depot, () => {
    part.boot0 = true;
    depot.bench.bus.powerCycle(POSITION);
  });
  const job = await depot.update(bundleDigest);
  assert.deepEqual([job.state, job.versionAfter], ['reverted', 1], String(job.reason));
  assert.deepEqual(part.chip.flash.read(BANK_BYTES, rewritten.length), Uint8Array.from(rewritten));
});
