import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDfuInterface } from '../../../core/device/dfu/open-interface.ts';
import type { QuirkName } from '../../../core/device/dfu/quirk.ts';
import { readSerialText } from '../../../core/device/dfu/serial-text.ts';
import { UsbLink } from '../../../core/device/usb-link.ts';
import { LIMITS, openSession, State, streamChunks } from '../../helpers/scripted-dfu-session.ts';
import {
  configurationDescriptor,
  descriptorAnswer,
  ScriptedUsbDevice,
  stall,
  statusBytes,
  timedOut,
  unplugged,
} from '../../helpers/scripted-usb-device.ts';
import type { DescribedDfu } from '../../helpers/scripted-usb-device.ts';
import { TestClock } from '../../helpers/test-clock.ts';
import { noAlarm } from '../../helpers/alarms.ts';

const ignore = () => undefined;
const image = () => ({ image: streamChunks(new Uint8Array(64)), lenBytes: 64, progress: ignore });
const codeOf = (result: { readonly ok: boolean; readonly code?: string }) => (result.ok ? 'accepted' : result.code);

async function openDescribed(described: DescribedDfu | Uint8Array, ...quirks: readonly QuirkName[]) {
  const device = new ScriptedUsbDevice({
    respond: (transfer) =>
      described instanceof Uint8Array
        ? described.subarray(0, transfer.lenBytes)
        : descriptorAnswer(described, transfer),
  });
  const link = new UsbLink(device, 'linux', { alarm: noAlarm });
  await link.open();
  const options = { link, clock: new TestClock(), limits: LIMITS, interfaceNumber: 0, hostTransferBytes: 4096 };
  return await openDfuInterface({ ...options, quirks: new Set(quirks) });
}

function withVersion(version: number): Uint8Array {
  const bytes = configurationDescriptor({});
  bytes.set([version & 0xff, version >> 8], bytes.byteLength - 2);
  return bytes;
}

test('poll-timeout-ignored: waits 5 ms whatever the unit asks for, be it nothing or an hour', async () => {
  for (const pollMs of [0, 3_600_000]) {
    let isBusy = true;
    const { clock, session } = await openSession(
      (transfer) => {
        if (transfer.name !== 'GETSTATUS' || !isBusy) return 'proper';
        isBusy = false;
        return statusBytes(State.busy, pollMs);
      },
      { quirks: ['poll-timeout-ignored'] },
    );
    assert.ok((await session.download(1, image())).ok);
    assert.deepEqual(clock.sleptMs, [5]);
  }
});

for (const version of [0x0000, 0x0001, 0x0111, 0x0200, 0xff01]) {
  test(`version-1.1 and version-dfuse: DFU version ${version.toString(16)} does not exist and is refused, unless the profile knows better`, async () => {
    const refused = await openDescribed(withVersion(version));
    assert.ok(!refused.ok);
    assert.equal(refused.code, 'device.descriptor-invalid');
    assert.match(refused.reason, /DFU version 0x/);
    for (const [quirk, known] of [
      ['version-1.1', 0x0110],
      ['version-dfuse', 0x011a],
    ] as const) {
      const opened = await openDescribed(withVersion(version), quirk);
      assert.ok(opened.ok);
      assert.equal(opened.value.dfuInterface.functional.version, known);
    }
  });
}

test('REQ-OTA-USB-04 a unit that speaks DfuSe is sent no block of DFU 1.1, which it would carry out as a command', async () => {
  const { device, session } = await openSession(() => 'proper', { quirks: ['version-dfuse'] });
  assert.equal(codeOf(await session.download(1, image())), 'device.dfu-version');
  assert.equal(codeOf(await session.upload(1, { lenBytes: 1, chunk: ignore, progress: ignore })), 'device.dfu-version');
  assert.deepEqual(device.log, []);
});

test('boot-loader-says-runtime: an interface of the run-time mode is the boot loader, with names for its alternates', async () => {
  const described = {
    protocol: 1,
    alternates: 1,
    strings: { 0: Uint8Array.of(4, 3, 9, 4), 4: Uint8Array.of(4, 3, 65, 0) },
  };
  const plain = await openDescribed(described);
  assert.ok(plain.ok);
  assert.equal(plain.value.dfuInterface.mode, 'runtime');
  const corrected = await openDescribed(described, 'boot-loader-says-runtime');
  assert.ok(corrected.ok);
  assert.equal(corrected.value.dfuInterface.mode, 'dfu');
  assert.deepEqual(corrected.value.dfuInterface.alternates, [{ alternate: 0, name: 'A' }]);
});

test('no-runtime-interface: a unit without DFU interface is one that a person must bring to its boot loader', async () => {
  const hid = Uint8Array.from([9, 2, 18, 0, 1, 1, 0, 0x80, 50, 9, 4, 0, 0, 1, 3, 0, 0, 0]);
  assert.equal(codeOf(await openDescribed(hid)), 'device.no-dfu-interface');
  const asked = await openDescribed(hid, 'no-runtime-interface');
  assert.ok(!asked.ok);
  assert.equal(asked.code, 'device.enter-by-hand');
  assert.match(asked.reason, /by hand/);
});

test('upload-broken: nothing is uploaded, whatever the unit offers', async () => {
  const { device, session } = await openSession(() => 'proper', { quirks: ['upload-broken'] });
  const done = await session.upload(1, { lenBytes: 1, chunk: ignore, progress: ignore });
  assert.equal(codeOf(done), 'device.upload-unsupported');
  assert.deepEqual(device.log, []);
});

test('leaves-after-manifest: a unit that is gone or silent after the empty block needs a reset, whatever it claims', async () => {
  for (const last of [unplugged(), timedOut(), stall()]) {
    for (const quirks of [[], ['leaves-after-manifest']] as const) {
      let isManifesting = false;
      const { session } = await openSession(
        (transfer) => {
          if (transfer.name === 'DNLOAD') isManifesting = transfer.data.byteLength === 0;
          return transfer.name === 'GETSTATUS' && isManifesting ? last : 'proper';
        },
        { quirks },
      );
      const done = await session.download(1, image());
      assert.equal(done.ok, quirks.length > 0);
      if (done.ok) assert.equal(done.value, 'reset-needed');
    }
  }
});

test('detach-forced-by-index: bit 8 of wIndex is set in DETACH and in no other request', async () => {
  for (const [quirks, index] of [
    [[], 0],
    [['detach-forced-by-index'], 0x0100],
  ] as const) {
    const { device, session } = await openSession(() => 'proper', { quirks });
    await session.detach();
    await session.recover();
    assert.deepEqual(
      device.transfers.slice(-2).map(({ name, setup }) => [name, setup.index]),
      [
        ['DETACH', index],
        ['GETSTATE', 0],
      ],
    );
  }
});

for (const [quirks, log] of [
  [[], ['reset']],
  [['extra-bus-reset'], ['reset', 'reset']],
  [['no-bus-reset'], []],
  [['detach-to-attach'], ['DETACH']],
  [['transfer-before-attach'], ['UPLOAD 0', 'reset']],
  [
    ['transfer-before-attach', 'upload-broken'],
    ['ABORT', 'reset'],
  ],
  [
    ['transfer-before-attach', 'detach-to-attach'],
    ['UPLOAD 0', 'DETACH'],
  ],
] as const) {
  test(`${quirks.join(' and ') || 'no quirk'}: the unit leaves DFU mode by ${log.join(', ') || 'nothing at all'}`, async () => {
    const { device, session } = await openSession(() => 'proper', { quirks });
    assert.ok((await session.leave()).ok);
    assert.deepEqual(device.log, log);
  });
}

test('a unit that is gone while it leaves DFU mode has done what was asked, one that refuses has not', async () => {
  for (const [answer, code] of [
    [unplugged(), 'accepted'],
    [timedOut(), 'accepted'],
    [stall(), 'device.stalled'],
  ] as const) {
    for (const quirk of ['detach-to-attach', 'transfer-before-attach'] as const) {
      const asked = quirk === 'detach-to-attach' ? 'DETACH' : 'UPLOAD';
      const { session } = await openSession((transfer) => (transfer.name === asked ? answer : 'proper'), {
        quirks: [quirk],
      });
      assert.equal(codeOf(await session.leave()), code, quirk);
    }
  }
});

test('serial-as-bytes: one byte per character is read as such; the plain serial of other units stays as it is', () => {
  const packed = Buffer.from('3CBJ', 'latin1').toString('utf16le');
  assert.equal(readSerialText(packed, new Set()), null);
  assert.equal(readSerialText(packed, new Set(['serial-as-bytes'])), '3CBJ');
  assert.equal(readSerialText(Buffer.from('3CB\0', 'latin1').toString('utf16le'), new Set(['serial-as-bytes'])), '3CB');
  assert.equal(readSerialText('VU-0001', new Set()), 'VU-0001');
});

for (const serial of [undefined, 7, '', 'tab\t', 'é', 'n'.repeat(129), '\u0000'.repeat(4)]) {
  test(`REQ-OTA-USB-04 ${JSON.stringify(serial ?? null).slice(0, 20)} is no serial number, with the quirk or without`, () => {
    assert.equal(readSerialText(serial, new Set()), null);
    if (serial !== 'é') assert.equal(readSerialText(serial, new Set(['serial-as-bytes'])), null);
  });
}
