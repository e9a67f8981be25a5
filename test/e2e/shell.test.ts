import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { findElectron } from '../../scripts/start/find-electron.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { call, openWindow } from './window.ts';

test('REQ-OTA-UI-02 the window opens on our own origin, with the bridge and nothing else', async (t) => {
  const program = await openWindow(t, { folder: tempFolder(t) });
  const begun = await call(program.page, 'window.begin', {});
  assert.ok(begun.ok);
  assert.equal(begun.value.phase, 'begin');
  const seen = await program.page.evaluate(() => ({
    bridge: Object.keys((globalThis as unknown as { drydock: object }).drydock),
    require: typeof (globalThis as { require?: unknown }).require,
    process: typeof (globalThis as { process?: unknown }).process,
  }));
  assert.deepEqual(seen, { bridge: ['call', 'drop', 'subscribe'], require: 'undefined', process: 'undefined' });
  assert.equal(await program.close(), 0);
});

const waitsForClick = findElectron() === null ? false : 'a box of the system waits for a click';

test(
  'REQ-OTA-UI-02 a program that cannot show a window says so in a box of the system',
  { skip: waitsForClick },
  async (t) => {
    const folder = tempFolder(t);
    const station = join(folder, 'data-training', 'station');
    mkdirSync(station, { recursive: true });
    writeFileSync(join(station, 'profiles'), 'no folder');
    for (const [locale, said] of [
      ['en-GB', /Drydock did not start: .*No unit was touched/],
      ['de-DE', /Drydock ist nicht gestartet: .*Kein Gerät wurde angerührt/],
    ] as const) {
      await assert.rejects(openWindow(t, { folder, training: true, locale }), (error: Error) => {
        assert.match(error.message, /ended with 1/);
        assert.match(error.message, said);
        return true;
      });
    }
  },
);

test('REQ-OTA-UI-02 REQ-OTA-TLS-02 the page can neither connect, nor run text, nor leave, nor be given a device', async (t) => {
  const { page } = await openWindow(t, { folder: tempFolder(t) });
  const tried = await page.evaluate(async () => {
    const outcome = (work: () => unknown): Promise<string> =>
      Promise.resolve()
        .then(work)
        .then(
          () => 'done',
          () => 'refused',
        );
    const permission = (name: string): Promise<string> =>
      navigator.permissions.query({ name: name as PermissionName }).then(({ state }) => state);
    const image = (src: string): Promise<string> =>
      new Promise((done) => {
        const element = new Image();
        element.onload = () => done('done');
        element.onerror = () => done('refused');
        element.src = src;
      });
    return {
      fetch: await outcome(() => fetch('https://example.com/')),
      ownFetch: await outcome(() => fetch('/index.html')),
      image: await image('https://example.com/x.png'),
      socket: await outcome(
        () =>
          new Promise((done, fail) =>
            Object.assign(new WebSocket('wss://example.com/'), { onopen: done, onerror: fail }),
          ),
      ),
      // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- that it does not work is what is tested
      text: await outcome(() => new Function('return 1')()),
      geolocation: await permission('geolocation'),
      notifications: await permission('notifications'),
      frozen: await outcome(() => {
        'use strict';
        (globalThis as unknown as { drydock: { call: unknown } }).drydock.call = 1;
      }),
    };
  });
  assert.deepEqual(tried, {
    fetch: 'refused',
    ownFetch: 'refused',
    image: 'refused',
    socket: 'refused',
    text: 'refused',
    geolocation: 'denied',
    notifications: 'denied',
    frozen: 'refused',
  });
  const before = page.url();
  await page.evaluate(() => {
    location.href = 'https://example.com/';
  });
  const begun = await call(page, 'window.begin', {});
  assert.ok(begun.ok);
  assert.equal(page.url(), before);
});

test('a machine without a station is set up in its window, and the same data open again', async (t) => {
  const folder = tempFolder(t);
  const program = await openWindow(t, { folder, locale: 'de-DE' });
  const begun = await call(program.page, 'window.set-up', { mode: 'station', folder: null });
  assert.ok(begun.ok, JSON.stringify(begun));
  assert.equal(begun.value.station?.initialised, false);
  assert.equal(begun.value.keychain, false);
  const password = 'four words of one’s own';
  const administrator = { username: 'ada', printedName: 'Ada Moreno', password };
  assert.ok((await call(program.page, 'station.initialise', { name: 'Bench 1', administrator })).ok);
  const preferences = { language: 'de', theme: 'dark', motion: 'system', paper: 'A4' } as const;
  assert.ok((await call(program.page, 'window.set-preferences', preferences)).ok);
  await program.kill();

  const again = await openWindow(t, { folder });
  const state = await call(again.page, 'window.begin', {});
  assert.ok(state.ok && state.value.phase === 'open');
  assert.equal(state.value.station?.name, 'Bench 1');
  assert.deepEqual(state.value.preferences, preferences);
  assert.ok((await call(again.page, 'session.login', { username: 'ada', password })).ok);

  // The same data folder in a second program: it says so, and waits to try again.
  const second = await openWindow(t, { folder });
  const refused = await call(second.page, 'window.begin', {});
  assert.ok(refused.ok);
  assert.deepEqual([refused.value.phase, refused.value.refusal?.code], ['refused', 'station.in-use']);
  assert.equal(await again.close(), 0);
  const retried = await call(second.page, 'window.set-up', { mode: 'station', folder: null });
  assert.ok(retried.ok && retried.value.phase === 'open');
});
