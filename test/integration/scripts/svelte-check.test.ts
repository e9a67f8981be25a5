import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../../..');

test('the check of Svelte files fails on a component with wrong types, so that it cannot pass by seeing nothing', () => {
  const command = 'node_modules/svelte-check/bin/svelte-check';
  const fixture = ['--workspace', 'test/fixtures/svelte-check', '--tsconfig', './tsconfig.json', '--output', 'machine'];
  const { status, stdout } = spawnSync(process.execPath, [command, ...fixture], { cwd: root, encoding: 'utf8' });
  assert.equal(status, 1, stdout);
  // The script's fault, and the one in the markup.
  assert.match(stdout, /Wrong\.svelte" 2:\d+ .*not assignable/);
  assert.match(stdout, /Wrong\.svelte" 5:\d+ .*does not exist/);
});
