import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, test, type TestContext } from 'node:test';
import Database from 'better-sqlite3';
import { takeLooks } from './support/looks.ts';
import { goTo, logIn, openTraining, prepareTraining, type TrainingProgram } from './support/training-window.ts';

before(() => prepareTraining());

/** A station that was used, stopped, and changed behind its back with its triggers out of the way; then started again. */
async function openTampered(t: TestContext, change: (database: Database.Database) => void): Promise<TrainingProgram> {
  const first = await openTraining(t);
  await logIn(first, 'otto');
  assert.equal(await first.close(), 0);
  const database = new Database(join(first.folder, 'data-training', 'station', 'station.db'));
  const triggers = database.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all();
  const sql = database.prepare<[string], string>('SELECT sql FROM sqlite_schema WHERE name = ?').pluck();
  const made = triggers.map((name) => sql.get(name) ?? '');
  for (const name of triggers) database.exec(`DROP TRIGGER ${name}`);
  change(database);
  for (const trigger of made) database.exec(trigger);
  database.close();
  return await openTraining(t, { folder: first.folder });
}

test('REQ-OTA-AUD-02 an event that was edited is named where it stands, with what is still proven and what to do', async (t) => {
  let seq = 0;
  const program = await openTampered(t, (database) => {
    seq =
      database.prepare<[], number>("SELECT max(seq) FROM audit_event WHERE type = 'operator.created'").pluck().get() ??
      0;
    database
      .prepare("UPDATE audit_event SET leaf = replace(leaf, 'operator.created', 'operator.unlocked') WHERE seq = ?")
      .run(seq);
  });
  const { page } = program;
  await logIn(program, 'otto');
  await goTo(program, 'audit');
  await page.getByText(`The log was changed at event ${seq}. Nothing from there on is proven.`).waitFor();
  assert.equal(await page.getByText('Verified', { exact: true }).count(), 0, 'nothing says that it is verified');
  await page.keyboard.press('Control+b');
  await page.getByText(`Events 1 to ${seq - 1} are as they were signed.`).waitFor();
  await page.getByText('The audit log was changed').waitFor();
  await page.getByText(/Start no update at this station/).waitFor();
  await takeLooks(page, 'audit-tampered');
  await page.getByRole('button', { name: `Show event ${seq}` }).click();
  await page.getByText('Not proven', { exact: true }).waitFor();
  assert.match(await page.getByRole('row').nth(1).innerText(), new RegExp(`^${seq}\\b[^]*Tampered`));
  await takeLooks(page, 'audit-tampered-event');

  // That it was found is an event too, written by the station itself.
  await page.keyboard.press('F5');
  await page
    .getByRole('row', { name: /Tried, without success: The station verified the whole log/ })
    .first()
    .waitFor();
});

test('REQ-OTA-AUD-02 an old checkpoint that was changed is named, and nothing counts as verified', async (t) => {
  const program = await openTampered(t, (database) => {
    database.exec(
      "UPDATE audit_checkpoint SET note = replace(note, char(10) || size || char(10), char(10) || '1' || size || char(10)) WHERE size = 3",
    );
  });
  const { page } = program;
  await logIn(program, 'otto');
  await goTo(program, 'audit', 'findings');
  await page.getByText('A signature under the checkpoint is not valid').waitFor();
  await page.getByText('Events 1 to 2 are as they were signed.').waitFor();
});

test('REQ-OTA-AUD-02 a station whose log was cut short does not open, and says by number what is gone without opening', async (t) => {
  let left = 0;
  const program = await openTampered(t, (database) => {
    left = (database.prepare<[], number>('SELECT max(seq) FROM audit_event').pluck().get() ?? 0) - 2;
    database.exec(`DELETE FROM audit_event WHERE seq > ${left}`);
    database.exec(`DELETE FROM audit_node WHERE (position + 1) << level > ${left}`);
    database.exec(`DELETE FROM audit_checkpoint WHERE size > ${left}`);
  });
  const { page } = program;
  await page.getByRole('heading', { name: 'The station cannot be opened' }).waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByText(`Events 1 to ${left} are as they were signed. What came after them is missing.`).waitFor();
  await page
    .getByText(new RegExp(`covers ${left + 2} events, but only ${left} are left`))
    .first()
    .waitFor();
  await takeLooks(page, 'audit-truncated');
});
