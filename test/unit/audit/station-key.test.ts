import assert from 'node:assert/strict';
import { chmodSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { sign, verify } from 'node:crypto';
import { join } from 'node:path';
import test from 'node:test';
import { createFileSecrets } from '../../../core/audit/secret-store.ts';
import { loadOrCreateStationKey, loadStationKey } from '../../../core/audit/station-key.ts';
import { makeFolder } from './open-test-log.ts';

const seed = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex');
const random = () => seed;

test('REQ-OTA-AUD-01 the station key is made from the seed as RFC 8032 says (§7.1, TEST 1)', (t) => {
  const key = loadOrCreateStationKey(createFileSecrets(makeFolder(t)), random);
  assert.ok(key.ok);
  const spki = key.value.publicKey.export({ format: 'der', type: 'spki' });
  assert.equal(spki.subarray(-32).toString('hex'), 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');
  assert.ok(
    verify(null, Buffer.from('note'), key.value.publicKey, sign(null, Buffer.from('note'), key.value.privateKey)),
  );
});

test('the station key is one 0600 PEM file, made once and read by openssl', (t) => {
  const folder = makeFolder(t);
  const first = loadOrCreateStationKey(createFileSecrets(folder), random);
  const again = loadOrCreateStationKey(createFileSecrets(folder), () => assert.fail('a second key'));
  const loaded = loadStationKey(createFileSecrets(folder));
  assert.ok(first.ok && again.ok && loaded.ok);
  assert.ok(
    first.value.publicKey.equals(again.value.publicKey) && first.value.publicKey.equals(loaded.value.publicKey),
  );
  assert.deepEqual(readdirSync(folder), ['station.key']);
  const path = join(folder, 'station.key');
  if (process.platform !== 'win32') assert.equal(statSync(path).mode & 0o777, 0o600);
  const openssl = execFileSync('openssl', ['pkey', '-in', path, '-pubout'], { encoding: 'utf8' });
  assert.equal(openssl, first.value.publicKey.export({ format: 'pem', type: 'spki' }));
});

test('a key file that others may read is refused', { skip: process.platform === 'win32' }, (t) => {
  const folder = makeFolder(t);
  assert.ok(loadOrCreateStationKey(createFileSecrets(folder), random).ok);
  chmodSync(join(folder, 'station.key'), 0o640);
  for (const key of [
    loadStationKey(createFileSecrets(folder)),
    loadOrCreateStationKey(createFileSecrets(folder), random),
  ]) {
    assert.ok(!key.ok && key.code === 'station.key-damaged');
    assert.match(key.reason, /mode 640/);
  }
});

test('a missing, damaged or foreign key is refused, never replaced and never quoted', (t) => {
  const folder = makeFolder(t);
  const path = join(folder, 'station.key');
  const secrets = createFileSecrets(folder);
  const missing = loadStationKey(secrets);
  assert.ok(!missing.ok && missing.code === 'station.key-damaged');

  const ec = execFileSync('openssl', ['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'], {
    encoding: 'utf8',
  });
  for (const contents of ['', 'secret words', ec]) {
    writeFileSync(path, contents, { mode: 0o600 });
    for (const key of [loadStationKey(secrets), loadOrCreateStationKey(secrets, random)]) {
      assert.ok(!key.ok && key.code === 'station.key-damaged');
      assert.doesNotMatch(JSON.stringify(key), /secret words/);
    }
    assert.equal(readFileSync(path, 'utf8'), contents);
  }
});
