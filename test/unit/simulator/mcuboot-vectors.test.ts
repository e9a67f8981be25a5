import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { checkImage } from '../../../simulator/boot-loader/image-check.ts';
import { findHashFault } from '../../../simulator/boot-loader/signing-scheme.ts';
import { formatVersion, parseImage } from '../../../simulator/boot-loader/image.ts';

const folder = new URL('../../fixtures/mcuboot/', import.meta.url);

interface Vector {
  readonly file: string;
  readonly facts: {
    readonly error?: string;
    readonly header?: { hdrSize: number; protectedTlvSize: number; imgSize: number; version: string };
    readonly tlvAreas?: readonly { tlvs: readonly { type: string; len: number; hashOfFileBytesMatches?: boolean }[] }[];
    readonly endOfTlvs?: number;
    readonly hashedLength?: number;
  };
}

const index = JSON.parse(readFileSync(new URL('index.json', folder), 'utf8')) as { readonly images: readonly Vector[] };

function readPublicKey(name: string): KeyObject {
  return createPublicKey(createPrivateKey(readFileSync(new URL(`keys/${name}`, folder))));
}

const rootKey = readPublicKey('root-ec-p256.pem');
const policy = { publicKey: rootKey, minimumCounter: undefined, maxBytes: 1024 * 1024 };
/** The two that are signed with ECDSA P-256 by MCUboot's root test key; the others carry RSA or no signature. */
const BOOTABLE = ['images/tfm_s_signed.bin', 'images/zephyr-nrf52840-smp.bin'];

test('REQ-OTA-SIG-04 all 16 independent images are on hand', () => {
  assert.equal(index.images.length, 16);
});

for (const vector of index.images) {
  test(`REQ-OTA-SIG-04 ${vector.file} is read as its published facts say`, () => {
    const bytes = readFileSync(new URL(vector.file, folder));
    const parsed = parseImage(bytes);
    if (vector.facts.error !== undefined) {
      assert.equal(parsed.ok, false);
      return;
    }
    assert.ok(parsed.ok);
    const { header, tlvs } = parsed.image;
    const expected = vector.facts.header;
    assert.equal(header.headerBytes, expected?.hdrSize);
    assert.equal(header.protectedTlvBytes, expected?.protectedTlvSize);
    assert.equal(header.bodyBytes, expected?.imgSize);
    assert.equal(formatVersion(header.version), expected?.version);
    assert.equal(parsed.image.lenBytes, vector.facts.endOfTlvs);
    assert.equal(parsed.image.hashedBytes, vector.facts.hashedLength);
    const expectedTlvs = (vector.facts.tlvAreas ?? []).flatMap((area) => area.tlvs);
    assert.deepEqual(
      tlvs.map((tlv) => [tlv.type, tlv.value.length]),
      expectedTlvs.map((tlv) => [Number(tlv.type), tlv.len]),
    );
    const hashMatches = expectedTlvs.find((tlv) => tlv.type === '0x10')?.hashOfFileBytesMatches;
    assert.equal(findHashFault(bytes, parsed.image, 'sha256') === undefined, hashMatches);
  });

  test(`REQ-OTA-SIG-04 ${vector.file} boots only if MCUboot’s root key signed it`, () => {
    const bytes = readFileSync(new URL(vector.file, folder));
    assert.equal(checkImage(bytes, policy).ok, BOOTABLE.includes(vector.file));
  });
}

test('REQ-OTA-SIG-04 a boot loader with another key refuses both signed images', () => {
  const publicKey = readPublicKey('bad-ec-p256.pem');
  for (const file of BOOTABLE) {
    const verdict = checkImage(readFileSync(new URL(file, folder)), { ...policy, publicKey });
    assert.equal(verdict.ok, false, file);
  }
});

test('REQ-OTA-VER-01 the security counter of an independent image is honoured', () => {
  const bytes = readFileSync(new URL('images/tfm_s_signed.bin', folder));
  assert.equal(checkImage(bytes, { ...policy, minimumCounter: 1 }).ok, true);
  assert.equal(checkImage(bytes, { ...policy, minimumCounter: 2 }).ok, false);
});

for (const [file, key] of [
  ['ecdsa-p384', 'root-ec-p384.pem'],
  ['ed25519-sha512', 'root-ed25519.pem'],
] as const) {
  test(`REQ-OTA-SIG-04 a boot loader built for the key of OpenSSL's ${file} boots that image, and none with another hash or a changed byte`, () => {
    const bytes = readFileSync(new URL(`signed/${file}.bin`, folder));
    const built = { ...policy, publicKey: readPublicKey(key) };
    assert.deepEqual([checkImage(bytes, built).ok, checkImage(bytes, policy).ok], [true, false]);
    for (const other of ['ecdsa-p256', 'ecdsa-p384-over-sha256', 'ed25519']) {
      assert.equal(checkImage(readFileSync(new URL(`signed/${other}.bin`, folder)), built).ok, false, other);
    }
    for (const at of [40, bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      assert.equal(checkImage(changed, built).ok, false, String(at));
    }
  });
}
