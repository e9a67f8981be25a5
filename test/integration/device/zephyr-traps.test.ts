import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UsbDeviceBench } from '../../../core/device/device-bench.ts';
import { DfuRequest, DfuState } from '../../../core/device/dfu/constants.ts';
import { ProfileRegistry } from '../../../core/device/profile/profile-registry.ts';
import { listSlots } from '../../../core/device/profile/slots.ts';
import type { UpdateTarget } from '../../../core/device/update-target.ts';
import { UsbScanner, type ScannerOptions } from '../../../core/device/usb-scanner.ts';
import { writePadded } from '../../../simulator/board.ts';
import { nextSwapType } from '../../../simulator/boot-loader/swap-type.ts';
import { readTrailer } from '../../../simulator/boot-loader/trailer.ts';
import { SeededRandom } from '../../../simulator/seeded-random.ts';
import { openVirtualBench } from '../../../simulator/virtual-bench.ts';
import type { ZephyrGeneration } from '../../../simulator/zephyr/generation.ts';
import type { ZephyrUnit } from '../../../simulator/zephyr/zephyr-unit.ts';
import type { ZephyrOrder } from '../../../simulator/zephyr/provision-zephyr.ts';
import { TestClock } from '../../helpers/test-clock.ts';
import { ZEPHYR_SLOT_BYTES, zephyrOrder, zephyrProfile } from '../../helpers/zephyr-profile.ts';
import { codeOf, ignore, imageKey, newImage, oldImage, sha256Hex, signedImage, streamOf } from './virtual-station.ts';
import { noAlarm } from '../../helpers/alarms.ts';

const generations = ['2.5', 'legacy', 'next'] as const;
const POSITION = '1-4';
const SERIAL = 'VU-0001';
const imagePublicKey = imageKey.publicKey.export({ format: 'pem', type: 'spki' }).toString();

/** A Zephyr unit on a bench of its own, opened through its profile. */
async function openUnit(
  generation: ZephyrGeneration,
  options: {
    readonly unit?: Partial<ZephyrOrder>;
    readonly profile?: Readonly<Record<string, unknown>>;
    readonly scanner?: ScannerOptions;
  } = {},
) {
  const clock = new TestClock();
  const order = { ...zephyrOrder(generation), serial: SERIAL, imagePublicKey, factoryImage: oldImage, ...options.unit };
  const virtual = openVirtualBench({ clock, units: [{ ...order, position: POSITION }] });
  const registry = ProfileRegistry.create([zephyrProfile(generation, options.profile)]);
  assert.ok(registry.ok);
  const bench = new UsbDeviceBench(new UsbScanner(virtual.bus, registry.value, options.scanner), {
    clock,
    platform: 'linux',
    alarm: noAlarm,
  });
  const opened = await bench.open(POSITION);
  assert.ok(opened.ok, opened.ok ? '' : opened.reason);
  const unit = virtual.zephyr(SERIAL);
  const { primary, secondary } = unit.board.loader;
  return {
    clock,
    bus: virtual.bus,
    unit,
    secondary,
    target: opened.value.target,
    profile: opened.value.profile,
    plannedSwap: () => nextSwapType(readTrailer(primary), readTrailer(secondary)),
    slot1: () => Buffer.from(secondary.area.read(0, ZEPHYR_SLOT_BYTES)),
  };
}

async function enter(target: UpdateTarget): Promise<void> {
  const entered = await target.enterUpdateMode();
  assert.ok(entered.ok, entered.ok ? '' : entered.reason);
}

const stage = (target: UpdateTarget, image: Uint8Array) =>
  target.stage('application', streamOf(image), image.byteLength, ignore);

async function read(target: UpdateTarget) {
  const state = await target.readState();
  assert.ok(state.ok, state.ok ? '' : `${state.code}: ${state.reason}`);
  return state.value;
}

/** One control transfer past the station, as an earlier host would have sent it. */
function meddle(unit: ZephyrUnit, request: number, data: Uint8Array = new Uint8Array(0)): void {
  const setup = { direction: 'out', type: 'class', recipient: 'interface', request, value: 0, index: 0 } as const;
  unit.control({ ...setup, lenBytes: data.byteLength }, data);
}

for (const generation of generations) {
  test(`REQ-OTA-APP-02 zephyr-${generation}, trap 1: what the unit took with status OK is read back and hashed before it counts`, async () => {
    const { target, secondary, plannedSwap } = await openUnit(generation);
    await enter(target);
    const noise = new SeededRandom(7).bytes(5000);
    assert.equal(codeOf(await stage(target, noise)), 'mcuboot.header-invalid', 'no image leaves the station');
    assert.equal(codeOf(await stage(target, newImage)), 'accepted');
    // The flash lost bytes on the way, and the unit says OK all the same.
    secondary.area.program(1024, new Uint8Array(8));
    assert.equal(codeOf(await target.markPending('application')), 'device.staged-differs');
    assert.equal(plannedSwap(), 'test', 'marked although it is no image any more');
    const state = await read(target);
    assert.deepEqual([state.slots[1]?.state, state.boot.swap], ['invalid', 'test']);
  });

  test(`REQ-OTA-APP-01 zephyr-${generation}, trap 2: an image that reaches into the trailer is refused before the first byte`, async () => {
    const { target, unit } = await openUnit(generation);
    await enter(target);
    const before = unit.flash.operations;
    const tooLarge = signedImage('2.0.0+0', 2, { bodyBytes: ZEPHYR_SLOT_BYTES - 4096 });
    assert.equal(codeOf(await stage(target, tooLarge)), 'device.image-too-large');
    assert.equal(unit.flash.operations, before);
  });

  test(`REQ-OTA-APP-03 zephyr-${generation}, trap 3: a file that brings its own trailer is refused before the first byte`, async () => {
    const { target, unit } = await openUnit(generation);
    await enter(target);
    const before = unit.flash.operations;
    const small = signedImage('2.0.0+0', 2, { bodyBytes: 2000 });
    const padded = Buffer.alloc(10_000, 0xff);
    small.copy(padded);
    padded.writeUInt8(0x01, padded.length - 24);
    Buffer.from('77c295f360d2ef7f3552500f2cb67980', 'hex').copy(padded, padded.length - 16);
    assert.equal(codeOf(await stage(target, padded)), 'mcuboot.trailer-present');
    assert.equal(unit.flash.operations, before);
  });

  test(`REQ-OTA-APP-03 zephyr-${generation}, trap 4: nothing is activated that was not written just now, to the end`, async () => {
    const { target, unit, secondary, plannedSwap } = await openUnit(generation);
    writePadded(secondary.area, newImage);
    await enter(target);
    assert.equal(codeOf(await target.markPending('application')), 'device.not-pending');
    assert.equal(plannedSwap(), 'none');
    assert.equal(codeOf(await stage(target, newImage)), 'accepted');
    meddle(unit, DfuRequest.ABORT);
    assert.equal(codeOf(await target.markPending('application')), 'device.state-unexpected');
    assert.equal(plannedSwap(), 'none', 'an empty block in dfuIDLE would have marked it');
  });

  test(`REQ-OTA-APP-04 zephyr-${generation}, trap 5: a DETACH in DFU mode is led out of, without a person`, async () => {
    const { target, unit } = await openUnit(generation);
    await enter(target);
    meddle(unit, DfuRequest.DETACH);
    assert.notEqual(unit.dfuState, DfuState.dfuIDLE);
    await enter(target);
    assert.equal(unit.dfuState, DfuState.dfuIDLE);
    assert.equal(codeOf(await stage(target, newImage)), 'accepted');
  });

  test(`REQ-OTA-APP-04 zephyr-${generation}, trap 5: where a bus reset starts the unit anew, that leads out of a DETACH in DFU mode`, async () => {
    const profile = { resetBy: 'bus-reset' };
    const { target, unit } = await openUnit(generation, { unit: { busReset: 'boots' }, profile });
    await enter(target);
    meddle(unit, DfuRequest.DETACH);
    assert.notEqual(unit.dfuState, DfuState.dfuIDLE);
    await enter(target);
    assert.equal(codeOf(await stage(target, newImage)), 'accepted');
  });

  test(`REQ-OTA-APP-04 zephyr-${generation}, trap 6: a person is asked for the power cycle that alone ends DFU mode, and waited for`, async () => {
    const { target, bus, clock } = await openUnit(generation);
    await enter(target);
    assert.equal(codeOf(await target.reboot(1000)), 'device.power-cycle-needed', 'nobody to ask');
    const asked: string[] = [];
    let isAnswered = false;
    const startMs = clock.monotonicMs();
    const ask = (kind: string, text: string) => {
      asked.push(`${kind}: ${text}`);
      // The person needs ten minutes.
      void clock.sleep(600_000).then(() => {
        bus.powerCycle(POSITION);
      });
      return () => {
        isAnswered = true;
      };
    };
    assert.equal(codeOf(await target.reboot(1000, undefined, ask)), 'accepted');
    assert.deepEqual([asked.length, isAnswered], [1, true]);
    assert.match(asked[0] ?? '', /power-cycle: .*switch it off and on/);
    assert.ok(clock.monotonicMs() - startMs >= 600_000);
    const identified = await target.identify();
    assert.ok(identified.ok && identified.value === 'runtime');
  });

  test(`REQ-OTA-APP-04 zephyr-${generation}, trap 6: a person who does not come is no contact, and the request is taken back`, async () => {
    const scanner = { placeAt: () => ({ name: 'Bench 3 left', number: 3 }) };
    const { target, clock } = await openUnit(generation, { scanner });
    await enter(target);
    let isTakenBack = false;
    const startMs = clock.monotonicMs();
    const ask = () => () => {
      isTakenBack = true;
    };
    const missed = await target.reboot(1000, undefined, ask);
    assert.equal(codeOf(missed), 'device.no-contact');
    assert.match(missed.ok ? '' : missed.reason, /position Bench 3 left \(1-4\) was not switched off and on/);
    assert.ok(isTakenBack);
    assert.ok(clock.monotonicMs() - startMs <= 901_000);
  });

  test(`REQ-OTA-APP-02 zephyr-${generation}, trap 7: a slot that ends early, or goes on, is not taken for one that was read`, async () => {
    for (const sizeBytes of [ZEPHYR_SLOT_BYTES / 2, ZEPHYR_SLOT_BYTES + 1024]) {
      const { slots } = zephyrProfile(generation);
      const [slot0, slot1] = listSlots(slots).map(({ alternate, role }) => ({ alternate, role, sizeBytes }));
      const { target } = await openUnit(generation, { profile: { slots: { application: { slot0, slot1 } } } });
      assert.equal(codeOf(await target.readState()), 'device.slot-size');
    }
  });

  test(`REQ-OTA-USB-01 zephyr-${generation}, traps 7, 8 and 9: blocks are of the unit's own size, both ways, and in order`, async () => {
    const { target, slot1, profile } = await openUnit(generation, { unit: { transferBytes: 64 } });
    assert.equal(profile.canReadBack, true);
    await enter(target);
    assert.equal(codeOf(await stage(target, newImage)), 'accepted');
    assert.equal(codeOf(await target.markPending('application')), 'accepted');
    assert.ok(slot1().subarray(0, newImage.length).equals(newImage));
    const chunks: Uint8Array[] = [];
    const keep = (bytes: Uint8Array) => void chunks.push(bytes.slice());
    assert.equal(codeOf(await target.readBack('application', newImage.length, keep, ignore)), 'accepted');
    assert.equal(sha256Hex(Buffer.concat(chunks)), sha256Hex(newImage));
  });

  test(`REQ-OTA-APP-02 zephyr-${generation}, trap 10: an older image's tail behind the new one does not disturb the comparison`, async () => {
    const { target, secondary, slot1 } = await openUnit(generation);
    const small = signedImage('2.0.0+0', 2, { bodyBytes: 2000 });
    writePadded(secondary.area, newImage);
    await enter(target);
    assert.equal(codeOf(await stage(target, small)), 'accepted');
    assert.equal(codeOf(await target.markPending('application')), 'accepted');
    assert.ok(
      slot1()
        .subarray(4096, newImage.length)
        .some((byte) => byte !== 0xff),
      'the old tail is there',
    );
    const chunks: Uint8Array[] = [];
    const keep = (bytes: Uint8Array) => void chunks.push(bytes.slice());
    assert.equal(codeOf(await target.readBack('application', small.length, keep, ignore)), 'accepted');
    assert.equal(sha256Hex(Buffer.concat(chunks)), sha256Hex(small));
    assert.equal((await read(target)).slots[1]?.version, '2.0.0+0');
  });

  test(`REQ-OTA-APP-04 zephyr-${generation}, trap 11: a download that another host left half done is aborted and begun again`, async () => {
    const { target, unit, slot1 } = await openUnit(generation);
    await enter(target);
    meddle(unit, DfuRequest.DNLOAD, newImage.subarray(0, 64));
    await enter(target);
    assert.equal(unit.dfuState, DfuState.dfuIDLE);
    assert.equal(codeOf(await stage(target, newImage)), 'accepted');
    assert.equal(codeOf(await target.markPending('application')), 'accepted');
    assert.ok(slot1().subarray(0, newImage.length).equals(newImage));
  });

  test(`REQ-OTA-USB-03 zephyr-${generation}, trap 12: the unit is followed over its change of product id by position and serial`, async () => {
    const { target, bus } = await openUnit(generation);
    const idOf = async () => (await bus.getDevices())[0]?.productId;
    assert.equal(await idOf(), 0x0005);
    await enter(target);
    assert.equal(await idOf(), 0xffff);
    assert.equal((await read(target)).serial, SERIAL);
  });
}

test('REQ-OTA-USB-03 zephyr-next, trap 12: a unit that hides its serial in DFU mode is not taken for the one it was', async () => {
  const { target } = await openUnit('next', { unit: { serialInDfuMode: false } });
  assert.equal(codeOf(await target.enterUpdateMode()), 'device.other-unit');
});

test('REQ-OTA-VER-01 zephyr: a unit that does not show the slot it runs from cannot be updated, and says what is missing', async () => {
  const { target } = await openUnit('next', { unit: { slot0Alternate: false } });
  assert.equal(codeOf(await target.readState()), 'device.slot-missing');
});

test('REQ-OTA-USB-01 zephyr: the application is left alone for as long as its profile says, then read in DFU mode', async () => {
  const { target, clock, bus } = await openUnit('2.5', { profile: { undisturbedMs: 20_000 } });
  const startMs = clock.monotonicMs();
  await read(target);
  assert.ok(clock.monotonicMs() - startMs >= 20_000);
  assert.equal((await bus.getDevices())[0]?.productId, 0xffff);
});

test('REQ-OTA-MAN-02 zephyr: the hardware is what the profile names for bcdDevice, and an unknown revision is refused', async () => {
  const known = await openUnit('2.5', { profile: { hardware: { bcdDevice: { '0100': 'vu-b' } } } });
  assert.equal((await read(known.target)).hardware, 'vu-b');
  const unknown = await openUnit('2.5', { profile: { hardware: { bcdDevice: { '0900': 'vu-b' } } } });
  assert.equal(codeOf(await unknown.target.readState()), 'device.hardware-unknown');
});

test('REQ-OTA-APP-03 zephyr: a trial, a confirmed image and a revert are told apart by the trailers', async () => {
  const { target, bus, unit } = await openUnit('2.5', { unit: { confirms: 'never' } });
  const stateOf = async () => {
    const { slots, boot } = await read(target);
    return [slots[0]?.version, slots[0]?.state, slots[1]?.version, slots[1]?.state, boot.swap, boot.imageOk];
  };
  assert.deepEqual(await stateOf(), ['1.0.0+0', 'confirmed', null, 'empty', 'none', true]);
  assert.equal(codeOf(await stage(target, newImage)), 'accepted');
  assert.equal(codeOf(await target.markPending('application')), 'accepted');
  assert.deepEqual(await stateOf(), ['1.0.0+0', 'confirmed', '2.0.0+0', 'pending', 'test', true]);
  bus.powerCycle(POSITION);
  assert.deepEqual(await stateOf(), ['2.0.0+0', 'testing', '1.0.0+0', 'image', 'revert', false]);
  bus.powerCycle(POSITION);
  assert.deepEqual(await stateOf(), ['1.0.0+0', 'confirmed', '2.0.0+0', 'image', 'none', true]);
  assert.equal(unit.options.serial, SERIAL);
});
