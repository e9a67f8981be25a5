import { join } from 'node:path';
import type { Page } from 'playwright';
import type { CallInput, CallName, CallOutput } from '../../contract/window/bridge.ts';
import { demoProduct } from '../../demo/materials.ts';
import type { StandInWindow } from '../../test/e2e/stand-in-window.ts';
import { call } from '../../test/e2e/window.ts';
import { expectOk } from '../import/expect-ok.ts';

/** An operation as the page calls it; a refusal ends the bench. */
export async function ok<N extends CallName>(page: Page, name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  return expectOk(await call(page, name, input));
}

/** Logs in one of the people of training, and brings the page up to it. */
export async function logIn(page: Page, username: string): Promise<string> {
  const { training } = await ok(page, 'window.begin', {});
  const password = training?.password ?? '';
  await ok(page, 'session.login', { username, password });
  await page.reload();
  return password;
}

/** Imports the good bundle of training and approves it for a work order; leaves the technician logged in. Returns its digest. */
export async function approveBundle(program: StandInWindow, folder: string, workOrder: string): Promise<string> {
  const { page } = program;
  await logIn(page, 'tom');
  program.answer('open', [join(folder, 'data-training', 'bundles', '1 pump 2.4.0.zip')]);
  const [file] = await ok(page, 'window.choose', { purpose: 'bundle', several: false });
  if (file === undefined) throw new Error('no bundle was chosen');
  const { bundle } = await ok(page, 'bundle.import', { path: file.ticket });
  const password = await logIn(page, 'ines');
  await ok(page, 'approval.sign', {
    request: {
      kind: 'install',
      bundleDigest: bundle.digest,
      product: demoProduct.id,
      scope: { serials: '*', workOrder },
      meaning: 'Reviewed and approved for installation',
      reasonCode: null,
      downgrade: null,
    },
    password,
  });
  await logIn(page, 'tom');
  return bundle.digest;
}
