import assert from 'node:assert/strict';
import { test } from 'node:test';
import { activateImage } from '../../../core/update/steps/activate.ts';
import { resumeActivation } from '../../../core/update/steps/resume-activation.ts';
import { settleOutcome } from '../../../core/update/steps/settle.ts';
import { failed, onOld, onTrial, passed, permanent, setStage, type Script } from './step-harness.ts';
import type { UpdateJob } from '../../../core/update/job.ts';
import type { JobState } from '../../../contract/schema/update-job.ts';

async function settle(script: Script, from: JobState = 'testing', facts: Partial<UpdateJob> = {}) {
  const stage = setStage(script);
  const job = await settleOutcome(stage.context, stage.plan, { ...stage.job(from), ...facts });
  return { job, calls: stage.calls, end: [job.state, job.code, job.versionAfter] };
}

test('REQ-OTA-AUD-03 the event of a move is written before the side effect that it announces', async () => {
  const stage = setStage({ states: [onTrial()] });
  await activateImage(stage.context, stage.plan, stage.job('staged'));
  assert.deepEqual(stage.calls, ['event activating', 'markPending', 'reboot', 'event testing']);

  const { calls } = await settle({ states: [onTrial(), permanent()], confirmedBy: 'station' });
  assert.deepEqual(calls.slice(0, 3), ['event testing', 'event confirming', 'confirm']);
});

test('REQ-OTA-APP-03 where the profile says so the station confirms, and believes it only when the unit shows it', async () => {
  const { end, calls } = await settle({ states: [onTrial(), onTrial(), permanent()], confirmedBy: 'station' });
  assert.deepEqual(end, ['confirmed', null, 2]);
  assert.ok(calls.includes('recordConfirmed 2'));
});

test('REQ-OTA-APP-03 a unit that does not take the confirmation is put back when the time is over', async () => {
  const script: Script = { states: [onTrial()], confirmedBy: 'station', confirm: 'device.not-confirmed' };
  const { job, calls } = await settle(script);
  assert.ok(calls.includes('reboot'));
  // The scripted unit goes on running the new image on trial: that is said, not guessed away.
  assert.deepEqual([job.state, job.code], ['indeterminate', 'update.not-reverted']);
});

test('REQ-OTA-TST-01 a failed self-test leads to one reset, and the old firmware ends the job as reverted', async () => {
  const reverted = onOld('image', { previousSelfTest: { ...failed, counter: 2 } });
  const { end, calls, job } = await settle({ states: [onTrial({ selfTest: failed }), reverted] });
  assert.deepEqual(end, ['reverted', 'update.self-test-failed', 1]);
  assert.equal(calls.filter((call) => call === 'reboot').length, 1);
  assert.deepEqual(job.selfTest, failed);
});

test('REQ-OTA-TST-01 a unit that keeps a failed image for good is called failed and kept, and its history rises', async () => {
  const { end, calls } = await settle({ states: [permanent({ selfTest: failed })] });
  assert.deepEqual(end, ['failed', 'update.kept-unproven', 2]);
  assert.ok(calls.includes('recordConfirmed 2'));
  assert.ok(!calls.includes('reboot'));
});

test('REQ-OTA-TST-01 a self-test that never ends is stopped at the deadline by putting the old firmware back', async () => {
  const states = [
    ...Array.from({ length: 22 }, () => onTrial({ selfTest: { state: 'running', results: [] } })),
    onOld(),
  ];
  const { end } = await settle({ states });
  assert.deepEqual(end, ['reverted', 'update.self-test-timeout', 1]);
});

test('REQ-OTA-TST-02 silence after the reset is indeterminate, and stays so on a second look', async () => {
  assert.deepEqual((await settle({ states: ['device.no-contact'] })).end, ['indeterminate', 'update.no-contact', null]);
  const again = await settle({ states: ['device.no-contact'] }, 'indeterminate');
  assert.deepEqual(again.end, ['indeterminate', 'update.no-contact', null]);
});

test('REQ-OTA-TST-02 a unit that goes silent during its revert is indeterminate, not reverted', async () => {
  const { end } = await settle({ states: [onTrial({ selfTest: failed })], reboot: 'device.no-contact' });
  assert.deepEqual(end, ['indeterminate', 'update.no-contact', null]);
});

test('REQ-OTA-TST-02 an image that is neither the old one nor the new one is named and never confirmed', async () => {
  const { job } = await settle({ states: [onTrial({}, { counter: 9, hash: 'e'.repeat(64) })] });
  assert.deepEqual([job.state, job.code], ['indeterminate', 'update.unexpected-image']);
  assert.match(job.reason ?? '', /security counter 9/);
});

test('REQ-OTA-USB-03 another unit at the position is never judged in the place of the job’s own', async () => {
  const { job } = await settle({ states: [permanent({ serial: 'S2' })] });
  assert.deepEqual([job.state, job.code], ['indeterminate', 'update.other-unit']);
});

test('REQ-OTA-TST-02 an indeterminate unit that is heard of again is judged by what it runs', async () => {
  assert.deepEqual((await settle({ states: [permanent()] }, 'indeterminate')).end, ['confirmed', null, 2]);
  assert.deepEqual((await settle({ states: [onOld()] }, 'indeterminate')).end, ['reverted', 'update.no-contact', 1]);
});

test('an operator can put the old firmware back while the new one is on trial', async () => {
  const { end, calls } = await settle({ states: [onTrial(), onOld()] }, 'testing', {
    puttingBack: true,
    code: 'update.put-back',
  });
  assert.deepEqual(end, ['reverted', 'update.put-back', 1]);
  assert.ok(calls.includes('reboot'));
});

test('REQ-OTA-APP-04 a mark whose answer was lost is not taken for one that was not made', async () => {
  const marked = setStage({ states: [onOld('pending')], markPending: 'device.timeout' });
  const testing = await activateImage(marked.context, marked.plan, marked.job('staged'));
  assert.equal(testing.state, 'testing');
  assert.ok(marked.calls.includes('reboot'));

  const unmarked = setStage({ states: [onOld('image')], markPending: 'device.not-pending' });
  const ended = await activateImage(unmarked.context, unmarked.plan, unmarked.job('staged'));
  assert.deepEqual([ended.state, ended.code], ['failed', 'device.not-pending']);
  assert.ok(!unmarked.calls.includes('reboot'));

  const silent = setStage({ states: ['device.unplugged'], markPending: 'device.unplugged' });
  const unknown = await activateImage(silent.context, silent.plan, silent.job('staged'));
  assert.equal(unknown.state, 'indeterminate');
});

test('REQ-OTA-APP-04 an activation that was interrupted goes on from what the unit says', async () => {
  const cases: readonly (readonly [Script, JobState, boolean])[] = [
    [{ states: [onOld('pending')] }, 'testing', true],
    [{ states: [onTrial()] }, 'testing', false],
    [{ states: [onOld('image')] }, 'failed', false],
    [{ states: ['device.no-contact'] }, 'indeterminate', false],
  ];
  for (const [script, state, reboots] of cases) {
    const stage = setStage(script);
    const job = await resumeActivation(stage.context, stage.plan, stage.job('activating'));
    assert.equal(job.state, state);
    assert.equal(stage.calls.includes('reboot'), reboots);
  }
});

test('REQ-OTA-APP-04 an order to put the old firmware back outlives its lost reset and is never turned into a confirmation', async () => {
  const ordered = { puttingBack: true, code: 'update.put-back' } as const;
  const again = await settle({ states: [onTrial(), onOld()], confirmedBy: 'station' }, 'indeterminate', ordered);
  assert.deepEqual([again.job.state, again.calls.includes('confirm')], ['reverted', false]);
  assert.deepEqual(again.end, ['reverted', 'update.put-back', 1]);
  const back = await settle({ states: [onOld()] }, 'indeterminate', { puttingBack: true, seenOnTrial: true });
  assert.deepEqual(back.end, ['reverted', 'update.put-back', 1]);
  const kept = await settle({ states: [permanent()] }, 'indeterminate', ordered);
  assert.deepEqual(kept.end, ['failed', 'update.kept-unproven', 2]);
});

test('REQ-OTA-TST-02 a permanent image with another swap announced behind it is not called confirmed', async () => {
  for (const selfTest of [passed, failed]) {
    const { end } = await settle({
      states: [permanent({ selfTest, boot: { swap: 'test', imageOk: true, copyDone: true } })],
    });
    assert.deepEqual(end, ['indeterminate', 'update.swap-pending', null]);
  }
});

test('REQ-OTA-TST-01 a unit that still sits in DFU mode is reset once before its old firmware counts as its answer', async () => {
  const { end, calls } = await settle({ states: [onOld('image', { mode: 'dfu' }), onTrial(), permanent()] });
  assert.deepEqual(end, ['confirmed', null, 2]);
  assert.equal(calls.filter((call) => call === 'reboot').length, 1);
  const stuck = await settle({ states: [onOld('image', { mode: 'dfu' })] });
  assert.deepEqual(stuck.end, ['failed', 'update.image-not-booted', 1]);
});

test('REQ-OTA-TST-01 a trial that was seen and ended by itself is not told as a boot that was refused', async () => {
  const running = onTrial({ selfTest: { state: 'running', results: [] } });
  const { end, job } = await settle({ states: [running, onOld()] });
  assert.deepEqual(end, ['reverted', 'update.trial-ended', 1]);
  assert.ok(job.seenOnTrial);
  const healthy = onOld('image', { previousSelfTest: { ...passed, counter: 2 } });
  assert.deepEqual((await settle({ states: [healthy] })).end, ['reverted', 'update.trial-ended', 1]);
});

test('REQ-OTA-APP-05 a recovery that fails has no older firmware to put back, and the unit is not reset for nothing', async () => {
  const stage = setStage({ states: [onTrial({ selfTest: failed })] });
  const expectation = { ...stage.plan.expectation, counterBefore: null, hashBefore: null };
  const job = await settleOutcome(stage.context, { ...stage.plan, expectation }, stage.job('testing'));
  assert.deepEqual([job.state, job.code, job.versionAfter], ['failed', 'update.recovery-failed', 2]);
  assert.ok(!stage.calls.includes('reboot'));
});

test('REQ-OTA-APP-04 a mark whose answer was lost on a unit that already runs the new firmware goes on as a test boot', async () => {
  const stage = setStage({ states: [onTrial()], markPending: 'device.timeout' });
  const job = await activateImage(stage.context, stage.plan, stage.job('staged'));
  assert.deepEqual([job.state, job.versionAfter], ['testing', null]);
});
