import assert from 'node:assert/strict';
import { X509Certificate, createPublicKey } from 'node:crypto';
import { readPemBlocks } from '../../../core/trust/pem.ts';
import { readSigningCredentials } from '../../../core/trust/read-signing-credentials.ts';
import { fixtureFile } from '../../unit/trust/support/fixture.ts';
import type { FuzzTarget } from '../engine/target.ts';
import { checkRefusal } from '../support/check-refusal.ts';
import { derWords } from '../support/trust-files.ts';

const password = 'bench';

/** PEM and PKCS#12: what is accepted is a key with its own certificate, and no refusal tells the password. */
export const target: FuzzTarget = {
  seeds: () => [
    fixtureFile('cms/p256.p12'),
    fixtureFile('cms/rsa.p12'),
    fixtureFile('cms/p256-encrypted.pem'),
    Buffer.concat([fixtureFile('keys/leaf.pem'), fixtureFile('certs/leaf.pem'), fixtureFile('certs/ica.pem')]),
    Buffer.concat([fixtureFile('certs/leaf.pem'), Buffer.from('\r\ntext\r\n'), fixtureFile('crls/ica-empty.pem')]),
  ],
  shapes: ['der', 'text'],
  dictionary: [
    ...derWords,
    '-----BEGIN ',
    '-----END ',
    'CERTIFICATE-----\n',
    'PRIVATE KEY-----\n',
    '====',
    '\r\n',
    Buffer.from('02047fffffff', 'hex'),
  ],
  run(input) {
    checkRefusal(readPemBlocks(input));
    const credentials = readSigningCredentials({ file: input, password });
    checkRefusal(credentials);
    if (!credentials.ok) {
      assert.ok(!JSON.stringify(credentials).includes(password), 'the refusal tells the password');
      return;
    }
    const { privateKey, certificateDer } = credentials.value;
    assert.ok(new X509Certificate(certificateDer).publicKey.equals(createPublicKey(privateKey)));
  },
};
