import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RefusalError } from '../../../contract/result.ts';
import { createClockWatch } from '../../../core/storage/clock-watch.ts';
import { migrations } from '../../../core/storage/migrations/index.ts';
import { createTrustPackageRepository } from '../../../core/storage/trust-package-repository.ts';
import type { StoredPackage, StoredProposal } from '../../../core/trust/package/repository.ts';
import { sha256Of } from '../../helpers/test-bundle.ts';
import { makeFolder, openTestDatabase } from './open-test-database.ts';

const at = new Date('2026-11-22T09:00:00.000Z');
const approval = { statement: '{}', signature: 'c2ln', publicKey: 'a2V5' };

function stored(family: string, version: number): StoredPackage {
  const document = Uint8Array.from(Buffer.from(`${family} ${version}`));
  const files = { document, signature: Uint8Array.of(1, 2), sha256: sha256Of(document) };
  return { ...files, family, version, adoptedAt: at, adoptedBy: 'op-1', approval };
}

function proposal(family: string, ...versions: number[]): StoredProposal {
  const steps = versions.map((version) => {
    const { document, signature, sha256 } = stored(family, version);
    return { document, signature, sha256 };
  });
  const sha256 = steps.at(-1)?.sha256 ?? '';
  return { family, kind: 'next', sha256, steps, proposedAt: at, proposedBy: { id: 'op-2', username: 'ada' } };
}

test('REQ-OTA-SIG-05 the newest package of each family is current, and a version only rises', (t) => {
  const packages = createTrustPackageRepository(openTestDatabase(t).connection);
  for (const one of [stored('b', 1), stored('a', 2), stored('a', 3)]) packages.addPackage(one);
  assert.deepEqual(packages.currentPackages(), [stored('a', 3), stored('b', 1)]);
  assert.throws(() => packages.addPackage(stored('a', 3)), /only rises/);
  assert.throws(() => packages.addPackage(stored('a', 1)), /only rises/);
});

test('REQ-OTA-SIG-05 a family has one proposal, the one made last', (t) => {
  const packages = createTrustPackageRepository(openTestDatabase(t).connection);
  packages.putProposal(proposal('a', 2, 3));
  packages.putProposal(proposal('b', 2));
  packages.putProposal(proposal('a', 2));
  assert.deepEqual(packages.proposals(), [proposal('a', 2), proposal('b', 2)]);
  packages.removeProposal('a');
  assert.deepEqual(packages.proposals(), [proposal('b', 2)]);
});

test('REQ-OTA-SIG-05 a package or proposal that was changed in the database is refused', (t) => {
  const { connection } = openTestDatabase(t);
  const packages = createTrustPackageRepository(connection);
  packages.addPackage(stored('a', 1));
  packages.putProposal(proposal('a', 2));
  connection.exec(`DROP TRIGGER trust_package_never_changes;
    UPDATE trust_package SET document = x'30'; UPDATE trust_proposal_step SET document = x'30'`);
  const isDamage = (error: unknown): boolean =>
    error instanceof RefusalError && error.refusal.code === 'station.database-damaged';
  assert.throws(() => packages.currentPackages(), isDamage);
  assert.throws(() => packages.proposals(), isDamage);
});

test('REQ-OTA-SIG-06 0008 begins the watch over the clock at the last event of a database of the version before', (t) => {
  const folder = makeFolder(t);
  const before = openTestDatabase(
    t,
    folder,
    migrations.filter(({ version }) => version < 8),
  );
  const insert = before.connection.prepare(
    'INSERT INTO audit_event (seq, leaf, leaf_hash) VALUES (?, ?, zeroblob(32))',
  );
  for (const [index, time] of ['2030-01-01T00:00:00.000Z', '2026-11-22T09:00:00.000Z'].entries()) {
    insert.run(index + 1, JSON.stringify({ time, type: 'session.login', outcome: 'done' }));
  }
  before.close();
  const { connection } = openTestDatabase(t, folder);
  assert.deepEqual(createClockWatch(connection)(), { newest: at, jump: null });
});

test('REQ-OTA-SIG-06 before the first event nothing is known of the clock', (t) => {
  assert.equal(createClockWatch(openTestDatabase(t).connection)(), null);
});
