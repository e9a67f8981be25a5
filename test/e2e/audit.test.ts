import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { takeLooks } from './support/looks.ts';
import { call } from './window.ts';
import { goTo, logIn, ok, openTraining, prepareTraining } from './support/training-window.ts';

before(() => prepareTraining());

test('REQ-OTA-AUD-02 an auditor reads the log in sentences, sees what was verified when, and proves one event outside', async (t) => {
  const program = await openTraining(t);
  const { page, folder } = program;
  await logIn(program, 'otto');
  await goTo(program, 'audit');
  await page
    .getByRole('row', { name: /otto logged in as otto\..*Done/ })
    .first()
    .waitFor();
  // The station has verified itself since it was opened; what came on top was read when the place was opened.
  await page.getByText(/Events 1 to \d+ are as they were signed \(\d+ checkpoints\), read on .*\d{4}/).waitFor();
  assert.equal(await page.getByText(/not verified yet/).count(), 0);

  // Somebody else does something: the list stays as it is until it is asked to go on.
  const rows = await page.getByRole('row').allInnerTexts();
  for (const device of ['1-1', '1-2', '1-3']) {
    const answer = await call(page, 'update.start', {
      position: device,
      bundleDigest: 'a'.repeat(64),
      workOrder: 'WO-1',
      kind: 'install',
      assetTag: null,
      udi: null,
    });
    assert.equal(answer.ok, false, 'an auditor starts no update, and that he tried is an event');
  }
  await page.getByRole('button', { name: 'Show 3 new events' }).waitFor();
  await page.getByText('3 newer events are not verified yet.').waitFor();
  assert.deepEqual(await page.getByRole('row').allInnerTexts(), rows, 'nothing jumped');
  await page.keyboard.press('F5');
  await page
    .getByRole('row', { name: /otto was refused update\.start/ })
    .first()
    .waitFor();
  await page.getByText(/Events \d+ to \d+ too, read on/).waitFor();
  await page.getByText(/not verified yet/).waitFor({ state: 'detached' });

  await page.keyboard.press('Control+Enter');
  await page.getByRole('row', { name: /otto verified the whole log/ }).waitFor();
  await page.getByLabel('Kind of event').selectOption({ label: 'Account created' });
  await page.getByRole('row', { name: /created the account otto/ }).click();
  await page.getByText('Proven by the newest checkpoint').waitFor();
  await page.getByText(/^\{"actor":.*"type":"operator.created"\}$/).waitFor();
  await takeLooks(page, 'audit');

  const out = join(folder, 'out');
  mkdirSync(out);
  program.answer('open', [out]);
  await page.keyboard.press('Control+s');
  await page.getByText(/Written to out: event-\d+\.json, event-\d+\.tlog-proof and station\.vkey/).waitFor();
  const names = readdirSync(out);
  const [event = '', proof = ''] = ['.json', '.tlog-proof'].map((end) => names.find((name) => name.endsWith(end)));
  const leafHash = execFileSync('sh', ['-c', `{ printf '\\000'; cat ${event}; } | openssl dgst -sha256 -r`], {
    cwd: out,
    encoding: 'utf8',
  }).slice(0, 64);
  const seq = Number(/\d+/.exec(event)?.[0]);
  assert.equal((await ok(page, 'audit.show', { seq })).leafSha256, leafHash);
  assert.match(readFileSync(join(out, proof), 'utf8'), new RegExp(`^index ${seq - 1}$`, 'm'));

  // Down to an old event and back up.
  await page.keyboard.press('Control+j');
  await page.getByRole('button', { name: 'Newer events' }).waitFor();
  assert.match((await page.getByRole('row').nth(1).innerText()).trim(), new RegExp(`^${seq}\\b`));
  await page.keyboard.press('Control+Shift+ArrowUp');
  await page.getByRole('button', { name: 'Newer events' }).waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await page.getByLabel('Operator').fill('nobody');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'No event matches' }).waitFor();
  await page.keyboard.press('Control+Shift+A');
  await page
    .getByRole('row', { name: /verified the whole log/ })
    .first()
    .waitFor();
  await page.keyboard.press('Control+e');
  await page.getByText(/^drydock\/[^+]+\n\d+\n/).waitFor();
  assert.equal(await page.getByRole('alert').count(), 0);
});

test('the audit log speaks German', async (t) => {
  const program = await openTraining(t);
  const { page } = program;
  await ok(page, 'window.set-preferences', { language: 'de', theme: 'light', paper: 'A4' });
  await logIn(program, 'otto');
  await goTo(program, 'audit');
  await page.getByText(/Ereignisse 1 bis \d+ sind, wie sie unterschrieben wurden/).waitFor();
  await page
    .getByRole('row', { name: /otto hat sich als otto angemeldet\..*Erfolgt/ })
    .first()
    .click();
  await page.getByText('Durch den neuesten Prüfpunkt bewiesen').waitFor();
  await takeLooks(page, 'audit-de');
});
