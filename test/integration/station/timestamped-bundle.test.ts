import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openArchive } from '../../../core/bundle/archive/archive-reader.ts';
import { addTimestamp } from '../../../core/bundle/make/timestamp-bundle.ts';
import { readSignedManifest } from '../../../core/bundle/read-bundle.ts';
import { parseSignedData } from '../../../core/trust/cms/signed-data.ts';
import { unwrap } from '../../../core/trust/der/read-strictly.ts';
import { signCms } from '../../../core/trust/sign-cms.ts';
import { sha256Of } from '../../helpers/test-bundle.ts';
import { password, VirtualDepot } from '../../helpers/virtual-depot.ts';
import { signerOf, textOf } from '../../unit/trust/package/fixtures.ts';
import { buildToken, generalizedTime, tsaCertificate, tstInfo } from '../../unit/trust/support/timestamp-builder.ts';

test('REQ-OTA-SIG-06 a timestamp counts once its authority is pinned: it is shown, recorded, and raises the time floor', async (t) => {
  const depot = await VirtualDepot.set(t);
  const stampedAt = depot.clock.now();
  const path = await stamp(depot, stampedAt);
  assert.equal((await importOf(depot, path)).signers[0]?.timestamp, undefined);

  await pinAuthority(depot);
  const { digest, signers } = await importOf(depot, path);
  const timestamp = signers[0]?.timestamp;
  assert.equal(timestamp?.time, stampedAt.toISOString());
  assert.equal(timestamp.authority, 'tsa');
  assert.equal(timestamp.anchorSha256, sha256Of(tsaCertificate('tsa-root')));
  const { clock } = await depot.call('auditor', 'trust.show', {});
  assert.deepEqual([clock.floor, clock.floorRaisedBy?.by], [stampedAt.toISOString(), 'timestamp']);
  const type = 'bundle.imported';
  const [event] = await depot.call('auditor', 'audit.list', { before: null, type, outcome: 'done', limit: 1 });
  assert.equal(event?.subject['bundle'], digest);
  assert.match(JSON.stringify(event.data['signers']), /"authority":"tsa"/);
});

test('REQ-OTA-SIG-06 a timestamp from the future refuses the bundle, and nothing of it moves the floor', async (t) => {
  const depot = await VirtualDepot.set(t);
  await pinAuthority(depot);
  const before = await depot.call('auditor', 'trust.show', {});
  const path = await stamp(depot, new Date(depot.clock.now().getTime() + 3_600_000));
  assert.equal((await depot.refusal('technician', 'bundle.import', { path })).code, 'trust.timestamp-time');
  const after = await depot.call('auditor', 'trust.show', {});
  assert.deepEqual(after.clock.floor, before.clock.floor);
  assert.deepEqual(await depot.call('auditor', 'bundle.list', {}), []);
});

test('REQ-OTA-SIG-02 the anchor of a time-stamping authority vouches for no bundle', async (t) => {
  const depot = await VirtualDepot.set(t);
  await pinAuthority(depot);
  const path = depot.bundle({ signer: signerOf('signer-a') });
  const refused = await depot.refusal('technician', 'bundle.import', { path });
  assert.notEqual(refused.code, 'bundle.image-hash');
  assert.match(refused.code, /^(?:trust|bundle\.signer)/);
});

async function importOf(depot: VirtualDepot, path: string) {
  return (await depot.call('technician', 'bundle.import', { path })).bundle;
}

/** A signed bundle with a token of the fixture's authority. */
async function stamp(depot: VirtualDepot, time: Date): Promise<string> {
  const bundle = depot.bundle();
  const archive = unwrap(await openArchive(bundle));
  const { signatureBytes } = unwrap(await readSignedManifest(archive));
  archive.close();
  const [info] = unwrap(parseSignedData(signatureBytes)).signerInfos;
  const imprint = createHash('sha256')
    .update(info?.signature ?? '')
    .digest();
  const genTime = generalizedTime(time.toISOString().replace(/[-:T]|\.000/g, ''));
  const out = join(depot.folder, `stamped-${time.getTime()}.zip`);
  unwrap(await addTimestamp(bundle, out, buildToken({ content: tstInfo({ imprint, genTime }) })));
  return out;
}

/** Puts a trust package in force that brings the authority's root, and speaks for a product of nobody here. */
async function pinAuthority(depot: VirtualDepot): Promise<void> {
  const document = JSON.parse(textOf('v1')) as { anchors: { purpose: string; certificate: string }[] };
  for (const anchor of document.anchors.filter(({ purpose }) => purpose === 'timestamp'))
    anchor.certificate = tsaCertificate('tsa-root').toString('base64');
  const content = Buffer.from(JSON.stringify({ ...document, family: 'clocks' }));
  const paths = { document: join(depot.folder, 'trust.json'), signature: join(depot.folder, 'trust.p7s') };
  writeFileSync(paths.document, content);
  writeFileSync(paths.signature, signCms({ content, signers: [signerOf('signer-a')], signingTime: depot.clock.now() }));
  const sha256 = sha256Of(content);
  await depot.call('administrator', 'trust.propose', {
    packages: [paths],
    begin: { typedFingerprint: sha256, anew: false },
  });
  await depot.call('approver', 'trust.approve', {
    family: 'clocks',
    sha256,
    meaning: 'Compared by telephone',
    password,
  });
}
