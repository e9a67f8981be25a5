import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { test } from 'node:test';

const child = fileURLToPath(new URL('exit-child.ts', import.meta.url));
/** Far above what it takes; a program that has to be stopped has failed. */
const STOP_MS = 60_000;

async function run(what: string): Promise<string> {
  const ended = await promisify(execFile)(process.execPath, ['--no-warnings', child, what], { timeout: STOP_MS });
  return ended.stdout.trim();
}

test('REQ-OTA-APP-04 a program that has looked at the bus, and stopped, ends by itself', async () => {
  assert.equal(await run('scanner'), 'accepted');
});

test('REQ-OTA-APP-04 unplugging ends a pause of a day at once, and nothing of it keeps the program alive', async () => {
  assert.equal(await run('pause'), 'device.unplugged');
});

test('REQ-OTA-APP-04 unplugging ends a transfer with a deadline of a day at once, and nothing of it keeps the program alive', async () => {
  assert.equal(await run('transfer'), 'device.unplugged');
});
