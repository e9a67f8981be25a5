import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { createBundle } from '../../../core/bundle/make/create-bundle.ts';
import type { BundleInput } from '../../../core/bundle/make/create-bundle.ts';
import { inspectBundle } from '../../../core/bundle/make/inspect-bundle.ts';
import {
  attachSignature,
  externalSigningCommands,
  extractManifest,
  signBundle,
} from '../../../core/bundle/make/sign-bundle.ts';
import { readSigningCredentials } from '../../../core/trust/read-signing-credentials.ts';
import type { SigningCredentials } from '../../../core/trust/read-signing-credentials.ts';
import {
  certificateDer,
  fixtureImages,
  fixtureManifest,
  fixturePath,
  fixtureSignature,
  fixtureTime,
  imageKeySpki,
  readFixtureManifest,
  signedParts,
  trustingPorts,
} from '../../helpers/signed-bundle.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { mcubootFixture, sha256Of } from '../../helpers/test-bundle.ts';
import { testStation } from '../../helpers/test-import.ts';
import { zipBytes } from '../../helpers/zip-bytes.ts';

const imageKeys = [imageKeySpki('root-ec-p256'), imageKeySpki('root-ed25519')];
const now = new Date(fixtureTime);

/** The input that the fixture's manifest was written for by hand. */
function inputIn(folder: string): BundleInput {
  const manifest = readFixtureManifest();
  const [application, radio] = manifest.images;
  assert.ok(application && radio?.sig);
  for (const [name, data] of Object.entries(fixtureImages)) writeFileSync(join(folder, name.slice(7)), data);
  return {
    product: manifest.product,
    release: manifest.release,
    issued: manifest.issued,
    expires: manifest.expires,
    minStationVersion: manifest.minStationVersion,
    imageKeys,
    images: [
      { path: join(folder, 'application.bin'), slot: 'application', compat: application.compat, format: 'mcuboot' },
      {
        path: join(folder, 'radio.bin'),
        slot: 'radio',
        compat: radio.compat,
        format: 'raw',
        version: 3,
        sig: radio.sig,
      },
    ],
  };
}

function credentials(name: string, password?: string): SigningCredentials {
  const isPem = name.endsWith('.key');
  const read = readSigningCredentials({
    file: readFileSync(fixturePath(`pki/${name}`)),
    ...(isPem
      ? {
          certificates: Buffer.concat(
            [name.replace('.key', '.crt'), 'issuing.crt'].map((file) => readFileSync(fixturePath(`pki/${file}`))),
          ),
        }
      : {}),
    ...(password === undefined ? {} : { password }),
  });
  assert.ok(read.ok, read.ok ? '' : read.reason);
  return read.value;
}

async function create(t: TestContext): Promise<{ folder: string; unsigned: string }> {
  const folder = tempFolder(t);
  const unsigned = join(folder, 'unsigned.bundle');
  const made = await createBundle(inputIn(folder), unsigned);
  assert.ok(made.ok, made.ok ? '' : made.reason);
  assert.equal(made.value.digest, sha256Of(fixtureManifest));
  return { folder, unsigned };
}

test('REQ-OTA-MAN-01 makes the very manifest that was written by hand, from the images alone', async (t) => {
  const { unsigned } = await create(t);
  assert.deepEqual(await extractManifest(unsigned), { ok: true, value: fixtureManifest });
});

test('REQ-OTA-MAN-01 makes the same bytes of the same input, in any time zone', async (t) => {
  const { folder, unsigned } = await create(t);
  const again = join(folder, 'again.bundle');
  const zone = process.env['TZ'];
  process.env['TZ'] = 'Pacific/Kiritimati';
  t.after(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });
  assert.ok((await createBundle(inputIn(folder), again)).ok);
  assert.ok(readFileSync(again).equals(readFileSync(unsigned)));
});

test('REQ-OTA-SIG-01 signs with PEM and PKCS#12 keys together; a station imports it', async (t) => {
  const { folder, unsigned } = await create(t);
  const out = join(folder, 'signed.bundle');
  const signers = [credentials('signer-p256.key'), credentials('signer-rsa.p12', 'correct-horse')];
  const made = await signBundle({ bundle: unsigned, out, credentials: signers, signingTime: now });
  assert.ok(made.ok, made.ok ? '' : made.reason);
  const station = testStation(t, trustingPorts(['root'], 2));
  station.clock.setWall(fixtureTime);
  const imported = await station.import(readFileSync(out));
  assert.ok(imported.ok, imported.ok ? '' : imported.reason);
  assert.deepEqual(
    imported.value.bundle.signers.map(({ signingTime }) => signingTime),
    ['2027-01-15T09:00:00.000Z', '2027-01-15T09:00:00.000Z'],
  );
});

test('REQ-OTA-SIG-01 makes bundles that unzip and openssl understand', async (t) => {
  const { folder, unsigned } = await create(t);
  const out = join(folder, 'signed.bundle');
  const signers = [credentials('signer-p256.key')];
  assert.ok((await signBundle({ bundle: unsigned, out, credentials: signers, signingTime: now })).ok);
  execFileSync('unzip', ['-q', out, '-d', join(folder, 'out')]);
  const files = ['-in', 'manifest.p7s', '-content', 'manifest.json', '-out', '/dev/null'];
  const root = fixturePath('pki/root.crt').pathname;
  const args = [
    'cms',
    '-verify',
    '-binary',
    '-inform',
    'DER',
    ...files,
    '-CAfile',
    root,
    '-purpose',
    'any',
    '-no_check_time',
  ];
  execFileSync('openssl', args, { cwd: join(folder, 'out'), stdio: 'pipe' });
});

test('REQ-OTA-SIG-01 attaches a signature that OpenSSL made elsewhere', async (t) => {
  const { folder, unsigned } = await create(t);
  const out = join(folder, 'signed.bundle');
  const made = await attachSignature(unsigned, out, fixtureSignature('p384'));
  assert.ok(made.ok, made.ok ? '' : made.reason);
  const inspected = await inspectBundle(out, { now, rootsDer: [certificateDer('root')], imageKeys });
  assert.deepEqual(inspected.findings, []);
  assert.deepEqual(inspected.verifiedSigners.length, 1);
  assert.equal(inspected.chainChecked, true);
});

test('REQ-OTA-SIG-01 attaches no signature of something else, and nothing that is no signature', async (t) => {
  const { folder, unsigned } = await create(t);
  const out = join(folder, 'signed.bundle');
  const codeOf = async (signature: Uint8Array): Promise<string> => {
    const made = await attachSignature(unsigned, out, signature);
    return made.ok ? 'accepted' : made.code;
  };
  assert.equal(await codeOf(fixtureSignature('other-content')), 'trust.cms-digest-mismatch');
  assert.match(await codeOf(Buffer.from('hello')), /^trust\.cms-/);
  assert.equal(await codeOf(Buffer.alloc(256 * 1024 + 1)), 'bundle.archive-too-large');
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.startsWith('signed')),
    [],
  );
});

test('REQ-OTA-SIG-01 says how to sign with a key in a token', () => {
  const commands = externalSigningCommands('manifest.json', 'manifest.p7s');
  assert.equal(commands.length, 2);
  for (const command of commands) assert.match(command, /^openssl cms -(sign|verify) -binary .*manifest\.p7s/);
  const [spaced = ''] = externalSigningCommands("ada's bundle/manifest.json", 'manifest.p7s');
  const [, argument] = /-in (.*?) -out/.exec(spaced) ?? [];
  assert.equal(execFileSync('sh', ['-c', `printf %s ${argument ?? ''}`]).toString(), "ada's bundle/manifest.json");
});

const wrongInputs: readonly [string, string, (input: BundleInput) => BundleInput][] = [
  ['an image that is not there', 'bundle.file-unreadable', (input) => withImage(input, { path: '/nowhere/app.bin' })],
  ['a counter that the image does not carry', 'bundle.image-counter', (input) => withImage(input, { version: 8 })],
  [
    'an image that no given key signed',
    'mcuboot.key-unknown',
    (input) => ({ ...input, imageKeys: [imageKeySpki('root-ed25519')] }),
  ],
  ['one name twice', 'bundle.archive-duplicate', (input) => withImage(input, { name: 'radio.bin' })],
  ['one slot twice', 'bundle.manifest-slot-ambiguous', (input) => withImage(input, { slot: 'radio' })],
  [
    'a name that the format does not allow',
    'bundle.manifest-invalid',
    (input) => withImage(input, { name: 'a b.bin' }),
  ],
  ['a raw image without version', 'bundle.manifest-invalid', (input) => withImage(input, { format: 'raw' })],
  ['an MCUboot image as a raw one', 'accepted', (input) => withImage(input, { format: 'raw', version: 7 })],
  ['an expiry before its issue', 'bundle.lifetime-invalid', (input) => ({ ...input, expires: '2020-01-01T00:00:00Z' })],
  ['a time that is none', 'bundle.manifest-invalid', (input) => ({ ...input, issued: 'yesterday' })],
];

function withImage(input: BundleInput, changes: Partial<BundleInput['images'][number]>): BundleInput {
  return { ...input, images: input.images.map((image, index) => (index === 0 ? { ...image, ...changes } : image)) };
}

for (const [what, code, change] of wrongInputs) {
  test(`REQ-OTA-MAN-03 when a bundle is made of ${what}: ${code}`, async (t) => {
    const folder = tempFolder(t);
    const out = join(folder, 'made.bundle');
    const made = await createBundle(change(inputIn(folder)), out);
    assert.equal(made.ok ? 'accepted' : made.code, code);
    assert.equal(existsSync(out), made.ok);
    assert.equal(existsSync(`${out}.partial`), false);
  });
}

test('REQ-OTA-MAN-03 overwrites no file, and says where it cannot write', async (t) => {
  const { folder, unsigned } = await create(t);
  const again = await createBundle(inputIn(folder), unsigned);
  assert.equal(again.ok ? '' : again.code, 'bundle.output-exists');
  const nowhere = await createBundle(inputIn(folder), join(folder, 'no', 'folder', 'x.bundle'));
  assert.equal(nowhere.ok ? '' : nowhere.code, 'bundle.output-failed');
});

async function findings(t: TestContext, bytes: Uint8Array, roots: readonly string[] = ['root']): Promise<string[]> {
  const path = join(tempFolder(t), 'foreign.bundle');
  writeFileSync(path, bytes);
  const inspected = await inspectBundle(path, { now, rootsDer: roots.map(certificateDer), imageKeys });
  return inspected.findings.map(({ code }) => code);
}

test('REQ-OTA-MAN-03 inspection finds nothing wrong with a good bundle', async (t) => {
  assert.deepEqual(await findings(t, zipBytes(signedParts('two-signers'))), []);
});

test('REQ-OTA-MAN-03 inspection shows what a foreign bundle claims, without trust', async (t) => {
  const path = join(tempFolder(t), 'foreign.bundle');
  writeFileSync(path, zipBytes(signedParts('stranger')));
  const inspected = await inspectBundle(path, { now });
  assert.equal(inspected.digest, sha256Of(fixtureManifest));
  assert.deepEqual(inspected.manifest, readFixtureManifest());
  assert.deepEqual(
    inspected.entries.map(({ name }) => name),
    signedParts('stranger').map(({ name }) => name),
  );
  assert.ok(inspected.certificates.some(({ subject }) => subject.includes('signer-stranger')));
  assert.deepEqual(inspected.verifiedSigners, []);
  assert.equal(inspected.chainChecked, false);
  assert.deepEqual(inspected.findings, []);
});

test('REQ-OTA-MAN-03 inspection lists every reason for which a station would refuse', async (t) => {
  const parts = signedParts('stranger').map((part) =>
    part.name === 'images/radio.bin' ? { ...part, data: Buffer.from('RAW radio firmware') } : part,
  );
  assert.deepEqual(await findings(t, zipBytes(parts)), ['trust.no-path', 'bundle.image-hash']);
  assert.deepEqual(await findings(t, zipBytes(parts.slice(0, 1))), [
    'bundle.signature-missing',
    'bundle.image-missing',
  ]);
  assert.deepEqual(await findings(t, zipBytes(parts.slice(1))), ['bundle.manifest-missing']);
  assert.deepEqual(await findings(t, Buffer.from('hello')), ['bundle.archive-not-zip']);
});

test('REQ-OTA-MAN-03 inspection reports an expired bundle and a damaged MCUboot image', async (t) => {
  const path = join(tempFolder(t), 'old.bundle');
  writeFileSync(path, zipBytes(signedParts('p256')));
  const inspected = await inspectBundle(path, { now: new Date('2040-01-01T00:00:00Z'), imageKeys: null });
  assert.deepEqual(
    inspected.findings.map(({ code }) => code),
    ['bundle.expired'],
  );

  const image = Buffer.from(mcubootFixture('ecdsa-p256'));
  image[40] = 0;
  const manifest = readFixtureManifest();
  const damaged = { ...manifest, images: [{ ...manifest.images[0], hash: sha256Of(image) }] };
  const bytes = zipBytes([
    { name: 'manifest.json', data: Buffer.from(JSON.stringify(damaged)) },
    { name: 'images/application.bin', data: image },
  ]);
  assert.deepEqual(await findings(t, bytes), ['bundle.signature-missing', 'mcuboot.hash-mismatch']);
});

test('REQ-OTA-MAN-01 makes and signs a bundle whose image is far larger than any buffer', async (t) => {
  const folder = tempFolder(t);
  const path = join(folder, 'large.bin');
  writeFileSync(path, Buffer.alloc(5_000_003, 'firmware'));
  const input = inputIn(folder);
  const images = [{ path, slot: 'application', compat: ['vu-a'], format: 'raw', version: 1 }] as const;
  const made = await createBundle({ ...input, images }, join(folder, 'large.bundle'));
  assert.ok(made.ok, made.ok ? '' : made.reason);
  const signed = await signBundle({
    bundle: join(folder, 'large.bundle'),
    out: join(folder, 'signed.bundle'),
    credentials: [credentials('signer-p256.key')],
    signingTime: now,
  });
  assert.ok(signed.ok, signed.ok ? '' : signed.reason);
  assert.equal(signed.value.digest, made.value.digest);
});

test('REQ-OTA-MAN-03 refuses to sign a bundle whose image was damaged, and leaves no file', async (t) => {
  const folder = tempFolder(t);
  const damaged = signedParts('p256').map((part) =>
    part.name === 'images/radio.bin' ? { ...part, central: { crc32: 1 }, local: { crc32: 1 } } : part,
  );
  writeFileSync(join(folder, 'damaged.bundle'), zipBytes(damaged));
  const signed = await signBundle({
    bundle: join(folder, 'damaged.bundle'),
    out: join(folder, 'signed.bundle'),
    credentials: [credentials('signer-p256.key')],
    signingTime: now,
  });
  assert.equal(signed.ok ? '' : signed.code, 'bundle.archive-crc');
  assert.deepEqual(readdirSync(folder), ['damaged.bundle']);
});
