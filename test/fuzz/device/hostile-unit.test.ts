import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encode } from 'cborg';
import fc from 'fast-check';
import * as v from 'valibot';
import { isErrorCode } from '../../../contract/error-code.ts';
import { DeviceState } from '../../../contract/schema/device.ts';
import { UsbDeviceBench } from '../../../core/device/device-bench.ts';
import { parseStatus } from '../../../core/device/dfu/dfu-status.ts';
import { parseDfuInterface } from '../../../core/device/dfu/functional-descriptor.ts';
import { parseInfo } from '../../../core/device/scheme/drydock-info/parse-info.ts';
import { parseProfile } from '../../../core/device/profile/parse-profile.ts';
import { ProfileRegistry } from '../../../core/device/profile/profile-registry.ts';
import { placeSlots } from '../../../core/device/scheme/drydock-info/place-slots.ts';
import { UsbScanner } from '../../../core/device/usb-scanner.ts';
import { codeOf, loadVirtualProfile } from '../../integration/device/virtual-station.ts';
import { configurationDescriptor, ScriptedBackend, ScriptedUsbDevice } from '../../helpers/scripted-usb-device.ts';
import { TestClock } from '../../helpers/test-clock.ts';
import { noAlarm } from '../../helpers/alarms.ts';

const SEED = 20261122;

/** Random bytes, and good ones with a few of them changed. */
function nearly(good: Uint8Array, maxLength = 300): fc.Arbitrary<Uint8Array> {
  const edits = fc.array(fc.tuple(fc.nat(good.byteLength - 1), fc.nat(255)), { maxLength: 5 });
  const changed = edits.map((list) => {
    const bytes = good.slice();
    for (const [at, value] of list) bytes[at] = value;
    return bytes;
  });
  return fc.oneof(
    changed,
    fc.uint8Array({ maxLength }),
    fc.nat(good.byteLength).map((end) => good.slice(0, end)),
  );
}

const INFO = encode({
  v: 1,
  product: 'drydock.virtual-unit',
  hardware: 'vu-a',
  serial: 'VU-0001',
  mode: 'dfu',
  slots: [
    {
      alt: 0,
      name: 'image-0',
      role: 'running',
      size: 65_536,
      state: 'confirmed',
      counter: 1,
      hash: new Uint8Array(32),
    },
    { alt: 1, name: 'image-1', role: 'staging', size: 65_536, state: 'image', version: '1.0.0+0' },
  ],
  boot: { swap: 'none', imageOk: false, copyDone: false },
  selfTest: { state: 'not-run', results: [] },
});

test('REQ-OTA-USB-04 no configuration descriptor makes the parser throw, or accept what it should not', () => {
  fc.assert(
    fc.property(nearly(configurationDescriptor({ alternates: 3 })), (bytes) => {
      const parsed = parseDfuInterface(bytes);
      if (!parsed.ok) {
        assert.ok(isErrorCode(parsed.code));
        return;
      }
      assert.ok(parsed.value.functional.transferBytes >= 8);
      assert.ok(parsed.value.alternates.length >= 1 && parsed.value.alternates.length <= 16);
    }),
    { seed: SEED, numRuns: 5000 },
  );
});

test('REQ-OTA-USB-04 no answer to INFO makes the parser throw, and what is accepted follows the contract', () => {
  fc.assert(
    fc.property(nearly(INFO, 4200), (bytes) => {
      const parsed = parseInfo(bytes);
      if (!parsed.ok) {
        assert.equal(parsed.code, 'device.info-invalid');
        return;
      }
      const placed = placeSlots(loadVirtualProfile(), parsed.value);
      assert.ok(placed.ok ? v.is(DeviceState, placed.value) : placed.code === 'device.slot-missing');
    }),
    { seed: SEED, numRuns: 3000 },
  );
});

test('REQ-OTA-USB-04 any CBOR value is an answer or a refusal', () => {
  const value = fc.object({ maxDepth: 3, withNullPrototype: false, values: [fc.string(), fc.integer(), fc.boolean()] });
  fc.assert(
    fc.property(value, (object) => {
      assert.equal(codeOf(parseInfo(encode(object))), 'device.info-invalid');
    }),
    { seed: SEED, numRuns: 500 },
  );
});

test('REQ-OTA-USB-04 no status bytes make the parser throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 8 }), (bytes) => {
      const parsed = parseStatus(bytes);
      if (!parsed.ok) {
        assert.equal(parsed.code, 'device.status-invalid');
        return;
      }
      assert.ok(parsed.value.pollTimeoutMs >= 0 && parsed.value.pollTimeoutMs <= 0xff_ffff);
    }),
    { seed: SEED, numRuns: 3000 },
  );
});

test('REQ-OTA-USB-04 no bytes make the profile reader throw', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        fc.json().map((text) => Buffer.from(text)),
      ),
      (bytes) => {
        assert.equal(codeOf(parseProfile(bytes, 'x.json')), 'device.profile-invalid');
      },
    ),
    { seed: SEED, numRuns: 500 },
  );
});

test('REQ-OTA-USB-04 a unit that answers anything at all never makes a step throw or hang, nor writes to another slot', async () => {
  const registry = ProfileRegistry.create([loadVirtualProfile()]);
  assert.ok(registry.ok);
  const profiles = registry.value;
  const errors = ['endpoint stalled', 'transfer was cancelled', 'device disconnected', 'nonsense'];
  const answer = fc.oneof(
    { weight: 4, arbitrary: fc.constant('proper' as const) },
    fc.uint8Array({ maxLength: 80 }),
    fc
      .tuple(fc.constant(0), fc.nat(9), fc.constant(0), fc.constant(0), fc.nat(11), fc.constant(0))
      .map((bytes) => Uint8Array.from(bytes)),
    fc.constantFrom(...errors).map((message) => new Error(message)),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 40 }), async (answers) => {
      let at = 0;
      // The introduction is proper, so that the hostile answers meet the steps behind it.
      let properLeft = 3;
      const device = new ScriptedUsbDevice({
        respond: (transfer) => {
          const given = properLeft-- > 0 ? 'proper' : (answers[at++ % answers.length] ?? 'proper');
          if (given !== 'proper') return given;
          if (transfer.name === 'GET_DESCRIPTOR') return configurationDescriptor().subarray(0, transfer.lenBytes);
          if (transfer.name === 'INFO') return INFO;
          if (transfer.name === 'GETSTATE') return Uint8Array.of(2);
          if (transfer.name === 'GETSTATUS') return Uint8Array.of(0, 0, 0, 0, 5, 0);
          return transfer.name === 'UPLOAD' ? new Uint8Array(transfer.lenBytes) : undefined;
        },
      });
      const backend = new ScriptedBackend();
      backend.devices = [device];
      const bench = new UsbDeviceBench(new UsbScanner(backend, profiles), {
        clock: new TestClock(),
        platform: 'linux',
        alarm: noAlarm,
      });
      const opened = await bench.open('1-2.4');
      if (!opened.ok) {
        assert.ok(isErrorCode(opened.code));
        return;
      }
      const { target } = opened.value;
      const image = async function* (): AsyncGenerator<Uint8Array> {
        await Promise.resolve();
        yield new Uint8Array(200);
      };
      const ignore = () => undefined;
      const results = [
        await target.readState(),
        await target.enterUpdateMode(),
        await target.stage('application', image(), 200, ignore),
        await target.readBack('application', 200, ignore, ignore),
        await target.markPending('application'),
        await target.reboot(1000),
      ];
      await target.close();
      for (const result of results) assert.ok(result.ok || isErrorCode(result.code));
      assert.ok(device.log.every((call) => !call.startsWith('alternate') || call === 'alternate 0/1'));
    }),
    { seed: SEED, numRuns: 300 },
  );
});
