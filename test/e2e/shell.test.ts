import assert from 'node:assert/strict';
import { test } from 'node:test';
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
