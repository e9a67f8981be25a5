import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test, type TestContext } from 'node:test';
import type { Page } from 'playwright';
import type { CallInput, CallName, CallOutput } from '../../contract/window/bridge.ts';
import { authenticatorForm, oneTimePassword, timeStepAt } from '../../core/operator/factor/one-time-password.ts';
import { systemClock } from '../../core/system-clock.ts';
import { openTraining as openTrainingStation } from '../../main/training/open-training.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { call, openWindow, type OpenProgram } from './window.ts';

const prepared = tempFolder({ after });

/** Made once: eight units, four people, six bundles. */
before(async () => {
  const opened = await openTrainingStation(join(prepared, 'data-training'), systemClock, {
    passwordCost: { memoryKib: 8, passes: 1, lanes: 1 },
  });
  assert.ok(opened.ok);
  await opened.value.station.close();
  await opened.value.bench.close();
});

interface Administration extends OpenProgram {
  readonly folder: string;
  readonly password: string;
}

async function openTraining(t: TestContext): Promise<Administration> {
  const folder = tempFolder(t);
  cpSync(prepared, folder, { recursive: true });
  const program = await openWindow(t, { folder, training: true, locale: 'en-GB' });
  const { training } = await ok(program.page, 'window.begin', {});
  assert.ok(training);
  return Object.assign(program, { folder, password: training.password });
}

async function ok<N extends CallName>(page: Page, name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const answer = await call(page, name, input);
  if (!answer.ok) throw new Error(`${name}: ${answer.code}: ${answer.reason}`);
  return answer.value;
}

/** By the keyboard alone, as a person does. */
async function logIn({ page, password }: Administration, username: string): Promise<void> {
  await page.getByLabel('Username').fill(username);
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
}

function bytesOfBase32(text: string): Uint8Array {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = Array.from(text.replaceAll(/[\s=]/g, ''), (digit) => digits.indexOf(digit).toString(2).padStart(5, '0'));
  return Uint8Array.from(bits.join('').match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}

test('REQ-OTA-OPR-01 the window asks for a code where the station does: at log-in, and when it is unlocked', async (t) => {
  const program = await openTraining(t);
  const { page, password } = program;
  const code = page.getByLabel('Code of your authenticator app');
  await logIn(program, 'tom');
  await page.getByRole('heading', { level: 1, name: 'Bench' }).waitFor();
  const { secretBase32 } = await ok(page, 'operator.enrol-factor', { password });
  const codeOf = (later: number): string =>
    oneTimePassword(
      bytesOfBase32(secretBase32),
      timeStepAt(systemClock.now(), authenticatorForm) + later,
      authenticatorForm,
    );
  const { recoveryCodes } = await ok(page, 'operator.confirm-factor', { code: codeOf(0) });
  await page.keyboard.press('F9');

  await logIn(program, 'tom');
  await code.waitFor();
  await page.keyboard.type(recoveryCodes[0] ?? '');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Bench' }).waitFor();
  await page.keyboard.press('Control+l');
  await page.getByRole('heading', { level: 1, name: 'Locked' }).waitFor();
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await code.waitFor();
  // The code of the present step was used for the enrolment.
  await page.keyboard.type(codeOf(1));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Bench' }).waitFor();
});
