import assert from 'node:assert/strict';
import { fstatSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { crc32 } from 'node:zlib';
import { RefusalError, accept, refuse } from '../../../contract/result.ts';
import { importBundle } from '../../../core/bundle/import-bundle.ts';
import type { ImportPorts } from '../../../core/bundle/import-ports.ts';
import { bundleParts, imageFor, manifestFor, sha256Of } from '../../helpers/test-bundle.ts';
import { operator, receiveImagesHere, receiverOf, testSigner, testStation } from '../../helpers/test-import.ts';
import { zipBytes } from '../../helpers/zip-bytes.ts';
import type { ZipPart } from '../../helpers/zip-bytes.ts';

const firmware = Buffer.from('firmware'.repeat(4096));
const manifest = manifestFor([imageFor(firmware)]);
const parts = bundleParts(manifest, { 'images/app.bin': firmware });
const bundle = zipBytes(parts);
const digest = sha256Of(Buffer.from(JSON.stringify(manifest, null, 2)));
const stored = [digest, sha256Of(Buffer.from('signed')), sha256Of(firmware)].map((name) => `store/${name}`).toSorted();

/** The bundle with its image part changed. */
function withImage(changes: Partial<ZipPart>): Buffer {
  return zipBytes(parts.map((part) => (part.name === 'images/app.bin' ? { ...part, ...changes } : part)));
}

test('REQ-OTA-MAN-01 takes a good bundle into the store, with one row and one event', async (t) => {
  const station = testStation(t);
  const result = await station.import(bundle);
  assert.ok(result.ok, JSON.stringify(result));
  assert.equal(result.value.alreadyPresent, false);
  assert.deepEqual(station.bundles.list(), [result.value.bundle]);
  assert.deepEqual(result.value.bundle, {
    digest,
    manifest,
    manifestText: JSON.stringify(manifest, null, 2),
    signature: { sha256: sha256Of(Buffer.from('signed')), lenBytes: 6 },
    signers: [testSigner()],
    importedAt: '2026-11-22T09:00:00.000Z',
    importedBy: 'op-1',
  });
  assert.deepEqual(station.files().toSorted(), stored);
  assert.deepEqual(station.events, [
    {
      type: 'bundle.imported',
      actor: operator,
      outcome: 'done',
      subject: { bundle: digest },
      data: {
        file: 'bundle.zip',
        alreadyPresent: false,
        signatureReplaced: false,
        product: 'drydock.virtual-unit',
        release: '1.2.3',
        changeControl: 'ECO-4711',
        signers: [testSigner()],
        images: [{ slot: 'application', version: 7, hash: sha256Of(firmware) }],
      },
    },
  ]);
  assert.deepEqual(await station.store.read({ sha256: sha256Of(firmware), lenBytes: firmware.length }, 1e6), {
    ok: true,
    value: firmware,
  });
});

test('REQ-OTA-MAN-01 unpacks deflated images', async (t) => {
  const station = testStation(t);
  const compressible = Buffer.from(Array.from({ length: 60_000 }, (_, n) => (n * n) % 251));
  const packed = bundleParts(manifestFor([imageFor(compressible)]), { 'images/app.bin': compressible });
  assert.ok((await station.import(zipBytes(packed.map((part) => ({ ...part, deflate: true }))))).ok);
  assert.ok((await station.store.verify({ sha256: sha256Of(compressible), lenBytes: compressible.length })).ok);
});

const image = imageFor(firmware);
const damaged = Buffer.from(firmware).fill('x', 9000, 9001);
const ofWhole = { crc32: crc32(firmware) };
const refusals: readonly [string, string, Uint8Array, Partial<ImportPorts>?][] = [
  ['is no archive', 'bundle.archive-not-zip', Buffer.from('hello')],
  ['has no manifest', 'bundle.manifest-missing', zipBytes(parts.slice(1))],
  ['has no signature', 'bundle.signature-missing', zipBytes(parts.filter((part) => part.name !== 'manifest.p7s'))],
  [
    'has a damaged manifest entry',
    'bundle.archive-crc',
    zipBytes([
      { name: 'manifest.json', data: firmware, central: { crc32: 1 }, local: { crc32: 1 } },
      ...parts.slice(1),
    ]),
  ],
  ['has a manifest that cannot be read', 'bundle.manifest-invalid', zipBytes(bundleParts('{}', {}))],
  ['lacks an image', 'bundle.image-missing', zipBytes(parts.slice(0, 2))],
  ['holds an unlisted image', 'bundle.image-unlisted', zipBytes([...parts, { name: 'images/more', data: firmware }])],
  ['holds a longer image', 'bundle.image-length', withImage({ data: Buffer.concat([firmware, Buffer.from('x')]) })],
  ['holds another image of that length', 'bundle.image-hash', withImage({ data: Buffer.alloc(firmware.length, 1) })],
  ['holds a damaged image', 'bundle.archive-crc', withImage({ data: damaged, central: ofWhole, local: ofWhole })],
  [
    'holds an image that is no MCUboot image as it says',
    'mcuboot.header-invalid',
    zipBytes(bundleParts(manifestFor([{ ...image, format: 'mcuboot' }]), { 'images/app.bin': firmware })),
  ],
  [
    'is signed by nobody who is trusted',
    'trust.no-path',
    bundle,
    { verifySignature: () => refuse('trust.no-path', 'The signer is not trusted.') },
  ],
  [
    'comes to a station with a wrong clock',
    'trust.clock-below-floor',
    bundle,
    { trustedNow: () => refuse('trust.clock-below-floor', 'The clock is wrong.') },
  ],
  [
    'is for a product without policy',
    'policy.missing',
    bundle,
    { rulesFor: () => refuse('policy.missing', 'No policy.') },
  ],
  [
    'needs more signers',
    'bundle.signature-threshold',
    bundle,
    { rulesFor: () => accept({ threshold: 2, anchors: null, revocation: null, imageKeys: [] }) },
  ],
  ['has expired', 'bundle.expired', bundle, { trustedNow: () => accept(new Date('2028-01-01T00:00:00Z')) }],
  [
    'does not fit on the disk',
    'station.disk-full',
    bundle,
    { startReceiver: receiverOf(() => Promise.resolve(refuse('station.disk-full', 'Full.'))) },
  ],
];
for (const [what, code, bytes, changes] of refusals) {
  test(`REQ-OTA-MAN-03 refuses a bundle that ${what}, with one event and no file left`, async (t) => {
    const station = testStation(t);
    const result = await station.import(bytes, changes);
    assert.equal(result.ok ? 'accepted' : result.code, code);
    assert.deepEqual(station.files(), []);
    assert.deepEqual(station.bundles.list(), []);
    assert.equal(station.events.length, 1);
    const [event] = station.events;
    assert.equal(event?.outcome, 'refused');
    assert.equal(event.code, code);
    assert.deepEqual(event.data, { file: 'bundle.zip', reason: result.ok ? '' : result.reason });
  });
}

test('REQ-OTA-MAN-02 takes an image by its signed SHA-256, whatever checksum the archive gives for it', async (t) => {
  const station = testStation(t);
  assert.ok((await station.import(withImage({ central: { crc32: 1 }, local: { crc32: 1 } }))).ok);
  assert.ok((await station.store.verify({ sha256: sha256Of(firmware), lenBytes: firmware.length })).ok);
});

test('REQ-OTA-MAN-01 takes a bundle of 64 images, the most that one may hold', async (t) => {
  const station = testStation(t);
  const contents = Array.from({ length: 64 }, (_, n) => Buffer.alloc(5000 + n, n));
  const images = contents.map((data, n) => imageFor(data, { file: `images/${n}.bin`, slot: `slot-${n}` }));
  const files = Object.fromEntries(contents.map((data, n) => [`images/${n}.bin`, data]));
  const result = await station.import(zipBytes(bundleParts(manifestFor(images), files)));
  assert.ok(result.ok, JSON.stringify(result));
  for (const { hash, len } of images) assert.ok((await station.store.verify({ sha256: hash, lenBytes: len })).ok);
  assert.equal(station.files().length, 66);
  assert.equal(station.events.length, 1);
});

test('REQ-OTA-SIG-01 does not even parse a manifest whose signature does not verify', async (t) => {
  const station = testStation(t);
  const seen: string[] = [];
  const bytes = zipBytes(bundleParts('no JSON at all', {}));
  const result = await station.import(bytes, {
    verifySignature: (manifestBytes, signatureBytes) => {
      seen.push(Buffer.from(manifestBytes).toString(), Buffer.from(signatureBytes).toString());
      return refuse('trust.no-path', 'The signer is not trusted.');
    },
    rulesFor: () => assert.fail('the product was looked up before the signature verified'),
  });
  assert.equal(result.ok ? '' : result.code, 'trust.no-path');
  assert.deepEqual(seen, ['no JSON at all', 'signed']);
});

test('REQ-OTA-MAN-03 names the digest of a refused manifest in the event', async (t) => {
  const station = testStation(t);
  await station.import(withImage({ data: Buffer.alloc(firmware.length) }));
  assert.deepEqual(station.events[0]?.subject, { bundle: digest });
});

test('REQ-OTA-MAN-01 takes the same bundle again without a second row, says so, and mends the store', async (t) => {
  const station = testStation(t);
  await station.import(bundle);
  writeFileSync(join(station.folder, 'store', sha256Of(firmware)), 'damaged');
  const again = await station.import(bundle);
  assert.ok(again.ok);
  assert.equal(again.value.alreadyPresent, true);
  assert.equal(station.bundles.list().length, 1);
  assert.deepEqual(station.files().toSorted(), stored);
  assert.ok((await station.store.verify({ sha256: sha256Of(firmware), lenBytes: firmware.length })).ok);
  assert.deepEqual(
    station.events.map(({ outcome, data }) => [outcome, data['alreadyPresent']]),
    [
      ['done', false],
      ['done', true],
    ],
  );
});

const resigned = zipBytes(bundleParts(manifest, { 'images/app.bin': firmware }, Buffer.from('signed anew')));
const newSigner = testSigner({ subject: 'CN=Release signing 2028', certificateSha256: 'e'.repeat(64) });
const byNewSigner: Partial<ImportPorts> = { verifySignature: () => accept([newSigner]) };
const newSignature = { sha256: sha256Of(Buffer.from('signed anew')), lenBytes: 11 };

test('REQ-OTA-SIG-01 a bundle that comes again under another valid signature keeps that one, and the event says so', async (t) => {
  const station = testStation(t);
  const first = await station.import(bundle);
  const again = await station.import(resigned, byNewSigner);
  assert.ok(first.ok && again.ok);
  const expected = { ...first.value.bundle, signature: newSignature, signers: [newSigner] };
  assert.deepEqual(again.value, { bundle: expected, alreadyPresent: true });
  assert.deepEqual(station.bundles.list(), [expected]);
  assert.deepEqual(await station.store.read(newSignature, 99), { ok: true, value: Buffer.from('signed anew') });
  assert.deepEqual(
    station.events.map(({ data }) => [data['signatureReplaced'], data['signers']]),
    [
      [false, [testSigner()]],
      [true, [newSigner]],
    ],
  );
});

test('REQ-OTA-SIG-01 the outdated signature leaves the store, unless something else needs it', async (t) => {
  const station = testStation(t);
  await station.import(bundle);
  const other = manifestFor([imageFor(firmware)], { release: { name: '2', changeControl: 'ECO-1' } });
  await station.import(zipBytes(bundleParts(other, { 'images/app.bin': firmware })));
  await station.import(resigned);
  assert.ok(station.store.has(sha256Of(Buffer.from('signed'))));
  await station.import(zipBytes(bundleParts(other, { 'images/app.bin': firmware }, Buffer.from('signed anew'))));
  assert.ok(!station.store.has(sha256Of(Buffer.from('signed'))));
  assert.ok(station.store.has(newSignature.sha256));
});

test('REQ-OTA-AUD-03 keeps the old signature where the event of the new one cannot be written', async (t) => {
  const station = testStation(t);
  await station.import(bundle);
  const result = await station.import(resigned, {
    transact: () => {
      throw new RefusalError(refuse('station.disk-full', 'The disk is full.'));
    },
  });
  assert.equal(result.ok ? '' : result.code, 'station.disk-full');
  assert.deepEqual(station.files().toSorted(), stored);
  assert.equal(station.bundles.get(digest)?.signature.lenBytes, 6);
});

test('REQ-OTA-MAN-03 leaves what another bundle owns when a bundle with the same image is refused', async (t) => {
  const station = testStation(t);
  await station.import(bundle);
  const other = manifestFor([imageFor(firmware)], { release: { name: '2', changeControl: 'ECO-1' } });
  const failing: Partial<ImportPorts> = {
    transact: () => {
      throw new RefusalError(refuse('station.disk-full', 'The disk is full.'));
    },
  };
  const result = await station.import(zipBytes(bundleParts(other, { 'images/app.bin': firmware })), failing);
  assert.equal(result.ok ? '' : result.code, 'station.disk-full');
  assert.deepEqual(station.files().toSorted(), stored);
  assert.deepEqual(
    station.bundles.list().map((row) => row.digest),
    [digest],
  );
});

test('REQ-OTA-AUD-03 imports nothing where its event cannot be written', async (t) => {
  const station = testStation(t);
  const result = await station.import(bundle, {
    transact: (work) => {
      const before = station.bundles.list().map((row) => row.digest);
      try {
        return work();
      } catch (error) {
        for (const row of station.bundles.list()) if (!before.includes(row.digest)) station.bundles.remove(row.digest);
        throw error;
      }
    },
    audit: {
      append: () => {
        throw new RefusalError(refuse('station.storage-failed', 'The log cannot be written.'));
      },
    },
  });
  assert.equal(result.ok ? '' : result.code, 'station.storage-failed');
  assert.deepEqual(station.files(), []);
  assert.deepEqual(station.bundles.list(), []);
});

test('REQ-OTA-AUD-03 keeps the contents where only what follows the commit fails', async (t) => {
  const station = testStation(t);
  const failing: Partial<ImportPorts> = {
    transact: (work) => {
      work();
      throw new Error('the checkpoint could not be sealed');
    },
  };
  await assert.rejects(station.import(bundle, failing), /sealed/);
  assert.deepEqual(station.files().toSorted(), stored);
});

test('REQ-OTA-SIG-01 no image is asked for before signature and manifest have passed, and the receiver is always ended', async (t) => {
  const cases: [name: string, bytes: Buffer, changes: Partial<ImportPorts>, expected: string[]][] = [
    ['a good bundle', bundle, {}, ['started', 'verified', 'image-0', 'ended']],
    ['no archive', Buffer.from('no archive'), {}, ['started', 'ended']],
    ['a bad signature', bundle, { verifySignature: () => refuse('trust.no-path', 'No.') }, ['started', 'ended']],
    [
      'an expired manifest',
      bundle,
      { trustedNow: () => accept(new Date('2028-01-01')) },
      ['started', 'verified', 'ended'],
    ],
  ];
  for (const [name, bytes, changes, expected] of cases) {
    const station = testStation(t);
    const seen: string[] = [];
    const startReceiver: ImportPorts['startReceiver'] = () => {
      seen.push('started');
      return {
        receive(requests, ...rest) {
          seen.push(...requests.map(({ target }) => basename(target)));
          return receiveImagesHere(requests, ...rest);
        },
        end() {
          seen.push('ended');
          return Promise.resolve();
        },
      };
    };
    const verifySignature: ImportPorts['verifySignature'] = () => {
      if (seen.at(-1) !== 'verified') seen.push('verified');
      return accept([testSigner()]);
    };
    await station.import(bytes, { startReceiver, verifySignature, ...changes });
    assert.deepEqual(seen, expected, name);
  }
});

test('REQ-OTA-MAN-03 the archive stays open until the receiver has ended', async (t) => {
  const station = testStation(t);
  let fd = -1;
  const result = await station.import(bundle, {
    startReceiver: () => ({
      receive(requests, ...rest) {
        fd = requests[0]?.file.fd ?? -1;
        return receiveImagesHere(requests, ...rest);
      },
      // fstat throws EBADF on a closed descriptor.
      end() {
        assert.ok(fstatSync(fd).isFile());
        return Promise.resolve();
      },
    }),
  });
  assert.ok(result.ok);
  assert.throws(() => fstatSync(fd), /EBADF/);
});

test('REQ-OTA-MAN-03 leaves nothing in quarantine where the import breaks off by a bug', async (t) => {
  const station = testStation(t);
  const broken: Partial<ImportPorts> = { startReceiver: receiverOf(() => Promise.reject(new Error('bug'))) };
  await assert.rejects(station.import(bundle, broken), /bug/);
  assert.deepEqual(station.files(), []);
});

test('REQ-OTA-MAN-03 empties the quarantine at start and collects what no bundle needs', async (t) => {
  const station = testStation(t);
  await station.import(bundle);
  const orphan = 'e'.repeat(64);
  writeFileSync(join(station.folder, 'store', orphan), 'left by a crash');
  writeFileSync(join(station.ports.quarantine.open(), 'image-0'), 'left by a crash');
  station.ports.quarantine.empty();
  assert.deepEqual(
    station.store.collectOrphans((sha256) => station.bundles.isReferenced(sha256)),
    [orphan],
  );
  assert.deepEqual(station.files().toSorted(), stored);
});

test('REQ-OTA-MAN-03 refuses a bundle beside a data folder that cannot be written', async (t) => {
  const station = testStation(t);
  writeFileSync(join(station.folder, 'quarantine'), 'a file where a folder should be');
  const result = await station.import(bundle);
  assert.equal(result.ok ? '' : result.code, 'station.storage-failed');
  assert.equal(station.events.length, 1);
});

test('REQ-OTA-MAN-03 refuses before it copies what the disk has no room for', async (t) => {
  const station = testStation(t);
  const short = { ...station.ports.quarantine, freeBytes: () => firmware.length - 1 };
  const startReceiver = receiverOf(() => assert.fail('copied although there is no room'));
  const result = await station.import(bundle, { quarantine: short, startReceiver });
  assert.equal(result.ok ? '' : result.code, 'station.disk-full');
  assert.deepEqual(station.files(), []);
  const enough = { ...station.ports.quarantine, freeBytes: () => firmware.length };
  assert.ok((await station.import(bundle, { quarantine: enough })).ok);
});

test('REQ-OTA-MAN-03 records a refusal whose sentence is long, within what an event may hold', async (t) => {
  const station = testStation(t);
  const endless = refuse('trust.no-path', 'x'.repeat(100_000));
  await station.import(bundle, { verifySignature: () => endless });
  assert.equal(station.events[0]?.data['reason'], 'x'.repeat(2048));
});

test('REQ-OTA-MAN-01 tells the progress up to the last byte', async (t) => {
  const station = testStation(t);
  const seen: [number, number][] = [];
  const path = join(station.folder, 'b.zip');
  writeFileSync(path, bundle);
  const progress = (done: number, total: number): void => void seen.push([done, total]);
  assert.ok((await importBundle({ path, actor: operator, progress }, station.ports)).ok);
  assert.deepEqual(seen.at(-1), [firmware.length, firmware.length]);
});
