import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDfuInterface } from '../../../core/device/dfu/functional-descriptor.ts';
import { configurationDescriptor } from '../../helpers/scripted-usb-device.ts';

const codeOf = (bytes: Uint8Array) => {
  const result = parseDfuInterface(bytes);
  return result.ok ? 'accepted' : result.code;
};

/** A configuration with a right length around these descriptors. */
function configuration(...descriptors: readonly (readonly number[])[]): Uint8Array {
  const body = descriptors.flat();
  const total = body.length + 9;
  return Uint8Array.from([9, 2, total & 0xff, total >> 8, 1, 1, 0, 0x80, 50, ...body]);
}
const dfuInterface = (alternate = 0, interfaceNumber = 0, protocol = 2) => [
  9,
  4,
  interfaceNumber,
  alternate,
  0,
  0xfe,
  1,
  protocol,
  0,
];
const functional = [9, 0x21, 0x0b, 0xe8, 0x03, 0x00, 0x10, 0x10, 0x01];

test('REQ-OTA-USB-01 reads the DFU interface, its alternates and the functional descriptor', () => {
  const parsed = parseDfuInterface(configurationDescriptor({ attributes: 0x0b, transferBytes: 4096, alternates: 3 }));
  assert.deepEqual(parsed, {
    ok: true,
    value: {
      interfaceNumber: 0,
      mode: 'dfu',
      alternates: [
        { alternate: 0, nameIndex: 4 },
        { alternate: 1, nameIndex: 5 },
        { alternate: 2, nameIndex: 6 },
      ],
      functional: {
        canDownload: true,
        canUpload: true,
        isManifestationTolerant: false,
        willDetach: true,
        detachTimeoutMs: 1000,
        transferBytes: 4096,
        version: 0x0110,
      },
    },
  });
});

test('REQ-OTA-USB-01 tells run-time mode from DFU mode by the protocol', () => {
  const parsed = parseDfuInterface(configurationDescriptor({ protocol: 1, alternates: 1 }));
  assert.ok(parsed.ok);
  assert.equal(parsed.value.mode, 'runtime');
});

test('REQ-OTA-USB-01 finds DFU beside other interfaces, and is not misled by HID, whose descriptor has the same number', () => {
  const hid = [9, 4, 0, 0, 1, 3, 0, 0, 0];
  const hidDescriptor = [9, 0x21, 0x11, 0x01, 0, 1, 0x22, 63, 0];
  const parsed = parseDfuInterface(configuration(hid, hidDescriptor, dfuInterface(0, 1), functional));
  assert.ok(parsed.ok);
  assert.equal(parsed.value.interfaceNumber, 1);
  assert.equal(parsed.value.functional.transferBytes, 4096);
});

test('REQ-OTA-USB-01 accepts the seven-byte functional descriptor of DFU 1.0', () => {
  const parsed = parseDfuInterface(configuration(dfuInterface(), [7, 0x21, 0x0b, 0, 0, 64, 0]));
  assert.ok(parsed.ok);
  assert.equal(parsed.value.functional.version, 0x0100);
});

test('REQ-OTA-USB-04 a unit without a DFU interface is refused by that name', () => {
  assert.equal(codeOf(configuration([9, 4, 0, 0, 1, 3, 0, 0, 0])), 'device.no-dfu-interface');
});

for (const [what, bytes] of [
  ['no bytes', new Uint8Array(0)],
  ['another descriptor', Uint8Array.from([18, 1, 0, 2, 0, 0, 0, 64, 9])],
  ['a stated length below nine', Uint8Array.from([9, 2, 8, 0, 1, 1, 0, 0x80, 50])],
  ['a stated length of 65535', Uint8Array.from([9, 2, 0xff, 0xff, 1, 1, 0, 0x80, 50])],
  ['more bytes than it states', Uint8Array.from([...configuration(dfuInterface(), functional), 0])],
  ['fewer bytes than it states', configuration(dfuInterface(), functional).subarray(0, -1)],
  ['a whole descriptor more than it states', Uint8Array.from([...configuration(dfuInterface(), functional), 2, 0x24])],
  ['a whole descriptor less than it states', configuration(dfuInterface(), functional, [2, 0x24]).subarray(0, -2)],
  ['a descriptor of length 0', configuration(dfuInterface(), [0, 0x21], functional)],
  ['a descriptor of length 1', configuration(dfuInterface(), [1], functional)],
  ['a descriptor that runs over the end', configuration(dfuInterface(), functional, [40, 0x24, 0])],
  ['a short interface descriptor', configuration([8, 4, 0, 0, 0, 0xfe, 1, 2], functional)],
  ['no functional descriptor', configuration(dfuInterface())],
  ['a functional descriptor of another length', configuration(dfuInterface(), [8, 0x21, 0x0b, 0, 0, 64, 0, 0])],
  [
    'functional descriptors that differ',
    configuration(dfuInterface(), functional, [9, 0x21, 0x0b, 0, 0, 64, 0, 0x10, 1]),
  ],
  ['a transfer size of zero', configuration(dfuInterface(), [9, 0x21, 0x0b, 0, 0, 0, 0, 0x10, 1])],
  ['a transfer size of seven', configuration(dfuInterface(), [9, 0x21, 0x0b, 0, 0, 7, 0, 0x10, 1])],
  ['two DFU interfaces', configuration(dfuInterface(0, 0), dfuInterface(0, 1), functional)],
  ['both modes at once', configuration(dfuInterface(0, 0, 1), dfuInterface(1, 0, 2), functional)],
  ['one alternate twice', configuration(dfuInterface(1), dfuInterface(1), functional)],
  ['an unknown protocol', configuration(dfuInterface(0, 0, 3), functional)],
  [
    '17 alternates',
    configuration(...Array.from({ length: 17 }, (_, alternate) => dfuInterface(alternate)), functional),
  ],
] as const) {
  test(`REQ-OTA-USB-04 refuses a configuration with ${what}`, () => {
    assert.equal(codeOf(bytes), 'device.descriptor-invalid');
  });
}
