import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, type TestContext } from 'node:test';
import type { Page } from 'playwright';
import type { CallInput, CallName, CallOutput } from '../../../contract/window/bridge.ts';
import { systemClock } from '../../../core/system-clock.ts';
import { demoProduct } from '../../../demo/materials.ts';
import { openTraining as openTrainingStation } from '../../../main/training/open-training.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { call, openWindow, type OpenProgram } from '../window.ts';

export type TrainingProgram = OpenProgram & { readonly folder: string; readonly password: string };

/** An operation that a test needs done. */
export async function ok<N extends CallName>(page: Page, name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const answer = await call(page, name, input);
  if (!answer.ok) throw new Error(`${name}: ${answer.code}: ${answer.reason}`);
  return answer.value;
}

const prepared = tempFolder({ after });

/** Makes the training station once for a test file, at a low cost of passwords: eight units, four people, six bundles. */
export async function prepareTraining(): Promise<void> {
  const opened = await openTrainingStation(join(prepared, 'data-training'), systemClock, {
    passwordCost: { memoryKib: 8, passes: 1, lanes: 1 },
  });
  if (!opened.ok) throw new Error(opened.reason);
  await opened.value.station.close();
  await opened.value.bench.close();
}

/** Opens a copy of the prepared station in the window. */
export async function openTraining(t: TestContext, locale = 'en-GB'): Promise<TrainingProgram> {
  const folder = tempFolder(t);
  if (!existsSync(join(folder, 'data-training'))) cpSync(prepared, folder, { recursive: true });
  const program = await openWindow(t, { folder, training: true, locale });
  const { training } = await ok(program.page, 'window.begin', {});
  if (training === null) throw new Error('The station is not the training one.');
  return Object.assign(program, { folder, password: training.password });
}

/** Logs in, and brings the page up to it as a reload does. */
export async function logIn({ page, password }: TrainingProgram, username: string): Promise<void> {
  await ok(page, 'session.login', { username, password });
  await page.reload();
}

/** Goes to a place of the window by its address. */
export async function goTo({ page }: TrainingProgram, ...route: readonly string[]): Promise<void> {
  await page.evaluate(
    (hash) => {
      location.hash = hash;
    },
    `#/${route.map(encodeURIComponent).join('/')}`,
  );
  await page.getByRole('heading', { level: 1 }).waitFor();
}

/** Imports the good bundle as the technician and has it approved for the work order WO-1; leaves the technician logged in. */
export async function approvedBundle(program: TrainingProgram): Promise<string> {
  const { page, folder, password } = program;
  await logIn(program, 'tom');
  program.answer('open', [join(folder, 'data-training', 'bundles', '1 pump 2.4.0.zip')]);
  const [file] = await ok(page, 'window.choose', { purpose: 'bundle', several: false });
  if (file === undefined) throw new Error('No bundle was chosen.');
  const { bundle } = await ok(page, 'bundle.import', { path: file.ticket });
  await logIn(program, 'ines');
  await ok(page, 'approval.sign', {
    request: {
      kind: 'install',
      bundleDigest: bundle.digest,
      product: demoProduct.id,
      scope: { serials: '*', workOrder: 'WO-1' },
      meaning: 'Reviewed and approved for installation',
      reasonCode: null,
      downgrade: null,
    },
    password,
  });
  await logIn(program, 'tom');
  return bundle.digest;
}

export function startJob(
  page: Page,
  position: string,
  bundleDigest: string,
  workOrder: string,
): Promise<CallOutput<'update.start'>> {
  const rest = { kind: 'install', assetTag: null, udi: null } as const;
  return ok(page, 'update.start', { position, bundleDigest, workOrder, ...rest });
}
