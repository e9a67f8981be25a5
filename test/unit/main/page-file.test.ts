import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { answerRequest } from '../../../main/security/app-protocol.ts';
import { findPageFile } from '../../../main/security/page-file.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

const find = (address: string): string | null => findPageFile(address, 'drydock', '/page')?.path ?? null;

test('REQ-OTA-UI-02 plain names of the page are found', () => {
  assert.equal(find('app://drydock/index.html'), join('/page', 'index.html'));
  assert.equal(find('app://drydock/assets/index-B9x_1.js#/bench'), join('/page', 'assets', 'index-B9x_1.js'));
});

test('REQ-OTA-UI-02 dots that an address resolves by itself end within the page', () => {
  assert.equal(find('app://drydock/../main/main.js'), join('/page', 'main', 'main.js'));
  assert.equal(find('app://drydock/%2e%2e/secret.html'), join('/page', 'secret.html'));
});

for (const address of [
  'app://drydock/',
  'app://drydock/..%2fsecret.html',
  'app://drydock/%252e%252e/secret.html',
  'app://drydock/assets%5c..%5csecret.html',
  'app://drydock/assets\\..\\..\\secret.html',
  'app://drydock//etc/passwd.html',
  'app://drydock/C:/secret.html',
  'app://drydock/index.html%00.js',
  'app://drydock/%ff.html',
  'app://drydock/.hidden.html',
  'app://drydock/index.exe',
  'app://drydock/index',
  'app://drydock/a/b/c/d/e.html',
  'app://elsewhere/index.html',
  'app://drydock:80/index.html',
  'app://user@drydock/index.html',
  'https://drydock/index.html',
  'file:///page/index.html',
  'index.html',
]) {
  test(`REQ-OTA-UI-02 nothing is found at ${address}`, () => assert.equal(find(address), null));
}

test('REQ-OTA-UI-02 no address leads out of the folder of the page', () => {
  const part = fc.oneof(
    fc.constantFrom('..', '.', '%2e%2e', '%2f', '\\', '%5c', '%00', 'a', 'index.html'),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
      const path = find(`app://drydock/${parts.join('/')}`);
      assert.ok(path === null || resolve(path).startsWith(`${resolve('/page')}/`), String(path));
    }),
    { seed: 1, numRuns: 3000 },
  );
});

test('REQ-OTA-UI-02 answers carry the policy, the type and no other page', async (t) => {
  const folder = tempFolder(t);
  writeFileSync(join(folder, 'index.html'), '<p>');
  mkdirSync(join(folder, 'folder.js'));
  const answer = await answerRequest({ method: 'GET', url: 'app://drydock/index.html' }, folder);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('content-type'), 'text/html; charset=utf-8');
  assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
  assert.equal(answer.headers.get('cross-origin-opener-policy'), 'same-origin');
  assert.equal(answer.headers.get('cross-origin-resource-policy'), 'same-origin');
  const policy = answer.headers.get('content-security-policy') ?? '';
  for (const rule of [
    "default-src 'none'",
    "script-src 'self'",
    "connect-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ]) {
    assert.ok(policy.split('; ').includes(rule), rule);
  }
  assert.ok(!/unsafe|\*|https?:/.test(policy));
  assert.equal((await answerRequest({ method: 'POST', url: 'app://drydock/index.html' }, folder)).status, 405);
  assert.equal((await answerRequest({ method: 'GET', url: 'app://drydock/missing.html' }, folder)).status, 404);
  assert.equal((await answerRequest({ method: 'GET', url: 'app://drydock/folder.js' }, folder)).status, 404);
});
