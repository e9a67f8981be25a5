import assert from 'node:assert/strict';
import test from 'node:test';
import type { BusDevice, BusLink } from '../../../simulator/bus-device.ts';
import { ACK, answerData, STALL, type ControlAnswer, type ControlSetup } from '../../../simulator/control.ts';
import { encodeDescriptors, findDescriptor, type DescriptorSet } from '../../../simulator/descriptor-set.ts';
import { FaultPlan } from '../../../simulator/faults.ts';
import { VirtualUsbBus } from '../../../simulator/usb-bus.ts';
import { TestClock } from '../../helpers/test-clock.ts';

/** A device that is no unit at all: it answers GET_DESCRIPTOR and takes everything else. */
class ForeignDevice implements BusDevice {
  readonly faults = new FaultPlan(1);
  readonly descriptors: DescriptorSet;
  readonly seen: ControlSetup[] = [];
  link: BusLink | undefined;
  powered = false;

  constructor(descriptors: DescriptorSet) {
    this.descriptors = descriptors;
  }

  powerOn(): void {
    this.powered = true;
  }

  powerOff(): void {
    this.powered = false;
  }

  usbReset(): void {
    this.link?.reenumerate(0);
  }

  control(setup: ControlSetup): ControlAnswer {
    this.seen.push(setup);
    if (setup.direction === 'out') return ACK;
    const bytes = findDescriptor(this.descriptors, setup.value);
    return bytes === undefined ? STALL : answerData(bytes, setup.lenBytes);
  }

  takeWorkMs(): number {
    return 0;
  }
}

const composite = encodeDescriptors({
  vendorId: 0x0483,
  productId: 0xdf11,
  manufacturer: 'Somebody',
  product: 'Composite thing',
  interfaces: [
    { interfaceNumber: 0, alternate: 0, class: 3, subclass: 0, protocol: 0 },
    {
      interfaceNumber: 1,
      alternate: 0,
      class: 0xfe,
      subclass: 1,
      protocol: 2,
      name: '@Internal Flash  /0x08000000/04*016Kg',
    },
    {
      interfaceNumber: 1,
      alternate: 1,
      class: 0xfe,
      subclass: 1,
      protocol: 2,
      name: '@Option Bytes  /0x1FFFC000/01*016 e',
    },
  ],
  functional: { attributes: 0x0b, detachTimeoutMs: 255, transferBytes: 2048, version: 0x011a },
});

test('REQ-OTA-USB-02 any device can be plugged into the virtual bus, and is seen as its bytes say', async () => {
  const bus = new VirtualUsbBus({ clock: new TestClock() });
  const foreign = new ForeignDevice(composite);
  bus.plug('1-3', foreign);
  assert.ok(foreign.powered);
  assert.equal(bus.deviceAt('1-3'), foreign);
  const [device] = await bus.getDevices();
  assert.ok(device);
  assert.deepEqual(
    [device.vendorId, device.productId, device.manufacturerName, device.productName, device.serialNumber],
    [0x0483, 0xdf11, 'Somebody', 'Composite thing', null],
  );
  const { interfaces } = device.configuration;
  assert.deepEqual(
    interfaces.map(({ interfaceNumber, alternates }) => [
      interfaceNumber,
      ...alternates.map((each) => each.interfaceName),
    ]),
    [
      [0, null],
      [1, '@Internal Flash  /0x08000000/04*016Kg', '@Option Bytes  /0x1FFFC000/01*016 e'],
    ],
  );
  await device.open();
  await assert.rejects(device.claimInterface(2), /interface not found/);
  await device.claimInterface(1);
  await device.selectAlternateInterface(1, 1);
  await assert.rejects(device.selectAlternateInterface(1, 2), /alternate setting not found/);
  assert.deepEqual(
    foreign.seen.map(({ request, value, index }) => [request, value, index]),
    [[11, 1, 1]],
  );
  assert.deepEqual(
    device.configuration.interfaces.map(({ claimed }) => claimed),
    [false, true],
  );
  await device.reset();
  await assert.rejects(device.reset(), /device disconnected/);
});

test('REQ-OTA-USB-02 descriptors by USB 2.0 §9.6: two interfaces, no serial, the functional descriptor of DfuSe', () => {
  const text = Buffer.from(composite.configuration).toString('hex');
  const interfaces = '090400000003000000' + '0904010000fe010205' + '0904010100fe010206';
  assert.equal(text, '09022d00020100' + '8032' + interfaces + '09210bff0000081a01');
  assert.equal(composite.device[16], 0, 'iSerialNumber');
  assert.deepEqual(findDescriptor(composite, 0x0300), Uint8Array.of(4, 3, 0x09, 0x04));
  assert.equal(findDescriptor(composite, 0x0303), undefined);
  assert.equal(findDescriptor(composite, 0x0201), undefined);
  assert.equal(findDescriptor(composite, 0x2100)?.length, 9);
});
