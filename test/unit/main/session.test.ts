import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accept, type Result } from '../../../contract/result.ts';
import type { SessionView } from '../../../contract/schema/session.ts';
import { callStation } from '../../../main/ipc/station-call.ts';
import { IdleLock } from '../../../main/session/idle-lock.ts';
import { WindowSession } from '../../../main/session/window-session.ts';
import type { OpenedStation } from '../../../main/station/station-host.ts';
import { password } from '../../helpers/virtual-depot.ts';
import { systemClock } from '../../../core/system-clock.ts';
import { ShellBench } from '../../helpers/shell-bench.ts';
import { TestClock } from '../../helpers/test-clock.ts';

const view = { startedAt: '2026-01-01T00:00:00.000Z', idleAt: '2026-01-01T00:15:00.000Z' } as SessionView;

test('REQ-OTA-OPR-01 the window locks when nobody has touched it for the idle time, whatever the page asks by itself', async () => {
  let nowMs = 0;
  const clock = { now: () => new Date(nowMs), monotonicMs: () => nowMs, sleep: () => Promise.resolve() };
  const session = new WindowSession(() => undefined);
  let used = 0;
  const lock = new IdleLock(clock, session, () => Promise.resolve(void (used += 1)));
  await lock.look();
  assert.equal(session.locked, false, 'nobody is logged in');
  session.begin('token', view);
  assert.equal(session.idleMs, 15 * 60_000);
  nowMs = 14 * 60_000;
  lock.touch();
  nowMs = 28 * 60_000;
  await lock.look();
  assert.equal(session.locked, false);
  nowMs = 29 * 60_000;
  await lock.look();
  assert.equal(session.locked, true);
  for (let look = 0; look < 20; look += 1) await lock.look();
  assert.ok(used >= 2, 'the session is used behind the lock too, so that what it holds stands');
});

test('REQ-OTA-OPR-01 another idle time counts at once for the window that is open, and its session is told anew', async (t) => {
  let nowMs = 0;
  const bench = await ShellBench.set(t, { clock: { ...systemClock, monotonicMs: () => nowMs } });
  await bench.logIn('administrator');
  nowMs = 4 * 60_000;
  await bench.shell.idleLock.look();
  assert.equal((await bench.shell.view()).locked, false, 'it was 15 minutes');
  const set = await bench.call('station.set-idle-time', { idleMinutes: 3 });
  assert.ok(set.ok);
  await bench.depot.call('administrator', 'operator.require-factor', { roles: ['administrator'] });
  assert.equal((await bench.shell.view()).session?.operator.secondFactor, 'none');
  await bench.call('session.current', {});
  assert.equal((await bench.shell.view()).session?.operator.secondFactor, 'missing');
  await bench.shell.idleLock.look();
  assert.equal((await bench.shell.view()).locked, true);
});

test('REQ-OTA-OPR-01 a session that is over in the core is over in the window', async (t) => {
  const bench = await ShellBench.set(t);
  await bench.logIn('technician');
  const { id } = (await bench.depot.call('administrator', 'operator.list', {})).find(
    ({ username }) => username === 'technician',
  ) ?? { id: '' };
  await bench.depot.call('administrator', 'operator.disable', { id, reason: 'left' });
  const answer = await bench.call('device.list', {});
  assert.equal(answer.ok ? '' : answer.code, 'station.not-logged-in');
  assert.equal((await bench.shell.view()).session, null);
});

test('REQ-OTA-OPR-01 the password of the operator who left the window opens it, and no other', async (t) => {
  const bench = await ShellBench.set(t);
  await bench.logIn('technician');
  bench.shell.lock();
  const wrong = await bench.call('window.unlock', { password: 'not the password of anybody' });
  assert.equal(wrong.ok ? '' : wrong.code, 'operator.password-wrong');
  assert.equal((await bench.shell.view()).locked, true);
  const clock = bench.depot.clock;
  assert.ok(clock instanceof TestClock);
  await clock.sleep(60_000);
  const right = await bench.call('window.unlock', { password });
  assert.ok(right.ok && !right.value.locked);
});

test('REQ-OTA-UI-02 the page never gets the token, and another log-in ends the session before it', async (t) => {
  const bench = await ShellBench.set(t);
  const first = await bench.call('session.login', { username: 'technician', password });
  assert.ok(first.ok);
  assert.deepEqual(Object.keys(first.value), ['session']);
  await bench.logIn('auditor');
  assert.equal((await bench.shell.view()).session?.operator.username, 'auditor');
  const pages = await bench.depot.call('auditor', 'audit.verify', {});
  assert.equal(pages.intact, true);
});

test('an answer that comes when the window is locked, or after its session, is withheld', async () => {
  for (const [change, code] of [
    [(session: WindowSession) => session.lock(), 'window.locked'],
    [(session: WindowSession) => session.end(), 'station.not-logged-in'],
    [(session: WindowSession) => session.begin('of another', view), 'station.not-logged-in'],
    [() => undefined, 'answered'],
  ] as const) {
    const session = new WindowSession(() => undefined);
    session.begin('token', view);
    const reply = Promise.withResolvers<Result<never>>();
    const station = { call: () => reply.promise } as unknown as OpenedStation['station'];
    const opened: OpenedStation = { station, dataFolder: '', keychain: false, training: null };
    const tickets = { pathOf: () => accept('') };
    const answer = callStation('operator.list', {}, { host: { opened }, session, tickets });
    change(session);
    reply.resolve(accept([] as never));
    const got = await answer;
    assert.equal(got.ok ? 'answered' : got.code, code);
  }
});

test('a log-in stands though the session before it runs out meanwhile, and not over another log-in or a lock', async () => {
  for (const [change, code, sits] of [
    [() => undefined, 'answered', 'new'],
    [(session: WindowSession) => session.end(), 'answered', 'new'],
    [(session: WindowSession) => session.lock(), 'window.locked', 'before'],
    [(session: WindowSession) => session.begin('of another', view), 'station.not-logged-in', 'of another'],
  ] as const) {
    const session = new WindowSession(() => undefined);
    session.begin('before', view);
    const reply = Promise.withResolvers<Result<unknown>>();
    const left: (string | null)[] = [];
    const station = {
      call: (name: string, _: unknown, token: string | null) => {
        if (name === 'session.login') return reply.promise;
        assert.equal(name, 'session.logout');
        left.push(token);
        return Promise.resolve(accept({}));
      },
    } as unknown as OpenedStation['station'];
    const opened: OpenedStation = { station, dataFolder: '', keychain: false, training: null };
    const tickets = { pathOf: () => accept('') };
    const answer = callStation('session.login', {}, { host: { opened }, session, tickets });
    change(session);
    reply.resolve(accept({ token: 'new', session: view }));
    const got = await answer;
    assert.equal(got.ok ? 'answered' : got.code, code);
    assert.equal(session.token, sits);
    assert.deepEqual(left, [sits === 'new' ? 'before' : 'new']);
  }
});

test('only the chosen folder is shown, and only while it is one', async (t) => {
  const bench = await ShellBench.set(t);
  await bench.logIn('technician');
  bench.nextChoice = [bench.depot.folder];
  const chosen = await bench.call('window.choose', { purpose: 'export-folder', several: false });
  assert.ok(chosen.ok && chosen.value[0]?.lenBytes === null);
  const { ticket } = chosen.value[0];
  assert.ok((await bench.call('window.show-folder', { ticket })).ok);
  assert.deepEqual(bench.openedFolders, [bench.depot.folder]);
  bench.nextChoice = [bench.depot.bundle()];
  const file = await bench.call('window.choose', { purpose: 'export-folder', several: false });
  assert.equal(file.ok ? '' : file.code, 'station.file-unreadable');
  const odd = await bench.call('training.units', {});
  assert.equal(odd.ok ? '' : odd.code, 'window.unit-unknown');
});
