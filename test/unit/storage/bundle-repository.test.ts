import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RefusalError } from '../../../contract/result.ts';
import type { BundleRecord } from '../../../core/bundle/repository.ts';
import { createBundleRepository } from '../../../core/storage/bundle-repository.ts';
import { imageFor, manifestFor, sha256Of } from '../../helpers/test-bundle.ts';
import { testSigner } from '../../helpers/test-import.ts';
import { openTestDatabase } from './open-test-database.ts';

function record(release: string, images = [imageFor(Buffer.from(release))]): BundleRecord {
  const manifest = manifestFor(images, { release: { name: release, changeControl: 'ECO-ä' } });
  const manifestText = `${JSON.stringify(manifest, null, 1)}\n`;
  return {
    digest: sha256Of(Buffer.from(manifestText)),
    manifest,
    manifestText,
    signature: { sha256: sha256Of(Buffer.from(`signature of ${release}`)), lenBytes: 99 },
    signers: [testSigner({ signingTime: '2026-11-02T00:00:00Z' })],
    importedAt: '2026-11-22T09:00:00.000Z',
    importedBy: 'op-1',
  };
}

test('REQ-OTA-MAN-01 keeps a bundle exactly as it was imported', (t) => {
  const { connection, transact } = openTestDatabase(t);
  const bundles = createBundleRepository(connection);
  const first = record('1.0');
  assert.equal(bundles.get(first.digest), null);
  assert.equal(bundles.has(first.digest), false);
  transact(() => bundles.add(first));
  assert.deepEqual(bundles.get(first.digest), first);
  assert.equal(bundles.has(first.digest), true);
});

test('REQ-OTA-MAN-01 lists the newest import first', (t) => {
  const bundles = createBundleRepository(openTestDatabase(t).connection);
  const [a, b, c] = ['1.0', '1.2', '1.1'].map((name) => record(name));
  assert.ok(a && b && c);
  for (const each of [a, b, c]) bundles.add(each);
  assert.deepEqual(bundles.list(), [c, b, a]);
});

test('REQ-OTA-MAN-03 knows which contents a bundle needs, also where two share one', (t) => {
  const bundles = createBundleRepository(openTestDatabase(t).connection);
  const shared = Buffer.from('shared');
  const twice = [
    imageFor(shared),
    imageFor(shared, { file: 'images/b.bin', slot: 'b' }),
    imageFor(Buffer.from('own'), { file: 'images/c.bin', slot: 'c' }),
  ];
  const [first, second] = [record('1.0', twice), record('1.1', [imageFor(shared)])];
  for (const each of [first, second]) bundles.add(each);
  for (const sha256 of [first.digest, first.signature.sha256, sha256Of(shared), sha256Of(Buffer.from('own'))]) {
    assert.equal(bundles.isReferenced(sha256), true);
  }
  assert.equal(bundles.isReferenced(sha256Of(Buffer.from('other'))), false);
});

test('REQ-OTA-MAN-03 a bundle needs its documents as it needs its images', (t) => {
  const bundles = createBundleRepository(openTestDatabase(t).connection);
  const hash = sha256Of(Buffer.from('notes'));
  const document = {
    file: 'documents/n.txt',
    kind: 'other',
    title: 'Notes',
    mediaType: 'text/plain',
    len: 5,
    hash,
  } as const;
  const base = record('1.0');
  const manifest = { ...base.manifest, documents: [document] };
  const manifestText = JSON.stringify(manifest);
  const kept = { ...base, manifest, manifestText, digest: sha256Of(Buffer.from(manifestText)) };
  bundles.add(kept);
  assert.deepEqual(bundles.get(kept.digest), kept);
  assert.equal(bundles.isReferenced(hash), true);
});

test('REQ-OTA-MAN-03 a bundle needs its device profiles, and those that bring some are told apart', (t) => {
  const bundles = createBundleRepository(openTestDatabase(t).connection);
  const hash = sha256Of(Buffer.from('profile'));
  const base = record('1.0');
  const manifest = { ...base.manifest, profiles: [{ file: 'profiles/p.json', len: 7, hash }] };
  const manifestText = JSON.stringify(manifest);
  const brings = { ...base, manifest, manifestText, digest: sha256Of(Buffer.from(manifestText)) };
  for (const each of [base, brings]) bundles.add(each);
  assert.equal(bundles.isReferenced(hash), true);
  assert.deepEqual(bundles.listWithProfiles(), [brings]);
});

test('REQ-OTA-SIG-01 puts a newer signature in the place of the old one, and needs the old content no more', (t) => {
  const { connection, transact } = openTestDatabase(t);
  const bundles = createBundleRepository(connection);
  const [first, second] = [record('1.0'), record('1.1')];
  for (const each of [first, second]) bundles.add(each);
  const resigned = {
    signature: { sha256: sha256Of(Buffer.from('signed anew')), lenBytes: 77 },
    signers: [testSigner({ subject: 'CN=Release signing 2028' })],
  };
  transact(() => bundles.replaceSignature(first.digest, resigned));
  assert.deepEqual(bundles.list(), [second, { ...first, ...resigned }]);
  const needed = [first.digest, resigned.signature.sha256, sha256Of(Buffer.from('1.0')), second.signature.sha256];
  for (const sha256 of needed) assert.equal(bundles.isReferenced(sha256), true);
  assert.equal(bundles.isReferenced(first.signature.sha256), false);
  assert.throws(() => bundles.replaceSignature('0'.repeat(64), resigned), /unknown bundle/);
});

test('REQ-OTA-MAN-01 takes one digest once, and never changes what was imported', (t) => {
  const { connection } = openTestDatabase(t);
  const bundles = createBundleRepository(connection);
  const first = record('1.0');
  bundles.add(first);
  assert.throws(() => bundles.add(first), /UNIQUE/);
  for (const change of [
    "imported_by = 'somebody else'",
    "manifest = '{}'",
    "imported_at = ''",
    'digest = imported_by',
  ]) {
    assert.throws(() => connection.exec(`UPDATE bundle SET ${change}`), /never changes/, change);
  }
});

test('REQ-OTA-MAN-01 refuses a manifest that was changed in the database', (t) => {
  const { connection } = openTestDatabase(t);
  const bundles = createBundleRepository(connection);
  const first = record('1.0');
  bundles.add(first);
  connection.exec("DROP TRIGGER bundle_never_changes; UPDATE bundle SET manifest = replace(manifest, 'vu-a', 'vu-b')");
  const isDamage = (error: unknown): boolean =>
    error instanceof RefusalError && error.refusal.code === 'station.database-damaged';
  assert.throws(() => bundles.get(first.digest), isDamage);
  assert.throws(() => bundles.list(), isDamage);
});

test('REQ-OTA-AUD-03 forgets a bundle whose transaction fails', (t) => {
  const { connection, transact } = openTestDatabase(t);
  const bundles = createBundleRepository(connection);
  const first = record('1.0');
  const failing = (): void => {
    bundles.add(first);
    throw new Error('no event');
  };
  assert.throws(() => transact(failing), /no event/);
  assert.deepEqual(bundles.list(), []);
  assert.equal(bundles.isReferenced(first.digest), false);
});
