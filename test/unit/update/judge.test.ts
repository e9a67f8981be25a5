import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SlotState, type DeviceState, type SelfTestView, type SlotView } from '../../../contract/schema/device.ts';
import { judge, type Expectation } from '../../../core/update/judge.ts';

const oldHash = 'a'.repeat(64);
const newHash = 'b'.repeat(64);
const expected: Expectation = {
  slot: 'application',
  targetCounter: 7,
  targetHash: newHash,
  counterBefore: 6,
  hashBefore: oldHash,
  requiredTests: ['pump-motor'],
  staleSelfTest: false,
};
const passed: SelfTestView = { state: 'passed', results: [{ name: 'pump-motor', passed: true, detail: '' }] };
const notRun: SelfTestView = { state: 'not-run', results: [] };

function slot(over: Partial<SlotView>): SlotView {
  return {
    id: 'slot0',
    logical: 'application',
    alternate: 0,
    name: 'image-0',
    role: 'running',
    sizeBytes: 4096,
    state: 'testing',
    version: '1.0.0+0',
    counter: 7,
    hash: newHash,
    ...over,
  };
}

function unit(running: Partial<SlotView>, over: Partial<DeviceState> = {}): DeviceState {
  return {
    product: 'p',
    hardware: 'h',
    serial: 's',
    mode: 'application',
    slots: [slot(running), slot({ id: 'slot1', alternate: 1, name: 'image-1', role: 'staging', state: 'image' })],
    boot: { swap: 'none', imageOk: false, copyDone: true },
    selfTest: passed,
    previousSelfTest: null,
    ...over,
  };
}
const old = { counter: 6, hash: oldHash, state: 'confirmed' } as const;

test('REQ-OTA-TST-01 passes where the new image runs and every required test passed', () => {
  assert.deepEqual(judge(unit({}), expected), { kind: 'passed', permanent: false, selfTest: passed });
  const confirmed = unit({}, { boot: { swap: 'none', imageOk: true, copyDone: true } });
  assert.deepEqual(judge(confirmed, expected), { kind: 'passed', permanent: true, selfTest: passed });
});

test('REQ-OTA-TST-01 waits while the self-test has not ended', () => {
  for (const state of ['not-run', 'running'] as const) {
    assert.deepEqual(judge(unit({}, { selfTest: { state, results: [] } }), expected), { kind: 'wait' });
  }
});

test('REQ-OTA-TST-01 an image that is permanent without results is kept, never passed', () => {
  const kept = unit({}, { selfTest: notRun, boot: { swap: 'none', imageOk: true, copyDone: true } });
  assert.deepEqual(judge(kept, expected), { kind: 'kept' });
});

test('REQ-OTA-TST-01 fails where a test failed, naming it, even where the unit says "passed"', () => {
  const results = [{ name: 'pump-motor', passed: false, detail: 'stalled' }];
  for (const state of ['passed', 'failed'] as const) {
    const verdict = judge(unit({}, { selfTest: { state, results } }), expected);
    assert.equal(verdict.kind, 'failed');
    assert.deepEqual('failing' in verdict && verdict.failing, ['pump-motor']);
  }
});

test('REQ-OTA-POL-01 fails where a test that the policy requires is not among the results', () => {
  const verdict = judge(unit({}, { selfTest: { state: 'passed', results: [] } }), expected);
  assert.deepEqual(verdict.kind === 'failed' && verdict.failing, ['pump-motor']);
});

test('believes a unit that says "failed" without naming a test', () => {
  const verdict = judge(unit({}, { selfTest: { state: 'failed', results: passed.results } }), expected);
  assert.deepEqual(verdict.kind === 'failed' && verdict.failing, []);
});

test('REQ-OTA-TST-01 tells a revert from a boot loader that refused the image', () => {
  const failed: SelfTestView = { state: 'failed', results: [{ name: 'pump-motor', passed: false, detail: '' }] };
  const reverted = unit(old, { selfTest: notRun, previousSelfTest: { ...failed, counter: 7 } });
  assert.deepEqual(judge(reverted, expected), { kind: 'reverted', selfTest: failed });
  assert.deepEqual(judge(unit(old, { selfTest: notRun }), expected), { kind: 'not-booted' });
  assert.deepEqual(judge(reverted, { ...expected, staleSelfTest: true }), { kind: 'not-booted' });
  const ofAnotherImage = unit(old, { selfTest: notRun, previousSelfTest: { ...failed, counter: 5 } });
  assert.deepEqual(judge(ofAnotherImage, expected), { kind: 'not-booted' });
});

test('tells images with equal counters apart by their hash', () => {
  const verdict = judge(unit({ hash: 'c'.repeat(64) }), expected);
  assert.deepEqual(verdict, { kind: 'unexpected', counter: 7, hash: 'c'.repeat(64) });
});

test('REQ-OTA-APP-05 sees a unit without a bootable image', () => {
  assert.deepEqual(judge(unit({ state: 'empty', counter: null, hash: null }), expected), { kind: 'no-image' });
  assert.deepEqual(judge({ ...unit({}), slots: [slot({ role: 'staging' })] }, expected), { kind: 'no-image' });
});

test('REQ-OTA-TST-01 never passes unless the running slot holds exactly the target', () => {
  const states = fc.record({
    counter: fc.option(fc.constantFrom(5, 6, 7, 8)),
    hash: fc.option(fc.constantFrom(oldHash, newHash, 'c'.repeat(64))),
    state: fc.constantFrom(...SlotState.options),
    imageOk: fc.boolean(),
  });
  fc.assert(
    fc.property(states, ({ counter, hash, state, imageOk }) => {
      const verdict = judge(
        unit({ counter, hash, state }, { boot: { swap: 'none', imageOk, copyDone: true } }),
        expected,
      );
      const holdsTarget = counter === 7 && hash === newHash && state !== 'empty' && state !== 'invalid';
      assert.equal(verdict.kind === 'passed', holdsTarget);
    }),
    { seed: 20261122, numRuns: 500 },
  );
});
