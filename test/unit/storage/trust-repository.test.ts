import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RefusalError } from '../../../contract/result.ts';
import { createTrustRepository } from '../../../core/storage/trust-repository.ts';
import type { ImageKey, StoredCrl, TrustAnchor } from '../../../core/trust/repository.ts';
import { sha256Of } from '../../helpers/test-bundle.ts';
import { openTestDatabase } from './open-test-database.ts';

const addedAt = new Date('2026-11-22T09:00:00.000Z');

function anchor(name: string, addedAtIso = addedAt.toISOString()): TrustAnchor {
  const der = Uint8Array.from(Buffer.from(`certificate of ${name}`));
  return {
    der,
    fingerprintSha256: sha256Of(der),
    subject: `CN=${name}`,
    notAfter: new Date('2040-01-01T00:00:00.000Z'),
    label: name,
    products: ['acme.pump', 'acme.monitor'],
    addedAt: new Date(addedAtIso),
    addedBy: 'op-1',
  };
}

function imageKey(name: string): ImageKey {
  const spkiDer = Uint8Array.from(Buffer.from(`key of ${name}`));
  const scope = { label: name, products: ['*'], addedAt, addedBy: 'op-1' };
  return { spkiDer, keySha256: sha256Of(spkiDer), algorithm: 'P-256', ...scope };
}

function crl(issuer: string, content: string): StoredCrl {
  const der = Uint8Array.from(Buffer.from(content));
  return {
    der,
    fingerprintSha256: sha256Of(der),
    issuer: `CN=${issuer}`,
    issuerSha256: sha256Of(Buffer.from(issuer)),
    thisUpdate: addedAt,
    nextUpdate: new Date('2027-01-01T00:00:00.000Z'),
    addedAt,
    addedBy: 'op-2',
  };
}

test('REQ-OTA-SIG-02 keeps anchors, oldest pin first, and forgets a removed one', (t) => {
  const trust = createTrustRepository(openTestDatabase(t).connection);
  const [late, early] = [anchor('late'), anchor('early', '2026-11-21T09:00:00.000Z')];
  trust.addAnchor(late);
  trust.addAnchor(early);
  assert.deepEqual(trust.listAnchors(), [early, late]);
  assert.throws(() => trust.addAnchor(late), /UNIQUE/);
  trust.removeAnchor(early.fingerprintSha256);
  assert.deepEqual(trust.listAnchors(), [late]);
});

test('REQ-OTA-SIG-04 keeps image keys and forgets a removed one', (t) => {
  const trust = createTrustRepository(openTestDatabase(t).connection);
  const [one, two] = [imageKey('one'), imageKey('two')];
  trust.addImageKey(one);
  trust.addImageKey(two);
  assert.equal(trust.listImageKeys().length, 2);
  assert.deepEqual(
    trust.listImageKeys().find(({ label }) => label === 'one'),
    one,
  );
  trust.removeImageKey(one.keySha256);
  assert.deepEqual(trust.listImageKeys(), [two]);
});

test('REQ-OTA-SIG-02 keeps one revocation list for each issuer, the one stored last', (t) => {
  const trust = createTrustRepository(openTestDatabase(t).connection);
  const other = crl('other', 'list of another');
  trust.addCrl(crl('root', 'first list'));
  trust.addCrl(other);
  const second = crl('root', 'second list');
  trust.addCrl(second);
  const byIssuer = new Map(trust.listCrls().map((list) => [list.issuer, list]));
  assert.deepEqual(
    byIssuer,
    new Map([
      ['CN=root', second],
      ['CN=other', other],
    ]),
  );
});

test('REQ-OTA-SIG-06 raises the time floor and never lowers it', (t) => {
  const { connection } = openTestDatabase(t);
  const trust = createTrustRepository(connection);
  assert.equal(trust.timeFloor(), null);
  const at = (iso: string): Date => new Date(iso);
  trust.raiseTimeFloor(at('2026-11-22T09:00:00.000Z'));
  trust.raiseTimeFloor(at('2026-11-22T08:59:59.999Z'));
  assert.deepEqual(trust.timeFloor(), at('2026-11-22T09:00:00.000Z'));
  trust.raiseTimeFloor(at('2026-11-22T09:00:00.001Z'));
  assert.deepEqual(trust.timeFloor(), at('2026-11-22T09:00:00.001Z'));
  assert.throws(() => connection.exec("UPDATE time_floor SET floor = '2020-01-01T00:00:00.000Z'"), /never goes back/);
  assert.throws(() => connection.exec('DELETE FROM time_floor'), /never removed/);
});

test('REQ-OTA-SIG-02 refuses a pin that was changed in the database', (t) => {
  const { connection } = openTestDatabase(t);
  const trust = createTrustRepository(connection);
  trust.addAnchor(anchor('root'));
  trust.addImageKey(imageKey('boot'));
  trust.addCrl(crl('root', 'list'));
  connection.exec(
    "UPDATE trust_anchor SET der = x'30'; UPDATE image_key SET spki = x'30'; UPDATE revocation_list SET der = x'30'",
  );
  const isDamage = (error: unknown): boolean =>
    error instanceof RefusalError && error.refusal.code === 'station.database-damaged';
  assert.throws(() => trust.listAnchors(), isDamage);
  assert.throws(() => trust.listImageKeys(), isDamage);
  assert.throws(() => trust.listCrls(), isDamage);
});
