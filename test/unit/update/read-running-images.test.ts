import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accept } from '../../../contract/result.ts';
import type { DeviceState } from '../../../contract/schema/device.ts';
import type { TargetProfile } from '../../../core/device/update-target.ts';
import { createRunningImageReader } from '../../../core/update/read-running-images.ts';
import { onOld, onTrial, permanent, setStage, type Script } from './step-harness.ts';

/** Reads a unit that follows the script; answers the refusal's code or `read`, and what the unit was asked to do. */
async function read(script: Script, profile: Partial<TargetProfile> = {}): Promise<[string, string[]]> {
  const { context, calls } = setStage(script);
  const { target, pin } = context;
  const opened = accept({ target, pin, profile: { ...context.profile, ...profile } });
  const bench = { open: () => Promise.resolve(opened) };
  const jobs = { openJobAt: () => null };
  const readAt = createRunningImageReader({ clock: context.clock, bench, jobs });
  const result = await readAt('1-1')('p', [{ slot: 'application', compat: ['h'], lenBytes: 10 }]);
  return [result.ok ? 'read' : result.code, calls];
}

const inDfu = (state: DeviceState): DeviceState => ({ ...state, mode: 'dfu' });

test('REQ-OTA-DLT-01 a settled unit is read in DFU mode and restarted', async () => {
  const states = [onOld(), inDfu(onOld())];
  assert.deepEqual(await read({ states }), ['read', ['enterUpdateMode', 'readRunning', 'reboot']]);
});

test('REQ-OTA-DLT-01 a unit that stood in DFU mode is left there', async () => {
  assert.deepEqual(await read({ states: [inDfu(onOld())] }), ['read', ['enterUpdateMode', 'readRunning']]);
});

test('REQ-OTA-DLT-01 a unit that does not come back is no success', async () => {
  const states = [onOld(), inDfu(onOld())];
  assert.equal((await read({ states, reboot: 'device.no-contact' }))[0], 'device.no-contact');
  assert.equal((await read({ states: [onOld(), 'device.unplugged'] }))[0], 'device.unplugged');
});

test('REQ-OTA-DLT-01 a unit that a restart would change, or that cannot be read, is not touched', async () => {
  const pending = permanent({ boot: { swap: 'test', imageOk: true, copyDone: false } });
  assert.deepEqual(await read({ states: [onTrial()] }), ['update.unit-unsettled', []]);
  assert.deepEqual(await read({ states: [pending] }), ['update.unit-unsettled', []]);
  assert.deepEqual(await read({ states: [onOld()] }, { canReadBack: false }), ['device.upload-unsupported', []]);
});
