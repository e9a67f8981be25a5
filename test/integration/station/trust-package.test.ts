import assert from 'node:assert/strict';
import { verify } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import Database from 'better-sqlite3';
import { signCms } from '../../../core/trust/sign-cms.ts';
import { fixturePath, packageFiles, signerOf } from '../../unit/trust/package/fixtures.ts';
import { sha256Of } from '../../helpers/test-bundle.ts';
import { demoPki, password, VirtualDepot } from '../../helpers/virtual-depot.ts';

const family = 'acme-pumps';
const meaning = 'Compared with the letter of the vendor';
const pathsOf = (name: string) => ({
  document: fixturePath(`packages/${name}.json`),
  signature: fixturePath(`packages/${name}.p7s`),
});
const sha256 = (name: string): string => sha256Of(packageFiles(name).document);
const next = (...names: string[]) => ({ packages: names.map(pathsOf), begin: null });
const first = (name: string, anew = false) => ({
  packages: [pathsOf(name)],
  begin: { typedFingerprint: sha256(name), anew },
});
const approval = (name: string) => ({ family, sha256: sha256(name), meaning, password });

/** A depot in which version 1 is in force. */
async function depotWithV1(t: TestContext): Promise<VirtualDepot> {
  const depot = await VirtualDepot.set(t);
  await depot.call('administrator', 'trust.propose', first('v1'));
  await depot.call('approver', 'trust.approve', approval('v1'));
  return depot;
}

async function versionOf(depot: VirtualDepot): Promise<number | null> {
  const { packages } = await depot.call('auditor', 'trust.show', {});
  return packages.find((one) => one.family === family)?.version ?? null;
}

const events = async (depot: VirtualDepot, type: 'trust.package-adopted' | 'trust.package-proposed') =>
  depot.call('auditor', 'audit.list', { before: null, type, outcome: null, limit: 10 });

test('REQ-OTA-SIG-05 trust begins and is renewed by packages, each change with a second person’s signed approval in the log', async (t) => {
  const depot = await depotWithV1(t);
  const proposed = await depot.call('administrator', 'trust.propose', next('v2'));
  assert.equal(proposed.mayApproveAlone, false);
  assert.deepEqual([proposed.change.fromVersion, proposed.change.toVersion], [1, 2]);
  assert.equal(await versionOf(depot), 1);
  const { proposals } = await depot.call('approver', 'trust.show', {});
  const would = proposals[0]?.package;
  assert.deepEqual([would?.reason, would?.products], ['v2', ['acme.pump']]);
  assert.deepEqual(
    would?.anchors.map(({ label, fingerprintSha256 }) => [label, fingerprintSha256]),
    ['root-a', 'root-b', 'root-tsa'].map((name) => [name, sha256Of(new Uint8Array(derOf(name)))]),
  );
  await depot.call('approver', 'trust.approve', approval('v2'));
  assert.equal(await versionOf(depot), 2);

  const [adopted] = await events(depot, 'trust.package-adopted');
  assert.ok(adopted);
  assert.equal(adopted.actor.kind === 'operator' && adopted.actor.username, 'approver');
  const { data } = adopted;
  const fingerprint = (name: string): string => sha256Of(new Uint8Array(derOf(name)));
  assert.deepEqual(data['anchorsBefore'], ['root-a', 'root-tsa'].map(fingerprint));
  assert.deepEqual(data['anchorsAfter'], ['root-a', 'root-b', 'root-tsa'].map(fingerprint));
  assert.equal(data['packageSha256'], sha256('v2'));
  assert.equal(data['proposedBy'], 'administrator');
  assert.equal((await depot.call('auditor', 'audit.verify', {})).intact, true);
});

test('REQ-OTA-SIG-05 the approval that is kept verifies under the approver’s own key and names the packages', async (t) => {
  const depot = await depotWithV1(t);
  await depot.close();
  const connection = new Database(join(depot.options.dataFolder, 'station.db'), { readonly: true });
  t.after(() => connection.close());
  const text = connection.prepare<[], string>('SELECT approval FROM trust_package').pluck().get() ?? '';
  const { statement, signature, publicKey } = JSON.parse(text) as Record<string, string>;
  const key = { key: Buffer.from(publicKey ?? '', 'base64'), format: 'der', type: 'spki' } as const;
  assert.ok(verify(null, Buffer.from(statement ?? ''), key, Buffer.from(signature ?? '', 'base64')));
  const said = JSON.parse(statement ?? '') as { packages: string[]; meaning: string; operator: { username: string } };
  assert.deepEqual([said.packages, said.meaning, said.operator.username], [[sha256('v1')], meaning, 'approver']);
});

test('REQ-OTA-SIG-05 a station that is several versions behind takes them in a row, and none is left out', async (t) => {
  const depot = await depotWithV1(t);
  assert.equal((await depot.refusal('administrator', 'trust.propose', next('v2', 'v4'))).code, 'trust.package-version');
  assert.equal((await depot.refusal('administrator', 'trust.propose', next('v3'))).code, 'trust.package-version');
  await depot.call('administrator', 'trust.propose', next('v2', 'v3', 'v4'));
  await depot.call('approver', 'trust.approve', approval('v4'));
  assert.equal(await versionOf(depot), 4);
  const adopted = await events(depot, 'trust.package-adopted');
  assert.deepEqual(
    adopted.map(({ data }) => [data['fromVersion'], data['toVersion']]),
    [
      [3, 4],
      [2, 3],
      [1, 2],
      [0, 1],
    ],
  );
});

test('REQ-OTA-SIG-05 an older package is refused also after a restart, and by the database itself', async (t) => {
  const depot = await depotWithV1(t);
  await depot.call('administrator', 'trust.propose', next('v2'));
  await depot.call('approver', 'trust.approve', approval('v2'));
  await depot.restart();
  for (const old of ['v1', 'v2']) {
    assert.equal((await depot.refusal('administrator', 'trust.propose', next(old))).code, 'trust.package-version');
  }
  assert.equal((await depot.refusal('administrator', 'trust.propose', first('v1'))).code, 'trust.package-family');
  assert.equal(
    (await depot.refusal('administrator', 'trust.propose', first('v1', true))).code,
    'trust.package-version',
  );
  await depot.close();
  const connection = new Database(join(depot.options.dataFolder, 'station.db'));
  t.after(() => connection.close());
  const copy = `INSERT INTO trust_package SELECT family, 1, sha256, document, signature, adopted_at, adopted_by, approval
    FROM trust_package WHERE version = 2`;
  assert.throws(() => connection.exec(copy), /only rises/);
  assert.throws(() => connection.exec('DELETE FROM trust_package'), /never removed/);
  assert.throws(() => connection.exec('UPDATE trust_package SET version = 9'), /never changes/);
});

test('REQ-OTA-SIG-05 a crash between proposal and approval loses nothing and puts nothing in force', async (t) => {
  const depot = await depotWithV1(t);
  await depot.call('administrator', 'trust.propose', next('v2'));
  await depot.restart();
  assert.equal(await versionOf(depot), 1);
  await depot.call('approver', 'trust.approve', approval('v2'));
  assert.equal(await versionOf(depot), 2);
});

test('REQ-OTA-SIG-05 a power cut in the midst of the approval leaves the old trust, and the proposal', async (t) => {
  const depot = await depotWithV1(t);
  await depot.call('administrator', 'trust.propose', next('v2', 'v3'));
  await depot.close();
  const path = join(depot.options.dataFolder, 'station.db');
  const cut = new Database(path);
  cut.exec(`CREATE TRIGGER power_cut BEFORE INSERT ON trust_package WHEN NEW.version = 3
    BEGIN SELECT RAISE(ABORT, 'the power is cut'); END`);
  cut.close();
  await depot.restart();
  await assert.rejects(depot.ask('approver', 'trust.approve', approval('v3')));
  assert.equal(await versionOf(depot), 1);
  await depot.close();
  const mended = new Database(path);
  mended.exec('DROP TRIGGER power_cut');
  mended.close();
  await depot.restart();
  await depot.call('approver', 'trust.approve', approval('v3'));
  assert.equal(await versionOf(depot), 3);
});

test('REQ-OTA-SIG-05 REQ-OTA-POL-02 who proposes does not approve where somebody else can, nor by locking or resetting the other', async (t) => {
  const depot = await VirtualDepot.set(t);
  await depot.call('administrator', 'trust.propose', first('v1'));
  const alone = async () => (await depot.refusal('administrator', 'trust.approve', approval('v1'))).code;
  assert.equal(await alone(), 'trust.second-person');
  const people = await depot.call('administrator', 'operator.list', {});
  const id = people.find(({ username }) => username === 'approver')?.id ?? '';
  await depot.call('administrator', 'operator.reset-password', { id, initialPassword: 'handed over on a slip' });
  assert.equal(await alone(), 'trust.second-person');
  await depot.call('administrator', 'operator.disable', { id, reason: 'left' });
  await depot.call('administrator', 'trust.approve', approval('v1'));
  assert.equal(await versionOf(depot), 1);
});

test('REQ-OTA-SIG-05 REQ-OTA-OPR-02 neither a technician nor an auditor changes what is trusted', async (t) => {
  const depot = await VirtualDepot.set(t);
  for (const who of ['technician', 'auditor', 'approver'] as const) {
    assert.equal((await depot.refusal(who, 'trust.propose', first('v1'))).code, 'station.permission-denied');
  }
  await depot.call('administrator', 'trust.propose', first('v1'));
  for (const who of ['technician', 'auditor'] as const) {
    assert.equal((await depot.refusal(who, 'trust.approve', approval('v1'))).code, 'station.permission-denied');
  }
  const wrong = { ...approval('v1'), password: 'not the password at all' };
  assert.equal((await depot.refusal('approver', 'trust.approve', wrong)).code, 'operator.password-wrong');
});

test('REQ-OTA-SIG-05 what is approved is what was proposed, and a rejected proposal is gone', async (t) => {
  const depot = await depotWithV1(t);
  const none = await depot.refusal('approver', 'trust.approve', approval('v2'));
  assert.equal(none.code, 'trust.no-proposal');
  await depot.call('administrator', 'trust.propose', next('v2', 'v3'));
  assert.equal((await depot.refusal('approver', 'trust.approve', approval('v2'))).code, 'trust.no-proposal');
  await depot.call('approver', 'trust.reject', { family, sha256: sha256('v3'), reason: 'Not announced' });
  assert.equal((await depot.refusal('approver', 'trust.approve', approval('v3'))).code, 'trust.no-proposal');
  assert.equal(await versionOf(depot), 1);
});

test('REQ-OTA-SIG-05 a first package needs its fingerprint from another way', async (t) => {
  const depot = await VirtualDepot.set(t);
  const mistyped = { packages: [pathsOf('v1')], begin: { typedFingerprint: sha256('v2'), anew: false } };
  assert.equal((await depot.refusal('administrator', 'trust.propose', mistyped)).code, 'trust.fingerprint-mismatch');
  assert.equal((await depot.refusal('administrator', 'trust.propose', next('v1'))).code, 'trust.package-family');
});

test('REQ-OTA-SIG-05 a family begins anew with a fingerprint and a higher version, whatever the old anchors say', async (t) => {
  const depot = await depotWithV1(t);
  assert.equal((await depot.refusal('administrator', 'trust.propose', next('v4'))).code, 'trust.package-version');
  await depot.call('administrator', 'trust.propose', first('v4', true));
  await depot.call('approver', 'trust.approve', approval('v4'));
  const [adopted] = await events(depot, 'trust.package-adopted');
  assert.deepEqual([adopted?.data['kind'], adopted?.data['fromVersion'], adopted?.data['toVersion']], ['anew', 1, 4]);
});

test('REQ-OTA-SIG-05 what a package manages is not changed by hand', async (t) => {
  const depot = await depotWithV1(t);
  const certificate = demoPki.strangerRootPem;
  const pin = { certificate, label: 'Stranger', typedFingerprint: sha256Of(pemToDer(certificate)) };
  const refused = await depot.refusal('administrator', 'trust.pin-anchor', { ...pin, products: ['acme.pump'] });
  assert.equal(refused.code, 'trust.managed-by-package');
  const fingerprintSha256 = sha256Of(new Uint8Array(derOf('root-a')));
  const removal = await depot.refusal('administrator', 'trust.remove-anchor', { fingerprintSha256 });
  assert.equal(removal.code, 'trust.managed-by-package');
  await depot.call('administrator', 'trust.pin-anchor', { ...pin, products: ['other.monitor'] });
});

test('REQ-OTA-SIG-05 REQ-OTA-SIG-02 a product that a package speaks for takes bundles under its bundle anchors alone', async (t) => {
  const depot = await depotWithV1(t);
  const product = { id: 'acme.pump', name: 'Pump' };
  const under = async (signer: ReturnType<typeof signerOf>) => {
    const path = depot.bundle({ manifest: { product }, signer });
    const answer = await depot.ask('administrator', 'bundle.import', { path });
    return answer.ok ? 'accepted' : answer.code;
  };
  // The demo root is pinned for every product; for this one the package says who counts.
  assert.equal(await under(demoPki.vendor), 'bundle.signer-not-allowed');
  assert.equal(await under(signerOf('signer-tsa')), 'trust.no-path');
  assert.equal(await under(signerOf('signer-code')), 'accepted');
});

test('REQ-OTA-SIG-06 a package raises the time floor, and the overview tells what did', async (t) => {
  const depot = await depotWithV1(t);
  const { clock } = await depot.call('auditor', 'trust.show', {});
  assert.equal(clock.floor, '2026-11-01T08:00:00.000Z');
  assert.equal(clock.floorRaisedBy?.by, 'trust package');
});

test('REQ-OTA-SIG-05 a package’s lists are taken over with it, and one that time has overtaken is left out', async (t) => {
  const depot = await depotWithV1(t);
  await depot.call('administrator', 'trust.propose', next('v2-crl-outdated'));
  const late = await depot.call('approver', 'trust.approve', approval('v2-crl-outdated'));
  assert.deepEqual([late.crlsTaken, late.crlsLeftOut], [0, 1]);
  const other = await depotWithV1(t);
  await other.call('administrator', 'trust.propose', next('v2-crl'));
  const current = await other.call('approver', 'trust.approve', approval('v2-crl'));
  assert.deepEqual([current.crlsTaken, current.crlsLeftOut], [1, 0]);
  const { crls } = await other.call('auditor', 'trust.show', {});
  assert.deepEqual(
    crls.map(({ isCurrent }) => isCurrent),
    [true],
  );
});

test('REQ-OTA-SIG-05 the package is handed on byte for byte', async (t) => {
  const depot = await depotWithV1(t);
  const exported = await depot.call('auditor', 'trust.export', { family });
  assert.equal(exported.document, Buffer.from(packageFiles('v1').document).toString('base64'));
  assert.equal(exported.signature, Buffer.from(packageFiles('v1').signature).toString('base64'));
  assert.equal(exported.anchors[0]?.pem, readFileSync(fixturePath('pki/root-a.crt'), 'utf8'));
  assert.equal((await depot.refusal('auditor', 'trust.export', { family: 'others' })).code, 'trust.package-family');
});

test('REQ-OTA-SIG-05 two families never speak for one product', async (t) => {
  const depot = await depotWithV1(t);
  const text = Buffer.from(packageFiles('v1').document).toString('utf8').replace(family, 'other-pumps');
  const content = Buffer.from(text);
  const [document, signature] = [join(depot.folder, 'other.json'), join(depot.folder, 'other.p7s')];
  writeFileSync(document, content);
  writeFileSync(signature, signCms({ content, signers: [signerOf('signer-a')], signingTime: depot.clock.now() }));
  const begin = { typedFingerprint: sha256Of(content), anew: false };
  const refused = await depot.refusal('administrator', 'trust.propose', { packages: [{ document, signature }], begin });
  assert.equal(refused.code, 'trust.package-products');
});

function derOf(name: string): Buffer {
  return pemToDer(readFileSync(fixturePath(`pki/${name}.crt`), 'utf8'));
}

function pemToDer(pem: string): Buffer {
  return Buffer.from(pem.replace(/-----[^-]+-----/g, ''), 'base64');
}

test('REQ-OTA-SIG-05 what a station trusts is written into a folder for another one: the package byte for byte, pins as PEM, all files or none', async (t) => {
  const depot = await depotWithV1(t);
  const folder = join(depot.folder, 'for-another');
  mkdirSync(folder);
  const { files } = await depot.call('auditor', 'trust.export-files', { family, folder });
  assert.deepEqual(files.map(({ name }) => name).sort(), readdirSync(folder).sort());
  const { document, signature } = packageFiles('v1');
  assert.deepEqual(readFileSync(join(folder, `${family}-1.json`)), Buffer.from(document));
  assert.deepEqual(readFileSync(join(folder, `${family}-1.p7s`)), Buffer.from(signature));
  const other = await VirtualDepot.set(t);
  const proposed = await other.call('administrator', 'trust.propose', {
    packages: [{ document: join(folder, `${family}-1.json`), signature: join(folder, `${family}-1.p7s`) }],
    begin: { typedFingerprint: sha256('v1'), anew: false },
  });
  assert.equal(proposed.sha256, sha256('v1'));

  const pins = await depot.call('auditor', 'trust.export-files', { family: null, folder });
  assert.equal(pins.files.length, 2);
  for (const { name } of pins.files) {
    const seen = await depot.call('administrator', 'trust.inspect', { path: join(folder, name) });
    assert.equal(seen.isPinned, true, name);
  }

  const [pin] = pins.files;
  writeFileSync(join(folder, pin?.name ?? ''), 'another');
  assert.equal(
    (await depot.refusal('auditor', 'trust.export-files', { family: null, folder })).code,
    'station.file-exists',
  );
  const unknown = await depot.refusal('auditor', 'trust.export-files', { family: 'nobody', folder });
  assert.equal(unknown.code, 'trust.package-family');
});
