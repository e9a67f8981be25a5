import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import type { CallOutput, WindowEvent } from '../../contract/window/bridge.ts';
import type { Page } from 'playwright';
import { tempFolder } from '../helpers/temp-folder.ts';
import { giveFile } from './support/give-file.ts';
import { takeLooks } from './support/looks.ts';
import {
  approvedBundle,
  bundleFile,
  logIn,
  ok,
  openTraining,
  prepareTraining,
  refused,
  startJob,
} from './support/training-window.ts';
import { call } from './window.ts';

/** Collects the page's events where a test can look at them. */
async function listen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const events: unknown[] = [];
    const page_ = globalThis as unknown as {
      seen: unknown[];
      drydock: { subscribe(f: (event: unknown) => void): void };
    };
    page_.seen = events;
    page_.drydock.subscribe((event) => void events.push(event));
  });
}

async function seen(page: Page): Promise<WindowEvent[]> {
  return await page.evaluate(() => (globalThis as unknown as { seen: never[] }).seen);
}

async function waitForEvent(page: Page, isIt: (event: WindowEvent) => boolean): Promise<WindowEvent> {
  for (;;) {
    const found = (await seen(page)).find(isIt);
    if (found !== undefined) return found;
    await page.waitForTimeout(50);
  }
}

const states = (events: readonly WindowEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'job.written' ? [event.job.state] : []));

before(() => prepareTraining());

test('REQ-OTA-UI-01 the whole job is learnt in training mode, with events as they come', async (t) => {
  const program = await openTraining(t);
  const { page, folder } = program;
  assert.deepEqual(readdirSync(join(folder, 'data-training')).sort(), ['bench', 'bundles', 'station']);
  await refused(page, 'training.units', {}, 'station.not-logged-in');
  const digest = await approvedBundle(program);
  await listen(page);
  await waitForEvent(page, ({ type }) => type === 'device.arrived');
  assert.equal((await ok(page, 'training.units', {})).units.filter(({ connected }) => connected).length, 8);

  await ok(page, 'training.set-fault', { serial: 'PUMP-0402', fault: 'cable-pulled-and-back' });
  const [good, faulty] = [await startJob(page, '1-1', digest), await startJob(page, '1-2', digest)];
  const done = await ok(page, 'update.await', { id: good.id });
  assert.equal(done.state, 'confirmed');
  assert.equal(done.training, true);
  assert.notEqual((await ok(page, 'update.await', { id: faulty.id })).state, 'confirmed');

  const events = await seen(page);
  assert.deepEqual(
    states(events.filter((event) => event.type !== 'job.written' || event.job.id === good.id)).slice(-1),
    ['confirmed'],
  );
  const progress = events.filter(
    (event) => event.type === 'job.progress' && event.jobId === good.id && event.phase === 'stage',
  );
  assert.ok(progress.length > 3);
  assert.ok(!JSON.stringify(events).includes('token'));
  assert.equal(await program.close(), 0);
});

test('REQ-OTA-UI-01 whoever begins training reads how to log in, and plays everybody by one press', async (t) => {
  const program = await openTraining(t);
  const { page, password } = program;
  const hint = page.getByText(`In training everybody begins with the password “${password}”.`);
  await hint.waitFor();
  await takeLooks(page, 'training-login');
  await page.getByRole('button', { name: 'Ines Kaya, Approver' }).click();
  await page.getByRole('link', { name: 'Ines Kaya' }).waitFor();
  await page.keyboard.press('Control+l');
  await hint.waitFor();
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation').waitFor();
  assert.equal(await hint.count(), 0);
  await page.keyboard.press('F9');
  await page.getByRole('button', { name: 'Ada Moreno, Administrator' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Ada Moreno' }).waitFor();
});

test('REQ-OTA-OPR-01 a locked window shows that jobs go on and nothing else, until its operator unlocks it', async (t) => {
  const program = await openTraining(t);
  const { page, password } = program;
  const digest = await approvedBundle(program);
  const order = await ok(page, 'order.open', {
    positions: ['1-3'],
    bundleDigest: digest,
    kind: 'install',
    workOrder: 'WO-1',
    units: null,
    endsAt: null,
    startPresent: false,
  });
  await listen(page);
  const { id } = await startJob(page, '1-1', digest);
  await waitForEvent(page, (event) => event.type === 'job.progress');
  await program.power('lock-screen');
  await waitForEvent(page, (event) => event.type === 'window.state' && event.state.locked);
  const toldBefore = (await seen(page)).length;

  const glance = await ok(page, 'window.glance', {});
  assert.equal(glance.length, 1);
  assert.ok(!JSON.stringify(glance).includes('PUMP'));
  await refused(page, 'update.list', { serial: null, openOnly: false, before: null, limit: 10 }, 'window.locked');
  await refused(page, 'window.choose', { purpose: 'bundle', several: false }, 'window.locked');
  await refused(page, 'training.units', {}, 'window.locked');
  await refused(page, 'session.login', { username: 'otto', password }, 'window.locked');
  await refused(page, 'window.unlock', { password: 'something else entirely' }, 'operator.password-wrong');
  await refused(page, 'window.unlock', { password }, 'operator.throttled');
  while ((await ok(page, 'window.glance', {})).length > 0) await page.waitForTimeout(100);
  assert.ok(
    (await seen(page)).slice(toldBefore).every(({ type }) => type === 'window.state'),
    'a locked page hears nothing of units',
  );

  let unlocked = await call(page, 'window.unlock', { password });
  while (!unlocked.ok && unlocked.code === 'operator.throttled') {
    await page.waitForTimeout(200);
    unlocked = await call(page, 'window.unlock', { password });
  }
  assert.ok(unlocked.ok);
  assert.equal(unlocked.value.locked, false);
  // What happened behind the lock is told now, and the order stands: a lock is no end of the session.
  await waitForEvent(
    page,
    (event) => event.type === 'job.written' && event.job.id === id && event.job.state === 'confirmed',
  );
  const [standing] = await ok(page, 'order.list', { openOnly: true, limit: 10 });
  assert.equal(standing?.id, order.id);
  await ok(page, 'session.logout', {});
  await refused(page, 'order.list', { openOnly: true, limit: 10 }, 'station.not-logged-in');
  await ok(page, 'session.login', { username: 'tom', password });
  await ok(page, 'training.connect', { serial: 'PUMP-0403', connected: false });
  await ok(page, 'training.connect', { serial: 'PUMP-0403', connected: true });
  await waitForEvent(page, (event) => event.type === 'order.written' && event.order.end === 'opener-left');
});

test('a page that is reloaded in the middle of a job hears of it again', async (t) => {
  const program = await openTraining(t);
  const { page } = program;
  const digest = await approvedBundle(program);
  await listen(page);
  const { id } = await startJob(page, '1-1', digest);
  await waitForEvent(page, (event) => event.type === 'job.progress');
  await page.reload();
  await listen(page);
  const again = await waitForEvent(page, (event) => event.type === 'job.written');
  assert.equal(again.type === 'job.written' && again.job.id, id);
  assert.equal((await ok(page, 'window.begin', {})).session?.operator.username, 'tom');
  assert.equal((await ok(page, 'update.await', { id })).state, 'confirmed');
});

test('closing while units are updated asks first, names the places, and leaves jobs that can be resumed', async (t) => {
  const folder = tempFolder(t);
  const program = await openTraining(t, { folder });
  const digest = await approvedBundle(program);
  await listen(program.page);
  const { id } = await startJob(program.page, '1-1', digest);
  await waitForEvent(program.page, (event) => event.type === 'job.progress');
  program.answer('message', 0);
  await program.askToClose();
  while (program.questions.filter(({ kind }) => kind === 'message').length === 0) await program.page.waitForTimeout(50);
  const [question] = program.questions.filter(({ kind }) => kind === 'message');
  assert.match(String(question?.options['detail']), /^1-1\n/);
  assert.equal((await ok(program.page, 'window.begin', {})).phase, 'open');
  program.answer('message', 1);
  assert.equal(await program.close(), 0);

  const again = await openTraining(t, { folder });
  await logIn(again, 'tom');
  const resumed = await ok(again.page, 'update.resume', { id });
  assert.equal((await ok(again.page, 'update.await', { id: resumed.id })).state, 'confirmed');
});

test('REQ-OTA-UI-02 files come by tickets that are good for one purpose and end with the session', async (t) => {
  const program = await openTraining(t);
  const { page, folder } = program;
  const bundle = bundleFile(program, '6 pump 2.4.0 tampered with.zip');
  await refused(page, 'window.choose', { purpose: 'bundle', several: false }, 'station.not-logged-in');
  await logIn(program, 'tom');
  await refused(page, 'bundle.import', { path: bundle }, 'window.file-unknown');

  await giveFile(page, bundle);
  const drop = (purpose: string): Promise<CallOutput<'window.choose'>> =>
    page.evaluate(async (wanted) => {
      const { files } = document.querySelector('#given') as HTMLInputElement;
      const { drydock } = globalThis as unknown as {
        drydock: { drop(files: unknown, purpose: string): Promise<never> };
      };
      return (await (drydock.drop([...(files ?? [])], wanted) as Promise<{ value: never }>)).value;
    }, purpose);
  const [forPolicy] = await drop('policy');
  const [forImport] = await drop('bundle');
  assert.ok(forPolicy && forImport);
  assert.equal(JSON.stringify([forPolicy, forImport]).includes(folder), false);
  await refused(page, 'bundle.import', { path: forPolicy.ticket }, 'window.file-unknown');
  const reason = await refused(page, 'bundle.import', { path: forImport.ticket }, 'bundle.image-hash');
  assert.ok(!reason.includes(folder));
  await ok(page, 'session.logout', {});
  await logIn(program, 'tom');
  await refused(page, 'bundle.import', { path: forImport.ticket }, 'window.file-unknown');

  // A file of the page's own making has no path.
  const made = await page.evaluate(async () => {
    const { drydock } = globalThis as unknown as {
      drydock: { drop(files: unknown, purpose: string): Promise<{ code: string }> };
    };
    return (await drydock.drop([new File(['x'], '/etc/passwd')], 'bundle')).code;
  });
  assert.equal(made, 'station.input-invalid');

  const gone = join(folder, 'gone.zip');
  writeFileSync(gone, '');
  program.answer('open', [join(folder, 'never-was.zip')]);
  await refused(page, 'window.choose', { purpose: 'bundle', several: true }, 'station.file-unreadable');
});
