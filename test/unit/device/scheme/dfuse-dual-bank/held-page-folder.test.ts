import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { HeldPageFolder, noHeldPages } from '../../../../../core/device/scheme/dfuse-dual-bank/held-page-folder.ts';
import type { HeldPage } from '../../../../../core/device/scheme/dfuse-dual-bank/held-page.ts';
import { tempFolder } from '../../../../helpers/temp-folder.ts';

const owner = { profile: 'acme-valve', serial: '../../AV-7' };
const page: HeldPage = {
  ...owner,
  romSerial: null,
  startAddress: 0x0801_0000,
  bytes: Buffer.alloc(2048, 'page'),
  imageHash: 'a'.repeat(64),
  trialHash: 'b'.repeat(64),
};

test('REQ-OTA-APP-04 a page that was kept is found by another process, until it is dropped', (t) => {
  const folder = join(tempFolder(t), 'held-pages');
  assert.deepEqual(new HeldPageFolder(folder).find(owner), { ok: true, value: null });
  assert.ok(new HeldPageFolder(folder).keep(page).ok);
  assert.deepEqual(new HeldPageFolder(folder).find(owner), { ok: true, value: page });
  assert.deepEqual(new HeldPageFolder(folder).find({ ...owner, serial: 'AV-8' }), { ok: true, value: null });
  assert.ok(
    new HeldPageFolder(folder).keep({ ...page, bytes: Buffer.alloc(16, 1) }).ok,
    'a newer page takes its place',
  );
  assert.equal(readdirSync(folder).length, 1);
  assert.ok(new HeldPageFolder(folder).drop(owner).ok);
  assert.deepEqual(readdirSync(folder), []);
  assert.ok(new HeldPageFolder(folder).drop(owner).ok, 'dropping twice is no fault');
});

test('a held page is firmware of a vendor: only the account of the station reads it', (t) => {
  if (process.platform === 'win32') {
    t.skip('modes are of POSIX');
    return;
  }
  const folder = join(tempFolder(t), 'held-pages');
  assert.ok(new HeldPageFolder(folder).keep(page).ok);
  const [name = ''] = readdirSync(folder);
  assert.deepEqual([statSync(folder).mode & 0o777, statSync(join(folder, name)).mode & 0o777], [0o700, 0o600]);
});

test('REQ-OTA-AUD-03 where a page cannot be written, or is none, that is a refusal', (t) => {
  const folder = join(tempFolder(t), 'held-pages');
  const held = new HeldPageFolder(folder);
  assert.ok(held.keep(page).ok);
  const [name = ''] = readdirSync(folder);
  held.drop(owner);
  mkdirSync(join(folder, name));
  for (const refused of [held.keep(page), held.find(owner), held.drop(owner), noHeldPages.keep(page)]) {
    assert.equal(refused.ok ? null : refused.code, 'device.page-not-kept');
  }
});
