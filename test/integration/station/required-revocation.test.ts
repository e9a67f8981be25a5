import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { VirtualDepot } from '../../helpers/virtual-depot.ts';

const fixture = (name: string): string => fileURLToPath(new URL(`../../fixtures/trust/${name}.pem`, import.meta.url));
const readFixture = (name: string): string => readFileSync(fixture(name), 'utf8');
/** A signer right below a root whose revocation lists are at hand. */
const signer = {
  privateKey: createPrivateKey(readFixture('keys/leaf')),
  certificateDer: new X509Certificate(readFixture('certs/leaf-direct')).raw,
};
const required = { crl: 'required', maxAgeHours: null } as const;

async function depotOfSigner(t: Parameters<typeof VirtualDepot.set>[0]): Promise<VirtualDepot> {
  const depot = await VirtualDepot.set(t);
  await depot.pinRoot(readFixture('certs/root'));
  return depot;
}

test('REQ-OTA-SIG-02 where the product’s policy requires revocation lists, a bundle is imported only with a current one of each CA', async (t) => {
  const depot = await depotOfSigner(t);
  const path = depot.bundle({ signer });
  await depot.installPolicy({ revocation: required });
  assert.equal((await depot.refusal('administrator', 'bundle.import', { path })).code, 'trust.crl-missing');
  await depot.call('administrator', 'trust.import-crl', { path: fixture('crls/root-empty') });
  await depot.installPolicy({ revocation: { crl: 'required', maxAgeHours: 24 } });
  assert.equal((await depot.refusal('administrator', 'bundle.import', { path })).code, 'trust.crl-stale');
  await depot.installPolicy({ revocation: required });
  await depot.call('administrator', 'bundle.import', { path });
});

test('REQ-OTA-SIG-02 a rule of revocation that came after the import holds before the unit is touched', async (t) => {
  const depot = await depotOfSigner(t);
  const { bundle } = await depot.call('administrator', 'bundle.import', { path: depot.bundle({ signer }) });
  await depot.installPolicy({ revocation: required });
  await depot.approve(bundle.digest);
  const refused = await depot.update(bundle.digest);
  assert.deepEqual([refused.state, refused.code], ['refused', 'trust.crl-missing']);

  await depot.call('administrator', 'trust.import-crl', { path: fixture('crls/root-empty') });
  await depot.installPolicy({ revocation: { crl: 'optional', maxAgeHours: 24 } });
  await depot.approve(bundle.digest);
  const stale = await depot.update(bundle.digest);
  assert.deepEqual([stale.state, stale.code], ['refused', 'trust.crl-stale']);

  await depot.installPolicy({ revocation: required });
  await depot.approve(bundle.digest);
  assert.equal((await depot.update(bundle.digest)).state, 'confirmed');
});
