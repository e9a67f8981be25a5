import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UpdateTarget } from '../../../core/device/update-target.ts';
import { codeOf, ignore, newImage, signedImage, streamOf } from '../../integration/device/virtual-station.ts';
import { eventually } from '../guest/eventually.ts';
import { RealBench } from '../guest/real-bench.ts';
import { stageAndActivate } from '../guest/stage-and-activate.ts';

async function readBytes(target: UpdateTarget, lenBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  const read = await target.readBack('application', lenBytes, (bytes) => chunks.push(bytes.slice()), ignore);
  assert.equal(codeOf(read), 'accepted');
  return Buffer.concat(chunks);
}

test('REQ-OTA-USB-02 a real kernel lists a served unit with its ids, its serial and its position, and says that it may be opened', async (t) => {
  const real = await RealBench.start(t);
  const [unit] = await real.list();
  assert.deepEqual(unit, {
    position: '1-1',
    profile: 'drydock-virtual-unit',
    vendorId: 0x1209,
    productId: 0x0001,
    serial: 'VU-0001',
    mode: 'runtime',
    place: null,
    access: 'ok',
    accessHint: null,
    clones: [],
  });
});

test('REQ-OTA-APP-03 on a real USB stack a unit is read, bootstrapped, staged, read back, activated, self-tested and confirmed', async (t) => {
  const real = await RealBench.start(t);
  const target = await real.open();
  const before = await target.readState();
  assert.ok(before.ok);
  assert.equal(before.value.slots[0]?.counter, 1);
  assert.equal(codeOf(await target.enterUpdateMode()), 'accepted');
  assert.equal((await real.list())[0]?.productId, 0x0002, 'it came back in DFU mode, at the same position');
  assert.equal(codeOf(await target.stage('application', streamOf(newImage), newImage.byteLength, ignore)), 'accepted');
  assert.ok((await readBytes(target, newImage.byteLength)).equals(newImage));
  assert.equal(codeOf(await target.markPending('application')), 'accepted');
  assert.equal(codeOf(await target.reboot(60_000)), 'accepted');
  const after = await target.readState();
  assert.ok(after.ok);
  assert.equal(after.value.mode, 'application');
  assert.equal(after.value.slots[0]?.counter, 2);
  assert.equal(after.value.selfTest.state, 'passed');
  assert.equal(after.value.boot.imageOk, true);
  await target.close();
});

test('REQ-OTA-TST-01 on a real USB stack a failed self-test is read, and the next reset brings the old firmware back', async (t) => {
  const real = await RealBench.start(t);
  const target = await real.open();
  await stageAndActivate(
    target,
    signedImage('2.0.0+0', 2, { description: { selfTests: [{ name: 'motor', passes: false, detail: 'no current' }] } }),
  );
  const trial = await target.readState();
  assert.ok(trial.ok);
  assert.equal(trial.value.selfTest.state, 'failed');
  assert.equal(codeOf(await target.reboot(60_000)), 'accepted');
  const reverted = await target.readState();
  assert.ok(reverted.ok);
  assert.equal(reverted.value.slots[0]?.counter, 1);
  assert.equal(reverted.value.previousSelfTest?.counter, 2);
  await target.close();
});

test('REQ-OTA-USB-01 a unit without willDetach is brought to DFU mode by a bus reset of the real kernel', async (t) => {
  const real = await RealBench.start(t, [{ attributes: 0x07 }]);
  const target = await real.open();
  assert.equal(codeOf(await target.enterUpdateMode()), 'accepted');
  const state = await target.readState();
  assert.ok(state.ok);
  assert.equal(state.value.mode, 'dfu');
  await target.close();
});

test('REQ-OTA-APP-05 on a real USB stack a unit without an image is brought back from its boot loader', async (t) => {
  const real = await RealBench.start(t, [{ isEmpty: true }]);
  const target = await real.open();
  await stageAndActivate(target, newImage);
  const state = await target.readState();
  assert.ok(state.ok);
  assert.equal(state.value.slots[0]?.counter, 2);
  await target.close();
});

test('REQ-OTA-APP-04 a unit pulled out in the middle of a download: a refusal that says so at once, and after the return all goes on', async (t) => {
  const real = await RealBench.start(t);
  const target = await real.open();
  assert.equal(codeOf(await target.enterUpdateMode()), 'accepted');
  await real.arm('VU-0001', { kind: 'unplug', transfer: 'DNLOAD', nth: 2, replugAfterMs: 500 });
  const stage = () => target.stage('application', streamOf(newImage), newImage.byteLength, ignore);
  assert.equal(codeOf(await stage()), 'device.unplugged');
  await real.seesUnits(1);
  assert.equal(codeOf(await target.enterUpdateMode()), 'accepted');
  assert.equal(codeOf(await stage()), 'accepted');
  assert.ok((await readBytes(target, newImage.byteLength)).equals(newImage));
  await target.close();
});

test('REQ-OTA-APP-04 a request that the unit never answers ends at its deadline, and the next one is served', async (t) => {
  const real = await RealBench.start(t);
  const target = await real.open();
  await real.arm('VU-0001', { kind: 'timeout', transfer: 'INFO', nth: 1 });
  assert.equal(codeOf(await target.readState()), 'device.timeout');
  assert.equal(codeOf(await target.readState()), 'accepted');
  await target.close();
});

test('REQ-OTA-USB-03 the scanner follows units that leave and come back, by the events of the real kernel', async (t) => {
  const real = await RealBench.start(t, [{}, {}]);
  await real.hearsEvents(t, '1-2');
  const seen: string[] = [];
  real.scanner.subscribe((event) => seen.push('unit' in event ? `${event.kind} ${event.unit.position}` : event.kind));
  real.scanner.start();
  await real.seesUnits(2);
  seen.length = 0;
  await real.unplug('1-2');
  await eventually(() => seen.includes('left 1-2'), 'the event that 1-2 has left');
  await real.plug('1-2');
  await eventually(() => seen.includes('arrived 1-2'), 'the event that 1-2 is back');
  assert.deepEqual(seen, ['left 1-2', 'arrived 1-2']);
});

test('REQ-OTA-USB-03 two units with the same serial are two units: each at its port is updated by itself', async (t) => {
  const real = await RealBench.start(t, [{ serial: 'VU-0001' }, { serial: 'VU-0002' }, {}]);
  await real.arm('VU-0002', { kind: 'other-serial', serial: 'VU-0001' });
  const turncoat = await real.open('1-2');
  assert.equal(codeOf(await turncoat.reboot(60_000)), 'device.other-unit');
  await turncoat.close();
  assert.deepEqual(
    (await real.list()).map(({ position, serial }) => `${position} ${serial ?? ''}`),
    ['1-1 VU-0001', '1-2 VU-0001', '1-3 VU-0003'],
  );
  const [first, clone] = [await real.open('1-1'), await real.open('1-2')];
  await stageAndActivate(clone, newImage);
  const states = [await first.readState(), await clone.readState()];
  assert.deepEqual(
    states.map((state) => state.ok && state.value.slots[0]?.counter),
    [1, 2],
  );
  await first.close();
  await clone.close();
});
