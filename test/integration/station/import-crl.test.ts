import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { describeTrust } from '../../../cli/terminal/describe-trust.ts';
import { sha256Of } from '../../helpers/test-bundle.ts';
import { VirtualDepot } from '../../helpers/virtual-depot.ts';

const folder = new URL('../../fixtures/trust/', import.meta.url);
const readPem = (name: string): string => readFileSync(new URL(name, folder), 'utf8');

test('REQ-OTA-SIG-02 the list of an intermediate CA is imported from one file with its certificates, and only a newer one after it', async (t) => {
  const depot = await VirtualDepot.set(t);
  const root = readPem('certs/root.pem');
  await depot.call('administrator', 'trust.pin-anchor', {
    certificate: root,
    label: 'Root of two CAs',
    products: ['*'],
    typedFingerprint: sha256Of(new X509Certificate(root).raw),
  });
  const path = join(depot.folder, 'list.pem');
  const put = (...names: readonly string[]): void => writeFileSync(path, names.map(readPem).join(''));

  put('crls/ica-revokes-leaf.pem');
  assert.equal((await depot.refusal('administrator', 'trust.import-crl', { path })).code, 'trust.crl-anchor-unknown');
  put('crls/ica-revokes-leaf.pem', 'certs/ica.pem');
  assert.deepEqual(await depot.call('administrator', 'trust.import-crl', { path }), {
    issuer: 'ica',
    nextUpdate: '2030-01-01T00:00:00.000Z',
  });
  put('crls/ica-later-ca.pem', 'certs/ica.pem');
  assert.equal((await depot.refusal('administrator', 'trust.import-crl', { path })).code, 'trust.crl-partial');
  put('crls/ica-empty.pem', 'certs/ica.pem');
  assert.equal((await depot.refusal('administrator', 'trust.import-crl', { path })).code, 'trust.crl-superseded');
  put('crls/ica-later.pem', 'certs/ica.pem');
  await depot.call('administrator', 'trust.import-crl', { path });
  assert.match(describeTrust(await depot.call('auditor', 'trust.show', {})), /^ {2}ica, number 2, of /m);

  put('crls/root-later.pem');
  await depot.call('administrator', 'trust.import-crl', { path });
  const { crls } = await depot.call('auditor', 'trust.show', {});
  assert.deepEqual(
    crls.map(({ issuer, number }) => [issuer, number]),
    [
      ['ica', '2'],
      ['Test Root', '2'],
    ],
  );
});
