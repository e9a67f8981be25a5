import assert from 'node:assert/strict';
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, type TestContext } from 'node:test';
import type { Page } from 'playwright';
import type { ErrorCode } from '../../../contract/error-code.ts';
import type { OperationInput, OperationName, OperationOutput } from '../../../contract/operations.ts';
import type { CallInput, CallName, CallOutput } from '../../../contract/window/bridge.ts';
import { systemClock } from '../../../core/system-clock.ts';
import { demoProduct } from '../../../demo/materials.ts';
import { openTraining as openTrainingStation } from '../../../main/training/open-training.ts';
import { trainingPeople } from '../../../main/training/training-station.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { call, openWindow, type OpenProgram } from '../window.ts';

/** A window on a training station of its own. */
export type TrainingProgram = OpenProgram & { readonly folder: string; readonly password: string };

/** The prepared station, asked without a window. */
export interface AskedStation {
  readonly bundleFile: (name: string) => string;
  readonly ask: <N extends OperationName>(
    name: N,
    input: OperationInput<N>,
    token: string | null,
  ) => Promise<OperationOutput<N>>;
}

export const { password: trainingPassword } = trainingPeople;
const prepared = tempFolder({ after });

/**
 * Makes the training station once for a test file, at a low cost of passwords: eight units, four people, six bundles.
 * @param furnish does with it what each test of the file finds done
 */
export async function prepareTraining(furnish?: (station: AskedStation) => Promise<void>): Promise<void> {
  const data = join(prepared, 'data-training');
  const opened = await openTrainingStation(data, systemClock, { passwordCost: { memoryKib: 8, passes: 1, lanes: 1 } });
  if (!opened.ok) throw new Error(opened.reason);
  const { station, bench } = opened.value;
  await furnish?.({
    bundleFile: (name) => join(data, 'bundles', name),
    ask: async (name, input, token) => {
      const answer = await station.call(name, input, token);
      if (!answer.ok) throw new Error(`${name}: ${answer.code}: ${answer.reason}`);
      return answer.value;
    },
  });
  await station.close();
  await bench.close();
}

/**
 * Opens a copy of the prepared station in the window.
 * @param given.folder that of a program that has ended: the same station once more
 */
export async function openTraining(
  t: TestContext,
  given: { readonly locale?: string; readonly folder?: string } = {},
): Promise<TrainingProgram> {
  const folder = given.folder ?? tempFolder(t);
  if (!existsSync(join(folder, 'data-training'))) cpSync(prepared, folder, { recursive: true });
  const program = await openWindow(t, { folder, training: true, locale: given.locale ?? 'en-GB' });
  program.page.setDefaultTimeout(60_000);
  return Object.assign(program, { folder, password: trainingPassword });
}

/** An operation that a test needs done. */
export async function ok<N extends CallName>(page: Page, name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const answer = await call(page, name, input);
  if (!answer.ok) throw new Error(`${name}: ${answer.code}: ${answer.reason}`);
  return answer.value;
}

/** An operation that has to be refused; resolves with the reason. */
export async function refused<N extends CallName>(
  page: Page,
  name: N,
  input: CallInput<N>,
  code: ErrorCode,
): Promise<string> {
  const answer = await call(page, name, input);
  assert.ok(!answer.ok, `${name} was not refused`);
  assert.equal(answer.code, code, answer.reason);
  return answer.reason;
}

/** Logs in past the screen, and brings the page up to it as a reload does. */
export async function logIn({ page, password }: TrainingProgram, username: string): Promise<void> {
  await ok(page, 'session.login', { username, password });
  await page.reload();
  await page.getByRole('navigation').waitFor();
}

/** Logs in by the keyboard alone, as a person does. */
export async function typeLogIn({ page, password }: TrainingProgram, username: string): Promise<void> {
  await page.getByLabel('Username').fill(username);
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
}

/** Goes to a place of the window by its address. */
export async function goTo({ page }: TrainingProgram, ...route: readonly string[]): Promise<void> {
  await page.evaluate((hash) => void (location.hash = hash), `#/${route.map(encodeURIComponent).join('/')}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
}

/** One of the six bundles that a training station has to be imported. */
export function bundleFile({ folder }: TrainingProgram, name: string): string {
  return join(folder, 'data-training', 'bundles', name);
}

/** Imports the good bundle as the technician and has it approved for the work order WO-1; leaves the technician logged in. */
export async function approvedBundle(program: TrainingProgram): Promise<string> {
  const { page, password } = program;
  await logIn(program, 'tom');
  program.answer('open', [bundleFile(program, '1 pump 2.4.0.zip')]);
  const [file] = await ok(page, 'window.choose', { purpose: 'bundle', several: false });
  if (file === undefined) throw new Error('No bundle was chosen.');
  assert.equal(file.name, '1 pump 2.4.0.zip');
  assert.match(file.ticket, /^ticket:[A-Za-z0-9_-]{43}$/);
  const { bundle } = await ok(page, 'bundle.import', { path: file.ticket });
  await logIn(program, 'ines');
  const request = installRequest(bundle.digest, { serials: '*', workOrder: 'WO-1' });
  await ok(page, 'approval.sign', { request, password });
  await logIn(program, 'tom');
  return bundle.digest;
}

type ApprovalRequest = OperationInput<'approval.sign'>['request'];

/** What an approver of an installation signs. */
export function installRequest(bundleDigest: string, scope: ApprovalRequest['scope']): ApprovalRequest {
  return {
    kind: 'install',
    bundleDigest,
    product: demoProduct.id,
    scope,
    meaning: 'Reviewed and approved for installation',
    reasonCode: null,
    downgrade: null,
  };
}

export function startJob(
  page: Page,
  position: string,
  bundleDigest: string,
  workOrder = 'WO-1',
): Promise<CallOutput<'update.start'>> {
  const rest = { kind: 'install', assetTag: null, udi: null } as const;
  return ok(page, 'update.start', { position, bundleDigest, workOrder, ...rest });
}
