import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DfuPort } from '../../../../core/device/dfu/dfu-port.ts';
import type { QuirkName } from '../../../../core/device/dfu/quirk.ts';
import { awaitDownload } from '../../../../core/device/dfuse/await-download.ts';
import { checkCommands } from '../../../../core/device/dfuse/commands.ts';
import { UsbLink } from '../../../../core/device/usb-link.ts';
import { noAlarm } from '../../../helpers/alarms.ts';
import { CountingClock, State } from '../../../helpers/scripted-dfu-session.ts';
import { ScriptedUsbDevice, stall, statusBytes, type Answer } from '../../../helpers/scripted-usb-device.ts';

/** A unit that answers GETSTATUS with these, one after the other, and the last one for ever. */
async function unitThatAnswers(answers: readonly Answer[], settings: { upload?: Answer; quirks?: QuirkName[] } = {}) {
  let asked = 0;
  const device = new ScriptedUsbDevice({
    respond: ({ name }) => {
      if (name === 'GETSTATE') return Uint8Array.of(State.idle);
      if (name === 'UPLOAD') return settings.upload;
      if (name !== 'GETSTATUS') return undefined;
      asked += 1;
      return answers[Math.min(asked, answers.length) - 1];
    },
  });
  const link = new UsbLink(device, 'linux', { alarm: noAlarm });
  assert.ok((await link.open()).ok);
  const clock = new CountingClock();
  const limits = { transferMs: 100, blockMs: 100, manifestMs: 100, massEraseMs: 100, maxPollTimeoutMs: 100 };
  const context = {
    port: new DfuPort(link, 0, 100),
    clock,
    limits,
    quirks: new Set(settings.quirks),
    speaksDfuse: true,
    unitTransferBytes: 64,
    blockBytes: 64,
  };
  return { device, clock, context };
}

const busy = (pollMs = 0) => statusBytes(State.busy, pollMs);
const done = statusBytes(State.dnloadIdle);

async function outcome(answers: readonly Answer[], quirks: QuirkName[] = []): Promise<[string, number[]]> {
  const { clock, context } = await unitThatAnswers(answers, { quirks });
  const result = await awaitDownload(context, { what: 'a test', deadlineMs: 500 });
  return [result.ok ? 'accepted' : result.code, clock.sleptMs];
}

test('REQ-OTA-USB-04 a unit that says that it is done before it has begun has done nothing (AN3156 §4)', async () => {
  assert.deepEqual(await outcome([done]), ['device.state-unexpected', []]);
  assert.deepEqual(await outcome([busy(7), done]), ['accepted', [7]]);
  for (const state of [State.idle, State.sync, State.manifest, State.uploadIdle]) {
    assert.equal((await outcome([busy(), statusBytes(state)]))[0], 'device.state-unexpected');
  }
});

test('REQ-OTA-USB-04 an error counts whatever state goes with it, and so does the error state without an error', async () => {
  for (const state of [State.busy, State.dnloadIdle, State.error]) {
    assert.equal((await outcome([busy(), statusBytes(state, 0, 6)]))[0], 'device.err-prog');
  }
  assert.equal((await outcome([busy(), statusBytes(State.error)]))[0], 'device.err-unknown');
});

test('REQ-OTA-USB-01 a stall counts as busy only while the unit has asked for a pause', async () => {
  assert.deepEqual(await outcome([stall(), busy(5), done]), ['device.stalled', []]);
  assert.deepEqual(await outcome([busy(0), stall(), done]), ['device.stalled', []]);
  assert.deepEqual(await outcome([busy(5), stall(), stall(), stall(), done]), ['accepted', [5, 5, 5, 5]]);
  assert.deepEqual(await outcome([busy(5), stall(), busy(9), stall(), stall(), stall(), done]), [
    'accepted',
    [5, 5, 9, 9, 9, 9],
  ]);
});

test('REQ-OTA-USB-04 a unit that is busy for ever, without a pause, is asked a bounded number of times', async () => {
  const [code, slept] = await outcome([busy(0)]);
  assert.equal(code, 'device.busy-too-long');
  assert.ok(slept.length > 0 && slept.every((ms) => ms === 10));
});

test('REQ-OTA-USB-01 poll-timeout-ignored: a garbage pause is not waited for with DfuSe either', async () => {
  assert.deepEqual(await outcome([busy(0xffffff), done], ['poll-timeout-ignored']), ['accepted', [5]]);
  assert.deepEqual(await outcome([busy(0xffffff), done]), ['device.poll-timeout-absurd', []]);
});

test('REQ-OTA-USB-04 a boot loader needs both the command to set an address and the one to erase', async () => {
  for (const [commands, code] of [
    ['00214192', null],
    ['4121', null],
    ['0021', 'device.dfuse-unsupported'],
    ['0041', 'device.dfuse-unsupported'],
    ['', 'device.dfuse-unsupported'],
  ] as const) {
    const { context } = await unitThatAnswers([], { upload: Buffer.from(commands, 'hex') });
    const known = await checkCommands(context);
    assert.equal(known.ok ? null : known.code, code, commands);
  }
});
