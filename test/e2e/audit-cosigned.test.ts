import assert from 'node:assert/strict';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { before, test, type TestContext } from 'node:test';
import type { Database } from 'better-sqlite3';
import { rewriteLog, tamper } from '../helpers/tamper-log.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { VirtualDepot } from '../helpers/virtual-depot.ts';
import { takeLooks } from './support/looks.ts';
import {
  goTo,
  logIn,
  ok,
  openTraining,
  prepareTraining,
  trainingPassword,
  type TrainingProgram,
} from './support/training-window.ts';

let cosignedSize = 0;
let witness = '';

function fileIn(folder: string, pattern: RegExp): string {
  return join(folder, readdirSync(folder).find((name) => pattern.test(name)) ?? 'nothing');
}

/** Every station of this file was cosigned by another once. */
before(async (context) => {
  const t = context as TestContext;
  const other = await VirtualDepot.set(t);
  const [there, back] = ['there', 'back'].map((name) => join(tempFolder(t), name));
  assert.ok(there !== undefined && back !== undefined);
  for (const one of [there, back]) mkdirSync(one);
  await prepareTraining(async ({ ask }) => {
    const { token } = await ask('session.login', { username: 'ada', password: trainingPassword }, null);
    const { ownLogKey } = await ask('audit.witnesses', {}, token);
    const { ownWitnessKey } = await other.call('auditor', 'audit.witnesses', {});
    const typed = (key: typeof ownLogKey) => ({ verifierKey: key.verifierKey, typedFingerprint: key.keySha256 });
    await other.call('administrator', 'audit.confirm-key', typed(ownLogKey));
    await ask('audit.confirm-key', typed(ownWitnessKey), token);
    await ask('audit.request-cosignature', { folder: there, witness: null, from: null }, token);
    await other.call('auditor', 'audit.cosign', { path: fileIn(there, /request$/), folder: back });
    cosignedSize = (await ask('audit.add-cosignature', { path: fileIn(back, /^cosigned/) }, token)).size;
    witness = ownWitnessKey.name;
  });
});

/** The station after it was used and stopped, and somebody was at its folder. */
async function reopen(t: TestContext, work: (folder: string) => void): Promise<TrainingProgram> {
  const first = await openTraining(t);
  await logIn(first, 'otto');
  assert.equal(await first.close(), 0);
  work(join(first.folder, 'data-training', 'station'));
  return await openTraining(t, { folder: first.folder });
}

function change(sql: string): (folder: string) => void {
  return (folder) => tamper(folder, (connection: Database) => void connection.exec(sql));
}

test('REQ-OTA-AUD-02 what was verified says up to which event a witness vouches for the log, in English and German', async (t) => {
  const program = await openTraining(t);
  const { page } = program;
  await logIn(program, 'ada');
  await goTo(program, 'audit');
  const line = page.getByRole('region', { name: 'What was verified' });
  await line.getByText(`Cosigned by ${witness} up to event ${cosignedSize}.`).waitFor();
  await takeLooks(page, 'audit-cosigned');
  await ok(page, 'window.set-preferences', { language: 'de', theme: 'system', paper: 'A4' });
  await page.getByText(`Gegengezeichnet von ${witness} bis Ereignis ${cosignedSize}.`).waitFor();
  await takeLooks(page, 'audit-cosigned-de');
  await ok(page, 'window.set-preferences', { language: 'en', theme: 'system', paper: 'A4' });

  // A key that is removed: its cosignature is there still, and counts no longer.
  await ok(page, 'audit.remove-key', { kind: 'witness', name: witness });
  await page.keyboard.press('F5');
  await line.getByText('No witness vouches for the log.', { exact: false }).waitFor();
  await line.getByText('1 kept cosignature does not count: the key of its witness was removed.').waitFor();
  await takeLooks(page, 'audit-cosigned-not-counted');
});

test('REQ-OTA-AUD-02 a cosignature that is gone is found, while all events stay as they were signed', async (t) => {
  const program = await reopen(t, change('DELETE FROM kept_cosignature'));
  const { page } = program;
  await logIn(program, 'otto');
  await goTo(program, 'audit');
  const line = page.getByRole('region', { name: 'What was verified' });
  await line.getByText(/^All events are as they were signed, but what is kept of the witnesses/).waitFor();
  await page.keyboard.press('Control+b');
  await page.getByText('A kept cosignature is gone').waitFor();
  await page.getByText('audit.cosignature-lost').waitFor();
  await takeLooks(page, 'audit-cosignature-lost');
  await page.getByRole('button', { name: /^Show event \d+$/ }).click();
  await page.getByText('Proven by the newest checkpoint').waitFor();
  assert.equal(await page.getByText('Tampered', { exact: true }).count(), 0, 'no event is called tampered with');
});

test('REQ-OTA-AUD-02 a station whose log a witness contradicts does not open, and says what the witness saw', async (t) => {
  const program = await reopen(t, (folder) =>
    rewriteLog(folder, (event) => (event.seq === 3 ? { ...event, data: { ...event.data, rewritten: true } } : event)),
  );
  const { page } = program;
  await page.getByRole('heading', { name: 'The station cannot be opened' }).waitFor();
  await page.getByText('A witness saw another history of the audit log').first().waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByText('The change begins at the first event.', { exact: false }).waitFor();
  await page
    .getByText(`${witness} cosigned another history of this log: over ${cosignedSize} events`, { exact: false })
    .first()
    .waitFor();
  await takeLooks(page, 'audit-contradicted');
});
