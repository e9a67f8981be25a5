import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UpdateTarget } from '../../../core/device/update-target.ts';
import {
  codeOf,
  ignore,
  loadVirtualProfile,
  makeClone,
  newImage,
  openVirtualStation,
  sha256Hex,
  signedImage,
  streamOf,
} from './virtual-station.ts';

async function readBytes(target: UpdateTarget, lenBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  const read = await target.readBack('application', lenBytes, (bytes) => chunks.push(bytes.slice()), ignore);
  assert.equal(codeOf(read), 'accepted');
  return Buffer.concat(chunks);
}

async function stageAndActivate(target: UpdateTarget, image: Uint8Array): Promise<void> {
  assert.equal(codeOf(await target.enterUpdateMode()), 'accepted');
  assert.equal(codeOf(await target.stage('application', streamOf(image), image.byteLength, ignore)), 'accepted');
  assert.equal(codeOf(await target.markPending('application')), 'accepted');
  assert.equal(codeOf(await target.reboot(60_000)), 'accepted');
}

test('REQ-OTA-APP-03 stages, reads back, activates and confirms an image on a virtual unit', async () => {
  const station = openVirtualStation();
  const { target, profile } = await station.open();
  assert.equal(profile.product, 'drydock.virtual-unit');
  assert.deepEqual(target.identity, { position: '1-2.4', serial: 'VU-0001', profile: 'drydock-virtual-unit' });

  const before = await target.readState();
  assert.ok(before.ok);
  assert.equal(before.value.mode, 'application');
  assert.equal(before.value.slots[0]?.counter, 1);

  assert.equal(codeOf(await target.enterUpdateMode()), 'accepted');
  assert.equal(codeOf(await target.enterUpdateMode()), 'accepted');
  const progress: number[] = [];
  const staged = await target.stage('application', streamOf(newImage), newImage.byteLength, (done) =>
    progress.push(done),
  );
  assert.equal(codeOf(staged), 'accepted');
  assert.equal(progress.at(-1), newImage.byteLength);
  assert.deepEqual(
    progress,
    progress.toSorted((left, right) => left - right),
  );
  assert.equal(sha256Hex(await readBytes(target, newImage.byteLength)), sha256Hex(newImage));

  const stagedState = await target.readState();
  assert.ok(stagedState.ok);
  assert.equal(stagedState.value.slots[1]?.state, 'image');
  assert.equal(codeOf(await target.markPending('application')), 'accepted');
  assert.equal(codeOf(await target.reboot(60_000)), 'accepted');

  const after = await target.readState();
  assert.ok(after.ok);
  assert.equal(after.value.mode, 'application');
  assert.equal(after.value.slots[0]?.counter, 2);
  assert.equal(after.value.slots[0].version, '2.0.0+0');
  assert.equal(after.value.selfTest.state, 'passed');
  assert.equal(after.value.boot.imageOk, true);
  await target.close();
});

test('REQ-OTA-TST-01 a failed self-test is read, and the reset brings the old firmware back', async () => {
  const station = openVirtualStation();
  const { target } = await station.open();
  const failing = signedImage('2.0.0+0', 2, {
    description: { selfTests: [{ name: 'motor', passes: false, detail: 'no current' }] },
  });
  await stageAndActivate(target, failing);
  const trial = await target.readState();
  assert.ok(trial.ok);
  assert.equal(trial.value.slots[0]?.counter, 2);
  assert.equal(trial.value.boot.imageOk, false);
  assert.deepEqual(trial.value.selfTest, {
    state: 'failed',
    results: [{ name: 'motor', passed: false, detail: 'no current' }],
  });

  assert.equal(codeOf(await target.reboot(60_000)), 'accepted');
  const reverted = await target.readState();
  assert.ok(reverted.ok);
  assert.equal(reverted.value.slots[0]?.counter, 1);
  assert.equal(reverted.value.previousSelfTest?.state, 'failed');
  assert.equal(reverted.value.previousSelfTest.counter, 2);
  await target.close();
});

test('REQ-OTA-APP-03 the station confirms where the profile says so', async () => {
  const station = openVirtualStation({ unit: { confirmedBy: 'station' }, profile: { confirmedBy: 'station' } });
  const { target } = await station.open();
  await stageAndActivate(target, newImage);
  const trial = await target.readState();
  assert.ok(trial.ok);
  assert.equal(trial.value.boot.imageOk, false);
  assert.equal(codeOf(await target.confirm()), 'accepted');
  assert.equal(codeOf(await target.reboot(60_000)), 'accepted');
  const after = await target.readState();
  assert.ok(after.ok);
  assert.equal(after.value.slots[0]?.counter, 2);
});

test('REQ-OTA-APP-03 where units confirm themselves the station does not', async () => {
  const station = openVirtualStation();
  const { target } = await station.open();
  assert.equal(codeOf(await target.confirm()), 'device.confirm-unsupported');
});

test('REQ-OTA-APP-03 a unit that marks the image at manifestation needs no request', async () => {
  const station = openVirtualStation({
    unit: { pendingBy: 'manifestation' },
    profile: { pendingBy: 'manifestation' },
  });
  const { target } = await station.open();
  await stageAndActivate(target, newImage);
  const after = await target.readState();
  assert.ok(after.ok);
  assert.equal(after.value.slots[0]?.counter, 2);
});

test('REQ-OTA-APP-03 a unit that does not tolerate manifestation is marked and reset all the same', async () => {
  const station = openVirtualStation({
    unit: { pendingBy: 'manifestation', attributes: 0x0b },
    profile: { pendingBy: 'manifestation', readBack: false },
  });
  const { target } = await station.open();
  await stageAndActivate(target, newImage);
  const after = await target.readState();
  assert.ok(after.ok);
  assert.equal(after.value.slots[0]?.counter, 2);
});

test('REQ-OTA-USB-01 a unit without willDetach is brought to DFU mode by a bus reset', async () => {
  const station = openVirtualStation({ unit: { attributes: 0x07 } });
  const { target } = await station.open();
  assert.equal(codeOf(await target.enterUpdateMode()), 'accepted');
  const state = await target.readState();
  assert.ok(state.ok);
  assert.equal(state.value.mode, 'dfu');
});

test('REQ-OTA-APP-05 a unit without a valid image is brought back from its boot loader', async () => {
  const station = openVirtualStation({ isEmpty: true });
  const { target } = await station.open();
  const before = await target.readState();
  assert.ok(before.ok);
  assert.equal(before.value.mode, 'bootloader');
  assert.equal(before.value.slots[0]?.state, 'empty');
  await stageAndActivate(target, newImage);
  const after = await target.readState();
  assert.ok(after.ok);
  assert.equal(after.value.mode, 'application');
  assert.equal(after.value.slots[0]?.counter, 2);
});

for (const transferBytes of [64, 128, 1024, 4096]) {
  test(`REQ-OTA-USB-01 the bytes in the slot are the bytes of the image with wTransferSize ${transferBytes}`, async () => {
    const station = openVirtualStation({ unit: { transferBytes, blockNumbers: 'checked' } });
    const { target } = await station.open();
    await target.enterUpdateMode();
    assert.equal(
      codeOf(await target.stage('application', streamOf(newImage), newImage.byteLength, ignore)),
      'accepted',
    );
    assert.ok((await readBytes(target, newImage.byteLength)).equals(newImage));
  });
}

for (const pollMs of [0, 1, 100]) {
  test(`REQ-OTA-USB-01 stages to a unit with a poll time-out of ${pollMs} ms in every state`, async () => {
    const pollTimeoutMs = {
      dfuDNBUSY: pollMs,
      'dfuDNLOAD-SYNC': pollMs,
      'dfuDNLOAD-IDLE': pollMs,
      dfuMANIFEST: pollMs,
    };
    const station = openVirtualStation({ unit: { pollTimeoutMs } });
    const { target } = await station.open();
    await target.enterUpdateMode();
    const startMs = station.clock.monotonicMs();
    assert.equal(
      codeOf(await target.stage('application', streamOf(newImage), newImage.byteLength, ignore)),
      'accepted',
    );
    const blocks = Math.ceil(newImage.byteLength / 4096);
    const tookMs = station.clock.monotonicMs() - startMs;
    assert.ok(tookMs >= blocks * pollMs && tookMs <= (2 * blocks + 2) * pollMs, `${tookMs}`);
  });
}

test('REQ-OTA-APP-01 the running slot, an unknown slot and an image without room are refused before the first byte', async () => {
  const station = openVirtualStation();
  const { target } = await station.open();
  assert.equal(codeOf(await target.stage('application', streamOf(newImage), 10, ignore)), 'device.wrong-mode');
  await target.enterUpdateMode();
  const flashBefore = station.virtual.unit('VU-0001').board.flash.operations;
  const slotBytes = loadVirtualProfile().slots['application']?.['slot1']?.sizeBytes ?? 0;
  const stage = (slot: string, lenBytes: number) => target.stage(slot, streamOf(newImage), lenBytes, ignore);
  assert.equal(codeOf(await stage('modem', 10)), 'device.slot-unknown');
  assert.equal(codeOf(await stage('toString', 10)), 'device.slot-unknown');
  assert.equal(codeOf(await stage('application', slotBytes)), 'device.image-too-large');
  assert.equal(codeOf(await stage('application', slotBytes - 4095)), 'device.image-too-large');
  assert.equal(codeOf(await stage('application', 0)), 'device.image-length');
  assert.equal(codeOf(await stage('application', 1.5)), 'device.image-length');
  assert.equal(station.virtual.unit('VU-0001').board.flash.operations, flashBefore);
});

test('REQ-OTA-APP-01 a profile that takes the running slot for the staging slot cannot make Drydock write it', async () => {
  const station = openVirtualStation({
    profile: {
      slots: {
        application: {
          slot0: { alternate: 1, sizeBytes: 524_288, role: 'running' },
          slot1: { alternate: 0, sizeBytes: 524_288, role: 'staging' },
        },
      },
    },
  });
  const { target } = await station.open();
  await target.enterUpdateMode();
  assert.equal(
    codeOf(await target.stage('application', streamOf(newImage), newImage.byteLength, ignore)),
    'device.slot-running',
  );
  assert.equal(codeOf(await target.markPending('application')), 'device.slot-running');
});

test('REQ-OTA-USB-03 one job at a time holds a unit, and gives it back', async () => {
  const station = openVirtualStation();
  const { target } = await station.open();
  assert.equal(codeOf(await station.bench.open('1-2.4')), 'device.in-use');
  await target.close();
  await target.close();
  assert.equal(codeOf(await target.readState()), 'device.closed');
  const { target: again } = await station.open();
  assert.ok((await again.readState()).ok);
  await again.close();
});

test('REQ-OTA-USB-03 clones with equal serials at two positions are two units', async () => {
  const station = openVirtualStation();
  station.virtual.bus.plug('1-2.5', makeClone('VU-0001', station.clock));
  const first = await station.open('1-2.4');
  const second = await station.open('1-2.5');
  await stageAndActivate(first.target, newImage);
  const [updated, untouched] = [await first.target.readState(), await second.target.readState()];
  assert.ok(updated.ok && untouched.ok);
  assert.equal(updated.value.slots[0]?.counter, 2);
  assert.equal(untouched.value.slots[0]?.counter, 1);
  assert.equal(untouched.value.slots[1]?.state, 'empty');
});

test('REQ-OTA-TST-02 a unit that never comes back is no contact, not a guess', async () => {
  const station = openVirtualStation();
  const { target } = await station.open();
  station.virtual.unit('VU-0001').arm({ kind: 'no-return' });
  const back = await target.reboot(60_000);
  assert.equal(codeOf(back), 'device.no-contact');
  assert.equal(codeOf(await target.readState()), 'device.not-found');
});

test('REQ-OTA-TST-02 another serial after the reset is another unit, and is not touched', async () => {
  const station = openVirtualStation();
  const { target } = await station.open();
  station.virtual.unit('VU-0001').arm({ kind: 'other-serial', serial: 'VU-6666' });
  assert.equal(codeOf(await target.reboot(60_000)), 'device.other-unit');
  assert.equal(codeOf(await target.readState()), 'device.other-unit');
  assert.equal(codeOf(await target.enterUpdateMode()), 'device.other-unit');
});

test('REQ-OTA-TST-01 an image that the boot loader refuses is found by what runs after the reset', async () => {
  const station = openVirtualStation();
  const { target } = await station.open();
  const tampered = Buffer.from(newImage);
  tampered[500] = (tampered[500] ?? 0) ^ 1;
  await stageAndActivate(target, tampered);
  const state = await target.readState();
  assert.ok(state.ok);
  assert.equal(state.value.slots[0]?.counter, 1);
});

test('REQ-OTA-APP-03 data that is no image cannot be marked for a test boot', async () => {
  const station = openVirtualStation();
  const { target } = await station.open();
  await target.enterUpdateMode();
  const noise = Buffer.alloc(5000, 0x5a);
  assert.equal(codeOf(await target.stage('application', streamOf(noise), noise.byteLength, ignore)), 'accepted');
  assert.equal(codeOf(await target.markPending('application')), 'device.stalled');
});

test('REQ-OTA-APP-04 a cancelled wait for the unit ends at once', async () => {
  const station = openVirtualStation();
  const { target } = await station.open();
  station.virtual.unit('VU-0001').arm({ kind: 'no-return' });
  const controller = new AbortController();
  controller.abort();
  assert.equal(codeOf(await target.reboot(60_000, controller.signal)), 'device.cancelled');
});

test('REQ-OTA-APP-05 a unit that a killed station left in mid-download is taken up again', async () => {
  const station = openVirtualStation();
  const first = await station.open();
  await first.target.enterUpdateMode();
  station.virtual.unit('VU-0001').arm({ kind: 'unplug', transfer: 'DNLOAD', nth: 2, replugAfterMs: 500 });
  const broken = await first.target.stage('application', streamOf(newImage), newImage.byteLength, ignore);
  assert.equal(codeOf(broken), 'device.unplugged');
  await station.virtual.bus.settle();
  await stageAndActivate(first.target, newImage);
  const state = await first.target.readState();
  assert.ok(state.ok);
  assert.equal(state.value.slots[0]?.counter, 2);
});

test('REQ-OTA-APP-04 a DETACH whose answer is lost still leads to DFU mode', async () => {
  const station = openVirtualStation();
  const { target } = await station.open();
  station.virtual.unit('VU-0001').arm({ kind: 'timeout', applied: true, transfer: 'DETACH', nth: 1 });
  assert.equal(codeOf(await target.enterUpdateMode()), 'accepted');
});

test('REQ-OTA-APP-01 an image that takes all the room below the trailer is installed', async () => {
  const station = openVirtualStation();
  const { target } = await station.open();
  const roomBytes = (loadVirtualProfile().slots['application']?.['slot1']?.sizeBytes ?? 0) - 4096;
  const overheadBytes = signedImage('2.0.0+0', 2, { bodyBytes: 5000 }).byteLength - 5000;
  // The signature's length varies by a byte or two.
  const largest = signedImage('2.0.0+0', 2, { bodyBytes: roomBytes - overheadBytes - 8 });
  await stageAndActivate(target, largest);
  const state = await target.readState();
  assert.ok(state.ok);
  assert.equal(state.value.slots[0]?.counter, 2);
});
