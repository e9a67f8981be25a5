import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LocatedEntry } from '../../../core/bundle/archive/data-layout.ts';
import { checkContents, verifyManifest } from '../../../core/bundle/check-manifest.ts';
import type { ManifestContext } from '../../../core/bundle/check-manifest.ts';
import type { Manifest } from '../../../contract/schema/bundle.ts';
import { imageFor, manifestFor } from '../../helpers/test-bundle.ts';
import { testSigner } from '../../helpers/test-import.ts';

const app = imageFor(Buffer.from('application'), { file: 'images/app.bin' });
const radio = imageFor(Buffer.from('radio firmware'), { file: 'images/radio.bin', slot: 'radio' });

function entry(name: string, lenBytes: number): LocatedEntry {
  return {
    name,
    lenBytes,
    packedBytes: lenBytes,
    method: 'stored',
    crc32: 0,
    headerAt: 0,
    dataAt: 0,
    hasDescriptor: false,
  };
}

const entries = (...list: readonly LocatedEntry[]): ReadonlyMap<string, LocatedEntry> =>
  new Map(list.map((item) => [item.name, item]));

const context: ManifestContext = {
  rules: { threshold: 1, anchors: null, revocation: null, imageKeys: [] },
  signers: [testSigner()],
  entries: entries(
    entry('manifest.json', 9),
    entry('manifest.p7s', 9),
    entry(app.file, app.len),
    entry(radio.file, radio.len),
  ),
  now: new Date('2026-11-22T09:00:00Z'),
  stationVersion: '1.4.0',
};

function check(manifest: Manifest, changes: Partial<ManifestContext> = {}): string {
  const result = verifyManifest(manifest, { ...context, ...changes });
  return result.ok ? result.value.map(({ image }) => image.file).join() : result.code;
}

const good = manifestFor([app, radio]);

test('REQ-OTA-MAN-02 matches each image of the manifest with its file', () => {
  assert.equal(check(good), 'images/app.bin,images/radio.bin');
});

test('REQ-OTA-MAN-02 refuses an image that the archive lacks', () => {
  assert.equal(check(good, { entries: entries(entry(app.file, app.len)) }), 'bundle.image-missing');
});

test('REQ-OTA-MAN-02 refuses an image of the archive that the manifest does not list', () => {
  assert.equal(check(manifestFor([app])), 'bundle.image-unlisted');
});

test('REQ-OTA-MAN-02 refuses an image of another length, longer or shorter', () => {
  for (const lenBytes of [app.len - 1, app.len + 1]) {
    const changed = entries(entry(app.file, lenBytes));
    assert.equal(check(manifestFor([app]), { entries: changed }), 'bundle.image-length');
  }
});

test('REQ-OTA-MAN-01 refuses a file that is listed twice', () => {
  assert.equal(check(manifestFor([app, { ...app, slot: 'other' }])), 'bundle.manifest-duplicate-file');
});

test('REQ-OTA-MAN-01 refuses two images for one slot of one hardware', () => {
  const second = { ...radio, slot: app.slot, compat: ['vu-b', 'vu-a'] };
  assert.equal(check(manifestFor([app, second])), 'bundle.manifest-slot-ambiguous');
  assert.equal(check(manifestFor([{ ...app, compat: ['vu-a', 'vu-a'] }, radio])), 'bundle.manifest-slot-ambiguous');
});

test('REQ-OTA-MAN-01 takes two images for one slot of different hardware', () => {
  const second = { ...radio, slot: app.slot, compat: ['vu-b'] };
  assert.equal(check(manifestFor([app, second])), 'images/app.bin,images/radio.bin');
});

test('REQ-OTA-MAN-01 takes 64 images for 64 kinds of hardware each, and finds the one that is named twice among them', () => {
  const images = Array.from({ length: 64 }, (_, n) => ({
    ...app,
    file: `images/${n}.bin`,
    compat: Array.from({ length: 64 }, (_none, variant) => `hw-${n}-${variant}`),
  }));
  const archive = entries(...images.map(({ file, len }) => entry(file, len)));
  assert.equal(check(manifestFor(images), { entries: archive }).split(',').length, 64);
  const last = images.pop();
  assert.ok(last);
  const twice = manifestFor([...images, { ...last, compat: [...last.compat.slice(1), 'hw-0-63'] }]);
  assert.equal(check(twice, { entries: archive }), 'bundle.manifest-slot-ambiguous');
});

test('REQ-OTA-MAN-01 refuses a bundle outside its lifetime, to the second', () => {
  const at = (now: string): string => check(good, { now: new Date(now) });
  assert.equal(at('2026-10-31T23:59:59.999Z'), 'bundle.not-yet-issued');
  assert.match(at('2026-11-01T00:00:00Z'), /^images/);
  assert.match(at('2027-10-31T23:59:59.999Z'), /^images/);
  assert.equal(at('2027-11-01T00:00:00Z'), 'bundle.expired');
});

test('REQ-OTA-MAN-01 refuses a bundle that expires when or before it is issued', () => {
  const contents = (issued: string, expires: string): string => {
    const result = checkContents(manifestFor([app, radio], { issued, expires }), context.entries);
    return result.ok ? 'accepted' : result.code;
  };
  assert.equal(contents('2026-11-01T00:00:00Z', '2026-11-01T00:00:00Z'), 'bundle.lifetime-invalid');
  assert.equal(contents('2026-11-01T00:00:00Z', '2026-10-01T00:00:00Z'), 'bundle.lifetime-invalid');
  assert.equal(contents('2026-11-01T00:00:00Z', '2026-11-01T00:00:01Z'), 'accepted');
});

test('REQ-OTA-MAN-01 names both times where a bundle has expired', () => {
  const result = verifyManifest(good, { ...context, now: new Date('2028-01-01T00:00:00Z') });
  assert.match(result.ok ? '' : result.reason, /2027-11-01T00:00:00Z.*2028-01-01T00:00:00/);
});

test('REQ-OTA-MAN-01 compares the minimum station version number by number', () => {
  const needs = (minStationVersion: string): string => check(manifestFor([app, radio], { minStationVersion }));
  for (const version of ['1.4.0', '1.3.99', '0.99.99']) assert.match(needs(version), /^images/, version);
  for (const version of ['1.4.1', '1.10.0', '2.0.0']) assert.equal(needs(version), 'bundle.station-too-old', version);
});

test('REQ-OTA-MAN-01 takes a pre-release of the needed version', () => {
  assert.match(check(good, { stationVersion: '0.1.0-rc.1' }), /^images/);
});

test('REQ-OTA-SIG-03 asks for as many distinct keys as the product does', () => {
  const rules = { threshold: 2, anchors: null, revocation: null, imageKeys: [] };
  const other = testSigner({ publicKeySha256: 'e'.repeat(64) });
  const sameKeyTwice = [testSigner(), testSigner({ certificateSha256: 'f'.repeat(64) })];
  assert.equal(check(good, { rules }), 'bundle.signature-threshold');
  assert.equal(check(good, { rules, signers: sameKeyTwice }), 'bundle.signature-threshold');
  assert.match(check(good, { rules, signers: [testSigner(), other] }), /^images/);
});

test('REQ-OTA-SIG-03 counts only signers under an anchor that may sign for the product', () => {
  const foreign = testSigner({ publicKeySha256: 'e'.repeat(64), anchorSha256: 'b'.repeat(64) });
  const rules = { threshold: 2, anchors: ['a'.repeat(64)], revocation: null, imageKeys: [] };
  assert.equal(check(good, { rules, signers: [testSigner(), foreign] }), 'bundle.signature-threshold');
  assert.equal(check(good, { rules, signers: [foreign] }), 'bundle.signer-not-allowed');
  assert.equal(check(good, { signers: [] }), 'bundle.signer-not-allowed');
});
