import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findAlternate } from '../../../core/device/dfu/find-alternate.ts';
import { openDfuInterface } from '../../../core/device/dfu/open-interface.ts';
import { UsbLink } from '../../../core/device/usb-link.ts';
import {
  configurationDescriptor,
  descriptorAnswer,
  ScriptedUsbDevice,
  stall,
  stringDescriptor,
  timedOut,
  unplugged,
} from '../../helpers/scripted-usb-device.ts';
import type { DescribedDfu, Transfer } from '../../helpers/scripted-usb-device.ts';
import { TestClock } from '../../helpers/test-clock.ts';
import { noAlarm } from '../../helpers/alarms.ts';

const languages = Uint8Array.of(4, 3, 0x07, 0x04);

async function openWith(
  described: DescribedDfu,
  override: (transfer: Transfer) => Error | undefined = () => undefined,
) {
  const device = new ScriptedUsbDevice({
    respond: (transfer) => override(transfer) ?? descriptorAnswer(described, transfer),
  });
  const link = new UsbLink(device, 'linux', { alarm: noAlarm });
  await link.open();
  const opened = await openDfuInterface({
    link,
    clock: new TestClock(),
    limits: { transferMs: 5000, blockMs: 1, manifestMs: 1, maxPollTimeoutMs: 1 },
    quirks: new Set(),
    interfaceNumber: 0,
    hostTransferBytes: 4096,
  });
  const strings = device.transfers.filter(({ setup }) => setup.value >> 8 === 3).map(({ setup }) => setup);
  return { opened, strings };
}

async function namesOf(described: DescribedDfu): Promise<unknown> {
  const { opened } = await openWith(described);
  assert.ok(opened.ok);
  return opened.value.dfuInterface.alternates.map(({ name }) => name);
}

test('REQ-OTA-USB-01 reads each interface string once, in the first language of the unit', async () => {
  const strings = { 0: languages, 4: stringDescriptor('slot0_partition'), 5: stringDescriptor('slot1_partition') };
  const { opened, strings: asked } = await openWith({ alternates: 2, strings });
  assert.ok(opened.ok);
  assert.deepEqual(opened.value.dfuInterface.alternates, [
    { alternate: 0, name: 'slot0_partition' },
    { alternate: 1, name: 'slot1_partition' },
  ]);
  assert.deepEqual(
    asked.map(({ value, index }) => [value & 0xff, index]),
    [
      [0, 0],
      [4, 0x0407],
      [5, 0x0407],
    ],
  );
});

test('REQ-OTA-USB-01 a string that all alternates share is asked for once, and none in run-time mode', async () => {
  const shared = configurationDescriptor({ alternates: 3 });
  for (const at of [0, 1, 2]) shared[9 + 9 * at + 8] = 4;
  const strings = { 0: languages, 4: stringDescriptor('@Internal Flash') };
  const device = new ScriptedUsbDevice({
    respond: (transfer) =>
      transfer.setup.value === 0x0200 ? shared.subarray(0, transfer.lenBytes) : descriptorAnswer({ strings }, transfer),
  });
  const link = new UsbLink(device, 'linux', { alarm: noAlarm });
  const limits = { transferMs: 5000, blockMs: 1, manifestMs: 1, maxPollTimeoutMs: 1 };
  const options = { link, clock: new TestClock(), limits, quirks: new Set<never>(), interfaceNumber: 0 };
  assert.ok((await openDfuInterface({ ...options, hostTransferBytes: 64 })).ok);
  assert.equal(device.transfers.length, 4);

  const runtime = await openWith({ protocol: 1, alternates: 1, strings });
  assert.ok(runtime.opened.ok);
  assert.deepEqual(runtime.opened.value.dfuInterface.alternates, [{ alternate: 0, name: null }]);
  assert.deepEqual(runtime.strings, []);
});

for (const [what, bytes, name] of [
  ['garbage behind the text', stringDescriptor('image-0\u0007\uffff\uffff'), 'image-0'],
  ['no text at all', Uint8Array.of(2, 3), null],
  ['text that begins with a control character', stringDescriptor('\u001b[2J'), null],
  ['a length beyond what was sent', Uint8Array.of(40, 3, 65, 0), null],
  ['another type', Uint8Array.of(4, 2, 65, 0), null],
  ['half a character at the end', Uint8Array.of(5, 3, 65, 0, 66), 'A'],
  ['more bytes than its length', Uint8Array.of(4, 3, 65, 0, 66, 0), 'A'],
  ['nothing', new Uint8Array(0), null],
  ['126 characters', stringDescriptor('n'.repeat(126)), 'n'.repeat(126)],
] as const) {
  test(`REQ-OTA-USB-04 an interface string with ${what} is ${name === null ? 'no name' : 'cut to what can be printed'}`, async () => {
    assert.deepEqual(await namesOf({ alternates: 1, strings: { 0: languages, 4: bytes } }), [name]);
  });
}

test('REQ-OTA-USB-04 a unit without strings is told by numbers alone', async () => {
  assert.deepEqual(await namesOf({ alternates: 2 }), [null, null]);
  assert.deepEqual(await namesOf({ alternates: 2, strings: { 0: Uint8Array.of(2, 3) } }), [null, null]);
  assert.deepEqual(await namesOf({ alternates: 2, strings: { 0: languages } }), [null, null]);
});

for (const [fault, code] of [
  [stall(), 'accepted'],
  [timedOut(), 'device.timeout'],
  [unplugged(), 'device.unplugged'],
] as const) {
  for (const index of [0, 4]) {
    test(`REQ-OTA-APP-04 "${fault.message}" at string ${index}: ${code}`, async () => {
      const described = { alternates: 1, strings: { 0: languages, 4: stringDescriptor('a') } };
      const { opened } = await openWith(described, ({ setup }) => (setup.value === 0x0300 + index ? fault : undefined));
      assert.equal(opened.ok ? 'accepted' : opened.code, code);
    });
  }
}

test('REQ-OTA-USB-01 an alternate is found by number or by its exact name, never by a name that several have', () => {
  const alternates = [
    { alternate: 0, name: 'image-0' },
    { alternate: 2, name: 'image-1' },
    { alternate: 3, name: '@Flash' },
    { alternate: 4, name: '@Flash' },
    { alternate: 5, name: null },
  ];
  const codeOf = (wanted: number | string) => {
    const found = findAlternate(alternates, wanted);
    return found.ok ? found.value : found.code;
  };
  assert.equal(codeOf(2), 2);
  assert.equal(codeOf('image-1'), 2);
  assert.equal(codeOf(4), 4);
  assert.equal(codeOf('@Flash'), 'device.slot-missing');
  assert.equal(codeOf('IMAGE-1'), 'device.slot-missing');
  assert.equal(codeOf(1), 'device.slot-missing');
  assert.equal(codeOf(''), 'device.slot-missing');
});
