import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DfuRequest } from '../../../core/device/dfu/constants.ts';
import { countStuffedBits } from '../../../simulator/bit-stuffing.ts';
import {
  endOfTransfer,
  FULL_SPEED,
  HIGH_SPEED,
  type BusSpeed,
  type WireTransfer,
} from '../../../simulator/bus-speed.ts';
import { BusSegment, BusTime } from '../../../simulator/bus-time.ts';
import { provisionUnit } from '../../../simulator/provision.ts';
import { SeededRandom } from '../../../simulator/seeded-random.ts';
import { VirtualUsbBus } from '../../../simulator/usb-bus.ts';
import { EventClock } from '../../helpers/event-clock.ts';
import { publicKeyPem } from './bench.ts';

/** Zeros need no bit stuffing, which the tables of USB 2.0 leave out. */
function transferOf(lenBytes: number, endsShort = false): WireTransfer {
  return { data: new Uint8Array(lenBytes), packetBytes: 64, endsShort };
}

function countInFirstFrame(speed: BusSpeed, lenBytes: number): number {
  let count = 0;
  for (let endMs = 0; ; count += 1) {
    endMs = endOfTransfer(speed, endMs, transferOf(lenBytes));
    if (endMs > speed.frameMs) return count;
  }
}

function expectMs(actualMs: number, expectedMs: number): void {
  assert.ok(Math.abs(actualMs - expectedMs) < 1e-9, `${actualMs} ms instead of ${expectedMs} ms`);
}

test('REQ-OTA-USB-02 a full-speed frame has room for as many control transfers as USB 2.0 Table 5-2 says', () => {
  const byPayload = [1, 2, 4, 8, 16, 32, 64].map((lenBytes) => countInFirstFrame(FULL_SPEED, lenBytes));
  assert.deepEqual(byPayload, [32, 31, 30, 28, 24, 19, 13]);
});

test('REQ-OTA-USB-02 a microframe has room for as many control transfers as USB 2.0 Table 5-3 says', () => {
  const byPayload = [1, 2, 4, 8, 16, 32, 64].map((lenBytes) => countInFirstFrame(HIGH_SPEED, lenBytes));
  assert.deepEqual(byPayload, [43, 42, 42, 41, 39, 36, 31]);
});

test('REQ-OTA-USB-02 full-speed transfers of 64, 1024 and 4096 bytes take what their packets take by hand', () => {
  expectMs(endOfTransfer(FULL_SPEED, 0, transferOf(64)), (45 + 64) / 1500);
  expectMs(endOfTransfer(FULL_SPEED, 0, transferOf(1024)), (45 + 15 * 13 + 1024) / 1500);
  // 19 packets fit into each frame (Table 5-9); 7 and the status stage are left for the fourth.
  expectMs(endOfTransfer(FULL_SPEED, 0, transferOf(4096)), 3 + (7 * 77 + 12) / 1500);
});

test('REQ-OTA-USB-02 high-speed transfers of 64, 1024 and 4096 bytes take what their packets take by hand', () => {
  expectMs(endOfTransfer(HIGH_SPEED, 0, transferOf(64)), ((173 + 64) / 7500) * 0.125);
  expectMs(endOfTransfer(HIGH_SPEED, 0, transferOf(1024)), ((173 + 15 * 55 + 1024) / 7500) * 0.125);
  // 62 packets fit beside the set-up stage.
  expectMs(endOfTransfer(HIGH_SPEED, 0, transferOf(4096)), 0.125 + ((2 * 119 + 55) / 7500) * 0.125);
});

test('REQ-OTA-USB-02 a transfer without a data stage has two stages, and a short answer of whole packets an empty one more', () => {
  expectMs(endOfTransfer(FULL_SPEED, 0, transferOf(0)), 32 / 1500);
  expectMs(endOfTransfer(FULL_SPEED, 0, transferOf(0, true)), 45 / 1500);
  expectMs(endOfTransfer(FULL_SPEED, 0, transferOf(128, true)), (45 + 2 * 13 + 128) / 1500);
  expectMs(endOfTransfer(FULL_SPEED, 0, transferOf(100, true)), (45 + 13 + 100) / 1500);
});

test('REQ-OTA-USB-02 a transaction that does not fit into the rest of a frame waits for the next one', () => {
  // 30 bytes are left: the set-up stage fits (20), the data packet (77) does not.
  expectMs(endOfTransfer(FULL_SPEED, 4 + 1470 / 1500, transferOf(64)), 5 + (77 + 12) / 1500);
  expectMs(endOfTransfer(FULL_SPEED, 4 + 1490 / 1500, transferOf(64)), 5 + 109 / 1500);
});

test('REQ-OTA-USB-02 a zero is stuffed after six ones, also across bytes', () => {
  assert.equal(countStuffedBits(Uint8Array.of(0x7e)), 1);
  assert.equal(countStuffedBits(Uint8Array.of(0x3e)), 0);
  assert.equal(countStuffedBits(Uint8Array.of(0xe0, 0x07)), 1);
  assert.equal(countStuffedBits(Uint8Array.of(0xe0, 0x03)), 0);
  assert.equal(countStuffedBits(new Uint8Array(64).fill(0xff)), 85);
  const random = new SeededRandom(7);
  const bytes = Uint8Array.from({ length: 65_536 }, () => random.below(256));
  const bitsForEach = (bytes.length * 8) / countStuffedBits(bytes);
  assert.ok(Math.abs(bitsForEach - 126) < 5, `one in ${bitsForEach}`);
});

test('REQ-OTA-USB-02 erased flash takes longer on the wire than zeros do', () => {
  const erased = { ...transferOf(0), data: new Uint8Array(64).fill(0xff) };
  expectMs(endOfTransfer(FULL_SPEED, 0, erased), (45 + 64 + 85 / 8) / 1500);
});

test('REQ-OTA-USB-02 transfers take the time of the wire in sum, however late the clock wakes', async () => {
  const clock = new EventClock(0.7);
  const time = new BusTime(FULL_SPEED, clock);
  const spendMany = async (): Promise<void> => {
    for (let count = 0; count < 1300; count += 1) await time.spend(transferOf(64));
  };
  await clock.run(spendMany());
  let wireMs = 0;
  for (let count = 0; count < 1300; count += 1) wireMs = endOfTransfer(FULL_SPEED, wireMs, transferOf(64));
  assert.ok(wireMs > 94, 'as many bytes as 94.5 frames have');
  assert.ok(Math.abs(clock.monotonicMs() - wireMs) <= 1.7, `${clock.monotonicMs()} ms instead of ${wireMs} ms`);
});

test('REQ-OTA-USB-02 units on one segment share its time, units on segments of their own do not', async () => {
  const measure = async (segments: readonly BusSegment[]): Promise<number> => {
    const clock = new EventClock();
    const spendMany = async (segment: BusSegment): Promise<void> => {
      const time = new BusTime(FULL_SPEED, clock, segment);
      for (let count = 0; count < 20; count += 1) await time.spend(transferOf(4096));
    };
    await clock.run(Promise.all(segments.map(spendMany)));
    return clock.monotonicMs();
  };
  const aloneMs = await measure([new BusSegment()]);
  const shared = new BusSegment();
  expectMs(await measure([new BusSegment(), new BusSegment(), new BusSegment()]), aloneMs);
  const sharedMs = await measure([shared, shared, shared]);
  assert.ok(Math.abs(sharedMs / aloneMs - 3) < 0.05, `${sharedMs} ms for three, ${aloneMs} ms for one`);
});

async function timeTwoDownloads(segment: 'own' | 'shared'): Promise<number> {
  const clock = new EventClock();
  const bus = new VirtualUsbBus({ clock, speed: FULL_SPEED, segment });
  for (const position of ['1-1', '1-2']) {
    bus.plug(position, provisionUnit({ serial: position, imagePublicKey: publicKeyPem, slotBytes: 64 * 1024 }, clock));
  }
  const devices = await bus.getDevices();
  const setup = { requestType: 'class', recipient: 'interface', request: DfuRequest.DNLOAD, index: 0 } as const;
  const download = async (device: (typeof devices)[number]): Promise<void> => {
    await device.open();
    await device.claimInterface(0);
    await device.selectAlternateInterface(0, 1);
    for (let value = 0; value < 8; value += 1) {
      await device.controlTransferOut({ ...setup, value }, new Uint8Array(4096));
      await device.controlTransferIn({ ...setup, request: DfuRequest.GETSTATUS, value: 0 }, 6);
    }
  };
  await clock.run(Promise.all(devices.map(download)));
  return clock.monotonicMs();
}

test('REQ-OTA-USB-02 the bus gives each unit a segment of its own, unless they are to share one', async () => {
  const ownMs = await timeTwoDownloads('own');
  const sharedMs = await timeTwoDownloads('shared');
  assert.ok(ownMs > 8 * 3.3, `${ownMs} ms`);
  assert.ok(sharedMs > 1.9 * ownMs, `${sharedMs} ms shared, ${ownMs} ms with segments of their own`);
});

test('REQ-OTA-USB-02 a unit that is pulled while its bytes are on the wire ends the transfer as disconnected', async () => {
  const clock = new EventClock();
  const bus = new VirtualUsbBus({ clock, speed: FULL_SPEED });
  bus.plug('1-1', provisionUnit({ serial: 'S', imagePublicKey: publicKeyPem, slotBytes: 64 * 1024 }, clock));
  const [device] = await bus.getDevices();
  await device?.open();
  await device?.claimInterface(0);
  const setup = {
    requestType: 'class',
    recipient: 'interface',
    request: DfuRequest.DNLOAD,
    value: 0,
    index: 0,
  } as const;
  const sent = device?.controlTransferOut(setup, new Uint8Array(4096));
  const outcome = assert.rejects(Promise.resolve(sent), /disconnected/);
  await clock.run(clock.sleep(1).then(() => bus.unplug('1-1')));
  await outcome;
});
