import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseMcubootImage } from '../../../core/mcuboot/parse-image.ts';
import { trailerAlignment } from '../../../core/mcuboot/trailer.ts';
import { verifyMcubootHash } from '../../../core/mcuboot/verify-hash.ts';
import { verifyMcubootImage } from '../../../core/mcuboot/verify-image.ts';

const FIXTURES = new URL('../../fixtures/mcuboot/', import.meta.url);

interface VectorTlv {
  readonly type: string;
  readonly len: number;
  readonly valueHex: string;
  readonly hashOfFileBytesMatches?: boolean;
  readonly matchesKeys?: readonly string[];
  readonly verifiesWithKeys?: readonly string[];
}
interface Vector {
  readonly file: string;
  readonly facts: {
    readonly header?: {
      readonly version: string;
      readonly hdrSize: number;
      readonly imgSize: number;
      readonly flags: string;
      readonly loadAddr: string;
      readonly protectedTlvSize: number;
    };
    readonly tlvAreas?: readonly { readonly protected: boolean; readonly tlvs: readonly VectorTlv[] }[];
    readonly hashedLength?: number;
    readonly endOfTlvs?: number;
    readonly size: number;
    readonly trailingBytes?: number;
    readonly bootTrailerMagicAtEnd?: boolean;
  };
}
const index = JSON.parse(readFileSync(new URL('index.json', FIXTURES), 'utf8')) as {
  readonly images: readonly Vector[];
};

const read = (file: string) => readFileSync(new URL(file, FIXTURES));
const spki = (file: string) => createPublicKey(read(`keys/${file}`)).export({ format: 'der', type: 'spki' });
const codeOf = (result: { readonly ok: boolean; readonly code?: string }) => (result.ok ? 'accepted' : result.code);

const publicKeys = readdirSync(new URL('keys', FIXTURES)).filter((file) => !file.startsWith('enc-'));
const everyKey = publicKeys.map(spki);

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

  const { header, tlvAreas, size, endOfTlvs, trailingBytes } = vector.facts;
  test(`REQ-OTA-SIG-04 finds ${name} as long as it is described, and what lies behind its TLVs`, () => {
    const bytes = read(vector.file);
    assert.equal(bytes.byteLength, size);
    if (endOfTlvs === undefined) return;
    assert.equal(bytes.byteLength - endOfTlvs, trailingBytes);
    assert.equal(trailerAlignment(bytes) !== null, vector.facts.bootTrailerMagicAtEnd === true);
    const code = codeOf(parseMcubootImage(bytes));
    assert.equal(code === 'accepted', trailingBytes === 0, code);
  });

  if (header === undefined || tlvAreas === undefined || wanted === 'mcuboot.tlv-invalid') continue;
  test(`REQ-OTA-SIG-04 reads header and TLVs of ${name} as an independent parser does`, () => {
    const parsed = parseMcubootImage(read(vector.file).subarray(0, vector.facts.endOfTlvs));
    assert.ok(parsed.ok);
    assert.equal(parsed.value.version, header.version);
    assert.equal(parsed.value.header.headerBytes, header.hdrSize);
    assert.equal(parsed.value.header.bodyBytes, header.imgSize);
    assert.equal(parsed.value.header.flags, Number(header.flags));
    assert.equal(parsed.value.header.loadAddress, Number(header.loadAddr));
    assert.equal(parsed.value.header.protectedTlvBytes, header.protectedTlvSize);
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

  const described = tlvAreas.flatMap((area) => area.tlvs);
  const hash = described.find(({ hashOfFileBytesMatches }) => hashOfFileBytesMatches !== undefined);
  const signature = described.find(({ verifiesWithKeys }) => verifiesWithKeys !== undefined);
  const keyHash = described.find(({ matchesKeys }) => matchesKeys !== undefined);
  const isEncrypted = wanted === 'mcuboot.encrypted';
  test(`REQ-OTA-SIG-04 finds the hash of ${name} right, and its signature by the very keys that made it`, () => {
    const bytes = read(vector.file).subarray(0, endOfTlvs);
    const hashed = codeOf(verifyMcubootHash(bytes));
    const otherwise = isEncrypted ? 'mcuboot.encrypted' : 'mcuboot.hash-mismatch';
    assert.equal(hashed, hash?.hashOfFileBytesMatches === true ? 'accepted' : otherwise);
    // Whose signature an encrypted image carries cannot be seen here: it covers the hash of the plain text.
    if (signature === undefined || isEncrypted) return;
    const named = keyHash?.len === 32 ? keyHash.matchesKeys : publicKeys;
    for (const file of publicKeys) {
      const isSigner: boolean = signature.verifiesWithKeys?.includes(file) === true && named?.includes(file) === true;
      assert.equal(codeOf(verifyMcubootImage({ image: bytes, keys: [spki(file)] })) === 'accepted', isSigner, file);
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
  assert.deepEqual(verified.value.image.dependencies, [
    { imageIndex: 1, minVersion: { major: 0, minor: 0, revision: 0, build: 0 } },
  ]);
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
  ['ed25519-sha512', 'root-ed25519.pem', 'accepted'],
  ['ed25519-pure', 'root-ed25519.pem', 'accepted'],
  ['ed25519-pure', 'root-ed25519-2.pem', 'mcuboot.key-unknown'],
  ['ed25519-pure-without-mark', 'root-ed25519.pem', 'mcuboot.signature-invalid'],
  ['ed25519-pure-mark-over-hash', 'root-ed25519.pem', 'mcuboot.signature-invalid'],
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
  for (let at = 0; at < image.byteLength; at++) {
    const changed = Buffer.from(image);
    changed[at] = (changed[at] ?? 0) ^ 0x01;
    const result = verifyMcubootImage({ image: changed, keys: everyKey });
    assert.equal(result.ok, false, `byte ${at}`);
  }
});
