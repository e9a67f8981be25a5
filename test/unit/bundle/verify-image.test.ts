import assert from 'node:assert/strict';
import { constants, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { ImageSignature, ManifestImage } from '../../../contract/schema/bundle.ts';
import { verifyImageFile } from '../../../core/bundle/images/verify-image.ts';
import { parseMcubootImage } from '../../../core/mcuboot/parse-image.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { fixtureKeyPem, imageFor, mcubootFixture, sha256Of } from '../../helpers/test-bundle.ts';

function spkiOf(key: string): Buffer {
  return createPublicKey(createPrivateKey(fixtureKeyPem(key))).export({ format: 'der', type: 'spki' });
}

function verify(t: TestContext, bytes: Uint8Array, image: Partial<ManifestImage>, keys: readonly string[]): string {
  const path = join(tempFolder(t), 'image');
  writeFileSync(path, bytes);
  const result = verifyImageFile(path, imageFor(bytes, image), keys.map(spkiOf));
  return result.ok ? 'accepted' : result.code;
}

/** The last TLV of the fixtures is their signature. */
function signatureOf(bytes: Uint8Array): string {
  const parsed = parseMcubootImage(bytes);
  assert.ok(parsed.ok);
  return Buffer.from(parsed.value.tlvs.at(-1)?.value ?? []).toString('base64');
}

const kinds: readonly [string, string, ImageSignature['algorithm']][] = [
  ['ecdsa-p256', 'root-ec-p256', 'ecdsa-p256-sha256'],
  ['ecdsa-p256-padded-signature', 'root-ec-p256', 'ecdsa-p256-sha256'],
  ['ecdsa-p384', 'root-ec-p384', 'ecdsa-p384-sha384'],
  ['ed25519', 'root-ed25519', 'ed25519'],
  ['rsa-3072', 'root-rsa-3072', 'rsa-pss-sha256'],
];
for (const [file, key, algorithm] of kinds) {
  const bytes = mcubootFixture(file);
  const sig: ImageSignature = { algorithm, key: sha256Of(spkiOf(key)), value: signatureOf(bytes) };
  const all = kinds.map(([, name]) => name);

  test(`REQ-OTA-SIG-04 verifies the MCUboot image ${file} with and without sig`, (t) => {
    assert.equal(verify(t, bytes, { format: 'mcuboot' }, [key]), 'accepted');
    assert.equal(verify(t, bytes, { format: 'mcuboot', sig }, all), 'accepted');
  });

  test(`REQ-OTA-SIG-04 refuses the MCUboot image ${file} without its key`, (t) => {
    const others = all.filter((name) => name !== key);
    assert.equal(verify(t, bytes, { format: 'mcuboot' }, []), 'mcuboot.key-unknown');
    assert.equal(verify(t, bytes, { format: 'mcuboot' }, others), 'mcuboot.key-unknown');
    assert.equal(verify(t, bytes, { format: 'mcuboot', sig }, others), 'bundle.image-key-unknown');
  });

  test(`REQ-OTA-SIG-04 refuses a sig that is not the signature of ${file}`, (t) => {
    const value = Buffer.from(sig.value, 'base64');
    value[value.length - 3] = (value[value.length - 3] ?? 0) ^ 1;
    for (const wrong of [value.toString('base64'), '', sig.value.slice(0, -4)]) {
      assert.equal(
        verify(t, bytes, { format: 'mcuboot', sig: { ...sig, value: wrong } }, all),
        'bundle.image-signature',
      );
    }
    const [other] = kinds.filter(([, , name]) => name !== algorithm);
    assert.ok(other);
    const lie = { ...sig, algorithm: other[2] };
    assert.equal(verify(t, bytes, { format: 'mcuboot', sig: lie }, all), 'bundle.image-signature');
  });

  test(`REQ-OTA-SIG-04 verifies a raw image that OpenSSL signed with ${key}`, (t) => {
    const raw = Buffer.from('raw firmware for a boot loader of its own');
    const value = signRaw(t, raw, key, algorithm).toString('base64');
    assert.equal(verify(t, raw, { sig: { ...sig, value } }, all), 'accepted');
    const changed = Buffer.from(raw);
    changed[0] = 0;
    assert.equal(verify(t, changed, { sig: { ...sig, value } }, all), 'bundle.image-signature');
    assert.equal(verify(t, raw, { sig: { ...sig, value: 'AAAA' } }, all), 'bundle.image-signature');
    assert.equal(
      verify(
        t,
        raw,
        { sig: { ...sig, value } },
        all.filter((name) => name !== key),
      ),
      'bundle.image-key-unknown',
    );
  });
}

/** As docs/bundle-format.md tells vendors to. */
function signRaw(t: TestContext, raw: Buffer, key: string, algorithm: ImageSignature['algorithm']): Buffer {
  const folder = tempFolder(t);
  const [keyFile, dataFile] = [join(folder, 'key.pem'), join(folder, 'data')];
  writeFileSync(keyFile, fixtureKeyPem(key));
  if (algorithm === 'ed25519') {
    writeFileSync(dataFile, Buffer.from(sha256Of(raw), 'hex'));
    return execFileSync('openssl', ['pkeyutl', '-sign', '-inkey', keyFile, '-rawin', '-in', dataFile]);
  }
  writeFileSync(dataFile, raw);
  const pss = ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:32'];
  const options = algorithm === 'rsa-pss-sha256' ? pss : [];
  const digest = algorithm === 'ecdsa-p384-sha384' ? '-sha384' : '-sha256';
  return execFileSync('openssl', ['dgst', digest, ...options, '-sign', keyFile, dataFile]);
}

test('REQ-OTA-SIG-04 refuses a sig that names another pinned key than the one that signed', (t) => {
  const bytes = mcubootFixture('ecdsa-p256');
  const keys = ['root-ec-p256', 'cypress-test-ec-p256'];
  const sig: ImageSignature = {
    algorithm: 'ecdsa-p256-sha256',
    key: sha256Of(spkiOf('cypress-test-ec-p256')),
    value: signatureOf(bytes),
  };
  assert.match(verify(t, bytes, { format: 'mcuboot', sig }, keys), /^mcuboot\.(key-unknown|signature-invalid)$/);
});

test('REQ-OTA-SIG-04 refuses an RSA key below 2048 bits', (t) => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  const raw = Buffer.from('raw firmware');
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  const value = sign('sha256', raw, { key: privateKey, padding, saltLength: 32 }).toString('base64');
  const path = join(tempFolder(t), 'image');
  writeFileSync(path, raw);
  const image = imageFor(raw, { sig: { algorithm: 'rsa-pss-sha256', key: sha256Of(spki), value } });
  const result = verifyImageFile(path, image, [spki]);
  assert.equal(result.ok ? 'accepted' : result.code, 'bundle.image-signature');
});

test('REQ-OTA-SIG-04 refuses an MCUboot image whose security counter is not the version', (t) => {
  const bytes = mcubootFixture('ecdsa-p256');
  assert.equal(verify(t, bytes, { format: 'mcuboot', version: 8 }, ['root-ec-p256']), 'bundle.image-counter');
});

test('REQ-OTA-SIG-04 refuses an MCUboot image without a security counter', (t) => {
  const bytes = withoutCounter(createPrivateKey(fixtureKeyPem('root-ed25519')));
  assert.equal(verify(t, bytes, { format: 'mcuboot' }, ['root-ed25519']), 'bundle.image-counter');
});

test('REQ-OTA-SIG-04 refuses an MCUboot image that is changed, cut off, or padded to its slot', (t) => {
  const bytes = mcubootFixture('ecdsa-p256');
  const changed = Buffer.from(bytes);
  changed[40] = 0;
  const keys = ['root-ec-p256'];
  assert.equal(verify(t, changed, { format: 'mcuboot' }, keys), 'mcuboot.hash-mismatch');
  assert.match(verify(t, bytes.subarray(0, -1), { format: 'mcuboot' }, keys), /^mcuboot\./);
  const padded = Buffer.concat([bytes, Buffer.alloc(512, 0xff)]);
  assert.match(verify(t, padded, { format: 'mcuboot' }, keys), /^mcuboot\.(trailing-bytes|trailer-present)$/);
});

test('REQ-OTA-SIG-04 refuses an MCUboot image that calls itself raw', (t) => {
  assert.equal(verify(t, mcubootFixture('ecdsa-p256'), { format: 'raw' }, []), 'bundle.image-format');
});

test('REQ-OTA-SIG-04 takes a raw image without sig, however short', (t) => {
  assert.equal(verify(t, Buffer.from('x'), {}, []), 'accepted');
});

/** Header, body and open TLVs only: hash and Ed25519 signature, as an MCUboot build without counters makes it. */
function withoutCounter(key: KeyObject): Buffer {
  const header = Buffer.alloc(32);
  header.writeUInt32LE(0x96f3b83d, 0);
  header.writeUInt16LE(32, 8);
  header.writeUInt32LE(16, 12);
  const hashed = Buffer.concat([header, Buffer.alloc(16, 0x55)]);
  const digest = Buffer.from(sha256Of(hashed), 'hex');
  const tlv = (type: number, value: Buffer): Buffer => Buffer.concat([Buffer.from([type, 0, value.length, 0]), value]);
  const entries = Buffer.concat([tlv(0x10, digest), tlv(0x24, sign(null, digest, key))]);
  const info = Buffer.alloc(4);
  info.writeUInt16LE(0x6907, 0);
  info.writeUInt16LE(entries.length + 4, 2);
  return Buffer.concat([hashed, info, entries]);
}
