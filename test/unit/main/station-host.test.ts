import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { accept, refuse, type Result } from '../../../contract/result.ts';
import { createFileSecrets } from '../../../core/audit/secret-store.ts';
import { findDataFolder } from '../../../core/station/data-folder.ts';
import { DataPlace } from '../../../main/station/data-place.ts';
import { openSecrets, type Keychain } from '../../../main/station/keychain-secrets.ts';
import { PreferencesFile } from '../../../main/station/preferences.ts';
import { StationHost, type OpenedStation } from '../../../main/station/station-host.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.code);

function hostIn(t: TestContext, open: (folder: string, create: boolean) => Result<OpenedStation>) {
  const folder = tempFolder(t);
  const place = new DataPlace(
    undefined,
    { DRYDOCK_DATA: '', XDG_DATA_HOME: folder, LOCALAPPDATA: folder },
    join(folder, 'memory.json'),
  );
  const opened: string[] = [];
  const host = new StationHost(
    {
      place,
      openStation: (data, create) => {
        opened.push(`${data.slice(folder.length)} ${create ? 'new' : 'old'}`);
        return Promise.resolve(open(data, create));
      },
      openTraining: (data) => Promise.resolve(open(data, true)),
      inspectLog: (data, training) => {
        opened.push(`${data.slice(folder.length)} read ${training ? 'training' : 'station'}`);
        return Promise.resolve(refuse('station.key-damaged', 'no key'));
      },
    },
    () => undefined,
  );
  return { folder, place, host, opened };
}

const station = (dataFolder: string): OpenedStation => ({
  station: {
    call: () => Promise.reject(new Error('not called')),
    subscribe: () => () => undefined,
    drain: () => Promise.resolve(),
    close: () => Promise.resolve(),
  },
  dataFolder,
  keychain: false,
  training: null,
});

test('a machine without a station lets a person choose; the choice is remembered', async (t) => {
  const { folder, place, host } = hostIn(t, (data) => accept(station(data)));
  await host.start(false);
  assert.equal(host.phase.phase, 'begin');
  const other = join(folder, 'elsewhere');
  mkdirSync(other);
  writeFileSync(join(other, 'letter.txt'), '');
  assert.equal(codeOf(await host.setUp('station', other)), 'window.folder-in-use');
  assert.equal(host.phase.phase, 'begin');
  assert.equal(codeOf(await host.setUp('station', join(folder, 'new'))), 'ok');
  assert.equal(codeOf(await host.setUp('training', null)), 'window.station-open');
  assert.deepEqual(place.find(), accept(join(folder, 'new')));
});

test('a station that does not open is told of, and no other is begun beside it', async (t) => {
  let answer: Result<OpenedStation> = refuse('station.in-use', 'in use');
  const { folder, place, host, opened } = hostIn(t, () => answer);
  mkdirSync(place.proposed, { recursive: true });
  writeFileSync(join(place.proposed, 'station.db'), '');
  await host.start(false);
  assert.equal(host.phase.phase, 'refused');
  assert.equal(codeOf(await host.setUp('station', join(folder, 'new'))), 'window.station-open');
  answer = refuse('station.database-damaged', 'damaged');
  assert.equal(codeOf(await host.setUp('station', null)), 'station.database-damaged');
  answer = accept(station(place.proposed));
  assert.equal(codeOf(await host.setUp('station', null)), 'ok');
  assert.ok(opened.every((each) => each.endsWith(' old')));
});

test('a choice that cannot be read is no reason to begin a second station', async (t) => {
  const { folder, host } = hostIn(t, (data) => accept(station(data)));
  writeFileSync(join(folder, 'memory.json'), '{"dataFolder":7}');
  await host.start(false);
  assert.equal(host.phase.phase === 'refused' ? host.phase.refusal.code : '', 'station.storage-failed');
});

test('the command line names the data folder before the environment does, and both before the machine', () => {
  assert.equal(findDataFolder('/a', { DRYDOCK_DATA: '/b' }), '/a');
  assert.equal(findDataFolder(undefined, { DRYDOCK_DATA: '/b' }), '/b');
});

/** A key chain that turns letters round. */
function keychain(
  available: boolean,
  backend: ReturnType<Keychain['getSelectedStorageBackend']> = 'gnome_libsecret',
): Keychain {
  return {
    isAsyncEncryptionAvailable: () => Promise.resolve(available),
    encryptStringAsync: (text) => Promise.resolve(Buffer.from(text.split('').reverse().join(''))),
    decryptStringAsync: (bytes) =>
      Promise.resolve({ shouldReEncrypt: false, result: bytes.toString().split('').reverse().join('') }),
    getSelectedStorageBackend: () => backend,
  };
}
const linux = { platform: 'linux', randomBytes } as const;

test('secrets of a new station are sealed under a key of the key chain', async (t) => {
  const folder = tempFolder(t);
  const made = await openSecrets(folder, true, keychain(true), linux);
  assert.ok(made.ok && made.value.keychain);
  made.value.store.write('station.key', Buffer.from('the secret'));
  assert.ok(!readFileSync(join(folder, 'station.key.sealed')).includes('the secret'));
  assert.equal(existsSync(join(folder, 'station.key')), false);
  if (process.platform !== 'win32') assert.equal(statSync(join(folder, 'station.key.sealed')).mode & 0o777, 0o600);

  const again = await openSecrets(folder, false, keychain(true), linux);
  assert.ok(again.ok);
  const read = again.value.store.read('station.key');
  assert.equal(
    read.ok && read.value === null ? null : Buffer.from((read.ok && read.value) || []).toString(),
    'the secret',
  );
  writeFileSync(join(folder, 'other.sealed'), readFileSync(join(folder, 'station.key.sealed')));
  assert.equal(codeOf(again.value.store.read('other')), 'station.key-damaged', 'the name is sealed too');
  const fails = { ...keychain(true), decryptStringAsync: () => Promise.reject(new Error('locked')) };
  assert.equal(codeOf(await openSecrets(folder, false, fails, linux)), 'station.key-damaged');
  assert.equal(
    codeOf(createFileSecrets(folder).read('station.key')),
    'station.key-damaged',
    'the command line says why it cannot',
  );
});

test('without a key chain that deserves the name, and for a station that has its key in a file, secrets are files', async (t) => {
  for (const [chain, platform] of [
    [keychain(false), 'darwin'],
    [keychain(true, 'basic_text'), 'linux'],
    [keychain(true, 'unknown'), 'linux'],
  ] as const) {
    const made = await openSecrets(tempFolder(t), true, chain, { platform, randomBytes });
    assert.ok(made.ok && !made.value.keychain);
  }
  const folder = tempFolder(t);
  createFileSecrets(folder).write('station.key', Buffer.from('x'));
  const opened = await openSecrets(folder, false, keychain(true), linux);
  assert.ok(opened.ok && !opened.value.keychain);
  assert.equal(existsSync(join(folder, 'keychain.key')), false, 'nothing is moved without being asked');
});

test('preferences are kept with the station, and what was chosen before it is there is not lost', (t) => {
  const folder = tempFolder(t);
  let open: string | null = null;
  const file = new PreferencesFile(() => open);
  assert.equal(file.read().language, 'system');
  file.write({ language: 'de', theme: 'dark', motion: 'system', paper: 'A4' });
  open = folder;
  file.keepEarly();
  assert.deepEqual(new PreferencesFile(() => folder).read(), {
    language: 'de',
    theme: 'dark',
    motion: 'system',
    paper: 'A4',
  });
  writeFileSync(join(folder, 'window.json'), '{"language":"xx"}');
  assert.equal(new PreferencesFile(() => folder).read().language, 'system');
});

test('REQ-OTA-AUD-02 only the log of a station that does not open is read without it, and that of the right folder', async (t) => {
  const ready = hostIn(t, (data) => accept(station(data)));
  await ready.host.start(true);
  assert.equal(codeOf(await ready.host.inspectLog()), 'window.station-open');
  assert.deepEqual(ready.opened, []);
  const damaged = hostIn(t, () => refuse('audit.truncated', 'cut short'));
  await damaged.host.start(true);
  assert.equal(codeOf(await damaged.host.inspectLog()), 'station.key-damaged');
  assert.match(damaged.opened.join(), /-training read training$/);
});
