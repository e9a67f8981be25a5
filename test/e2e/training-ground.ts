import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Page } from 'playwright';
import type { OperationInput, OperationName, OperationOutput } from '../../contract/operations.ts';
import type { CallInput, CallName, CallOutput } from '../../contract/window/bridge.ts';
import { systemClock } from '../../core/system-clock.ts';
import { demoProduct } from '../../demo/materials.ts';
import { openTraining } from '../../main/training/open-training.ts';
import { trainingPeople } from '../../main/training/training-station.ts';
import { findAxeFaults } from '../renderer/support/axe.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { call, openWindow, type OpenProgram } from './window.ts';

/** Work order under which the good bundle is approved. */
export const workOrder = 'WO-1';
const { password } = trainingPeople;
const good = '1 pump 2.4.0.zip';
const sick = '2 pump 2.5.0 fails its self-test.zip';

/**
 * A training station, made once for a file of tests: the good bundle is approved for every unit under one work order, the one that fails
 * its self-test for the last unit alone.
 */
export async function prepareGround(folder: string): Promise<void> {
  const data = join(folder, 'data-training');
  const opened = await openTraining(data, systemClock, { passwordCost: { memoryKib: 8, passes: 1, lanes: 1 } });
  assert.ok(opened.ok);
  const { station, bench } = opened.value;
  const ask = async <N extends OperationName>(
    name: N,
    input: OperationInput<N>,
    token: string | null,
  ): Promise<OperationOutput<N>> => {
    const answer = await station.call(name, input, token);
    if (!answer.ok) throw new Error(`${name}: ${answer.code}: ${answer.reason}`);
    return answer.value;
  };
  const { token } = await ask('session.login', { username: 'tom', password }, null);
  const digests = [];
  for (const name of [good, sick])
    digests.push((await ask('bundle.import', { path: join(data, 'bundles', name) }, token)).bundle.digest);
  const approver = await ask('session.login', { username: 'ines', password }, null);
  const scopes = [
    { serials: '*' as const, workOrder },
    { serials: ['PUMP-0408'], workOrder: null },
  ];
  for (const [at, bundleDigest] of digests.entries()) {
    const request = {
      kind: 'install' as const,
      bundleDigest,
      product: demoProduct.id,
      scope: scopes[at] ?? assert.fail(),
      meaning: 'Reviewed and approved for installation',
      reasonCode: null,
      downgrade: null,
    };
    await ask('approval.sign', { request, password }, approver.token);
  }
  await station.close();
  await bench.close();
}

interface Ground extends OpenProgram {
  readonly folder: string;
}

/** Opens the window on a copy of the prepared station, or again on a folder that a test has used. */
export async function openGround(t: TestContext, prepared: string, again?: string): Promise<Ground> {
  const folder = again ?? tempFolder(t);
  if (!existsSync(join(folder, 'data-training'))) cpSync(prepared, folder, { recursive: true });
  return Object.assign(await openWindow(t, { folder, training: true }), { folder });
}

export async function ok<N extends CallName>(page: Page, name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const answer = await call(page, name, input);
  if (!answer.ok) throw new Error(`${name}: ${answer.code}: ${answer.reason}`);
  return answer.value;
}

/** Logs somebody in at the screen that is asked for. */
export async function logInAt(page: Page, username: string, route: string): Promise<void> {
  await ok(page, 'session.login', { username, password });
  await page.evaluate((hash) => (window.location.hash = hash), `#/${route}`);
  await page.reload();
  await page.locator('h1').waitFor();
}

const looks = {
  light: { colorScheme: 'light', contrast: 'no-preference' },
  dark: { colorScheme: 'dark', contrast: 'no-preference' },
  'high-contrast': { colorScheme: 'light', contrast: 'more' },
} as const;

/** Takes a picture in each look, and finds what axe complains of in it. */
export async function findFaultsInEveryLook(page: Page, name: string): Promise<readonly string[]> {
  const folder = join(import.meta.dirname, '../artefacts/bench');
  mkdirSync(folder, { recursive: true });
  const faults: string[] = [];
  for (const [look, media] of Object.entries(looks)) {
    await page.emulateMedia({ ...media, reducedMotion: 'reduce' });
    await page.screenshot({ path: join(folder, `${name}-${look}.png`) });
    faults.push(...(await findAxeFaults(page)).map((fault) => `${look}: ${fault}`));
  }
  await page.emulateMedia({ ...looks.light, reducedMotion: 'reduce' });
  return faults;
}
