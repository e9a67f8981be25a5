import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseMcubootImage } from '../../../core/mcuboot/parse-image.ts';
import { verifyMcubootHash } from '../../../core/mcuboot/verify-hash.ts';
import { verifyMcubootImage } from '../../../core/mcuboot/verify-image.ts';

const FIXTURES = new URL('../../fixtures/mcuboot/', import.meta.url);

interface VectorTlv {
  readonly type: string;
  readonly len: number;
  readonly valueHex: string;
}
interface Vector {
  readonly file: string;
  readonly facts: {
    readonly header?: {
      readonly version: string;
      readonly hdrSize: number;
      readonly imgSize: number;
      readonly flags: string;
    };
    readonly tlvAreas?: readonly { readonly protected: boolean; readonly tlvs: readonly VectorTlv[] }[];
    readonly hashedLength?: number;
    readonly endOfTlvs?: number;
  };
}
const index = JSON.parse(readFileSync(new URL('index.json', FIXTURES), 'utf8')) as {
  readonly images: readonly Vector[];
};

const read = (file: string) => readFileSync(new URL(file, FIXTURES));
const spki = (file: string) => createPublicKey(read(`keys/${file}`)).export({ format: 'der', type: 'spki' });
const codeOf = (result: { readonly ok: boolean; readonly code?: string }) => (result.ok ? 'accepted' : result.code);

const everyKey = readdirSync(new URL('keys', FIXTURES))
  .filter((file) => !file.startsWith('enc-'))
  .map(spki);

/** What each vector must come to with every test key trusted. */
const expected: Readonly<Record<string, string>> = {
  'mynewt-garbage.img': 'mcuboot.header-invalid',
  'mynewt-truncated.img': 'mcuboot.tlv-invalid',
  'mynewt-bad-hash.img': 'mcuboot.hash-mismatch',
  'mynewt-bad-signature.img': 'mcuboot.signature-invalid',
  'mynewt-mismatch-hash.img': 'mcuboot.signature-missing',
  'mynewt-mismatch-version.img': 'mcuboot.signature-missing',
  'mynewt-good-unsigned-unencrypted.img': 'mcuboot.signature-missing',
  'mynewt-good-signed-unencrypted.img': 'accepted',
  'mynewt-good-signed-encrypted.img': 'mcuboot.encrypted',
  'mynewt-wrong-enc-key.img': 'mcuboot.encrypted',
  'zephyr-hello_world.signed.bin': 'accepted',
  'tfm_s_signed.bin': 'mcuboot.trailer-present',
  'zephyr-mimxrt1060-smp.bin': 'accepted',
  'zephyr-nrf52840-smp.bin': 'accepted',
  'zephyr440-qemu_cortex_m0.signed.bin': 'mcuboot.signature-missing',
  'zephyr-main-mps2_an385.signed.bin': 'mcuboot.signature-missing',
};

for (const vector of index.images) {
  const name = vector.file.slice('images/'.length);
  const wanted = expected[name];
  test(`REQ-OTA-SIG-04 judges the independent image ${name}: ${wanted ?? 'no expectation'}`, () => {
    assert.equal(codeOf(verifyMcubootImage({ image: read(vector.file), keys: everyKey })), wanted);
  });

  const { header, tlvAreas } = vector.facts;
  if (header === undefined || tlvAreas === undefined || wanted === 'mcuboot.tlv-invalid') continue;
  test(`REQ-OTA-SIG-04 reads header and TLVs of ${name} as an independent parser does`, () => {
    const parsed = parseMcubootImage(read(vector.file).subarray(0, vector.facts.endOfTlvs));
    assert.ok(parsed.ok);
    assert.equal(parsed.value.version, header.version);
    assert.equal(parsed.value.header.headerBytes, header.hdrSize);
    assert.equal(parsed.value.header.bodyBytes, header.imgSize);
    assert.equal(parsed.value.header.flags, Number(header.flags));
    assert.equal(parsed.value.hashedBytes, vector.facts.hashedLength);
    assert.deepEqual(
      parsed.value.tlvs.map((tlv) => ({ type: tlv.type, len: tlv.value.byteLength, isProtected: tlv.isProtected })),
      tlvAreas.flatMap((area) =>
        area.tlvs.map((tlv) => ({ type: Number(tlv.type), len: tlv.len, isProtected: area.protected })),
      ),
    );
    for (const [at, tlv] of tlvAreas.flatMap((area) => area.tlvs).entries()) {
      const prefix = tlv.valueHex.replace('..', '');
      assert.ok(
        Buffer.from(parsed.value.tlvs[at]?.value ?? [])
          .toString('hex')
          .startsWith(prefix),
      );
    }
  });
}

test('REQ-OTA-SIG-04 accepts an unsigned image only where the caller asks for the hash alone', () => {
  const image = read('images/mynewt-good-unsigned-unencrypted.img');
  assert.equal(codeOf(verifyMcubootHash(image)), 'accepted');
  assert.equal(codeOf(verifyMcubootImage({ image, keys: [] })), 'mcuboot.signature-missing');
});

test('REQ-OTA-SIG-04 accepts the padded vendor image once its padding is cut off, and reads its security counter', () => {
  const image = read('images/tfm_s_signed.bin').subarray(0, 116_594);
  const verified = verifyMcubootImage({ image, keys: [spki('root-ec-p256.pem')] });
  assert.ok(verified.ok);
  assert.equal(verified.value.image.securityCounter, 1);
  assert.equal(verified.value.signedBy, 'e30466f6b8470c1f29070b17f1e2d3e94d445e3f608087fdc711e4382bb538b6');
});

const signedByOpenssl: readonly (readonly [file: string, key: string, wanted: string])[] = [
  ['ecdsa-p256', 'root-ec-p256.pem', 'accepted'],
  ['ecdsa-p256-padded-signature', 'root-ec-p256.pem', 'accepted'],
  ['ecdsa-p256-three-bytes-behind-signature', 'root-ec-p256.pem', 'mcuboot.signature-invalid'],
  ['ecdsa-p256-garbage-behind-signature', 'root-ec-p256.pem', 'mcuboot.signature-invalid'],
  ['ecdsa-p256-no-key-hash', 'root-ec-p256.pem', 'accepted'],
  ['ecdsa-p256-no-key-hash', 'bad-ec-p256.pem', 'mcuboot.signature-invalid'],
  ['ecdsa-p256', 'bad-ec-p256.pem', 'mcuboot.key-unknown'],
  ['ecdsa-p256', 'root-ed25519.pem', 'mcuboot.key-unknown'],
  ['ecdsa-p384', 'root-ec-p384.pem', 'accepted'],
  ['ecdsa-p384-over-sha256', 'root-ec-p384.pem', 'mcuboot.signature-invalid'],
  ['ed25519', 'root-ed25519.pem', 'accepted'],
  ['ed25519', 'root-ed25519-2.pem', 'mcuboot.key-unknown'],
  ['ed25519-other-key-hash', 'root-ed25519.pem', 'mcuboot.key-unknown'],
  ['ed25519-other-key-hash', 'root-ed25519-2.pem', 'mcuboot.signature-invalid'],
  ['rsa-3072', 'root-rsa-3072.pem', 'accepted'],
  ['rsa-3072', 'root-rsa-2048.pem', 'mcuboot.key-unknown'],
  ['rsa-3072-pkcs1', 'root-rsa-3072.pem', 'mcuboot.signature-invalid'],
];
for (const [file, key, wanted] of signedByOpenssl) {
  test(`REQ-OTA-SIG-04 checks the OpenSSL signature of ${file} with ${key}: ${wanted}`, () => {
    assert.equal(codeOf(verifyMcubootImage({ image: read(`signed/${file}.bin`), keys: [spki(key)] })), wanted);
  });
}

test('REQ-OTA-SIG-04 refuses every image when no image key is known', () => {
  const image = read('signed/ecdsa-p256-no-key-hash.bin');
  assert.equal(codeOf(verifyMcubootImage({ image, keys: [] })), 'mcuboot.key-unknown');
});

test('REQ-OTA-SIG-04 finds every single changed byte of a signed image', () => {
  const image = read('signed/ecdsa-p256.bin');
  // The key hash is a hint that no signature covers: with another type it is merely absent.
  const keyHashType = [184, 185];
  for (let at = 0; at < image.byteLength; at++) {
    if (keyHashType.includes(at)) continue;
    const changed = Buffer.from(image);
    changed[at] = (changed[at] ?? 0) ^ 0x01;
    const result = verifyMcubootImage({ image: changed, keys: everyKey });
    assert.equal(result.ok, false, `byte ${at}`);
  }
});
