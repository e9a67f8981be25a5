import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ErrorCode } from '../../../contract/error-code.ts';
import { type CredentialFiles, readSigningCredentials } from '../../../core/trust/read-signing-credentials.ts';
import { certificate, fixtureFile } from './support/fixture.ts';

const key = fixtureFile('keys/leaf.pem');
const own = fixtureFile('certs/leaf.pem');
const ica = fixtureFile('certs/ica.pem');

const rows: readonly (readonly [string, 'accept' | ErrorCode, CredentialFiles])[] = [
  ['opens a key with its certificates in one PEM file', 'accept', { file: Buffer.concat([ica, key, own]) }],
  [
    'opens a key and its certificates in two PEM files',
    'accept',
    { file: key, certificates: Buffer.concat([ica, own]) },
  ],
  ['opens an encrypted PEM key', 'accept', { file: fixtureFile('cms/p256-encrypted.pem'), password: 'bench' }],
  ['opens PKCS#12 with a P-256 key', 'accept', { file: fixtureFile('cms/p256.p12'), password: 'bench' }],
  ['opens PKCS#12 with an RSA key', 'accept', { file: fixtureFile('cms/rsa.p12'), password: 'bench' }],
  [
    'refuses an encrypted PEM key without its password',
    'trust.credentials-unreadable',
    { file: fixtureFile('cms/p256-encrypted.pem') },
  ],
  [
    'refuses an encrypted PEM key under a wrong password',
    'trust.credentials-unreadable',
    { file: fixtureFile('cms/p256-encrypted.pem'), password: 'Bench' },
  ],
  [
    'refuses PKCS#12 under a wrong password',
    'trust.credentials-unreadable',
    { file: fixtureFile('cms/p256.p12'), password: 'Bench' },
  ],
  [
    'refuses damaged PKCS#12',
    'trust.credentials-unreadable',
    { file: fixtureFile('cms/p256.p12').subarray(0, 300), password: 'bench' },
  ],
  [
    'refuses PKCS#12 beyond the size limit',
    'trust.credentials-unreadable',
    { file: Buffer.alloc(1024 * 1024 + 1, 0x30) },
  ],
  ['refuses a file without a key', 'trust.credentials-unreadable', { file: own }],
  [
    'refuses a file with two keys',
    'trust.credentials-unreadable',
    { file: Buffer.concat([key, fixtureFile('keys/other.pem'), own]) },
  ],
  ['refuses a key without its certificate', 'trust.credentials-mismatch', { file: Buffer.concat([key, ica]) }],
];

for (const [title, expected, files] of rows) {
  test(`REQ-OTA-SIG-01 ${title}`, () => {
    const result = readSigningCredentials(files);
    assert.equal(result.ok ? 'accept' : result.code, expected, result.ok ? '' : result.reason);
    if (!result.ok) assert.doesNotMatch(JSON.stringify(result), /bench/i);
  });
}

for (const [file, name] of [
  ['p256.p12', 'leaf'],
  ['rsa.p12', 'signerrsa'],
] as const) {
  test(`REQ-OTA-SIG-01 gives the certificates of ${file} byte for byte`, () => {
    const result = readSigningCredentials({ file: fixtureFile(`cms/${file}`), password: 'bench' });
    assert.ok(result.ok);
    assert.deepEqual(Buffer.from(result.value.certificateDer), certificate(name));
    assert.deepEqual(
      result.value.chainDer.map((der) => Buffer.from(der)),
      [certificate('ica')],
    );
  });
}
