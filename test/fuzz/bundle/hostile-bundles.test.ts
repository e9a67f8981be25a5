import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { describeInspection } from '../../../cli/terminal/describe-inspection.ts';
import { importBundle } from '../../../core/bundle/import-bundle.ts';
import { inspectBundle } from '../../../core/bundle/make/inspect-bundle.ts';
import { parseManifest } from '../../../core/bundle/parse-manifest.ts';
import {
  documentsManifest,
  fixtureManifest,
  fixtureTime,
  readFixtureManifest,
  signedDocumentParts,
  signedParts,
  trustingPorts,
} from '../../helpers/signed-bundle.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { sha256Of } from '../../helpers/test-bundle.ts';
import { operator, testStation } from '../../helpers/test-import.ts';
import { zipBytes } from '../../helpers/zip-bytes.ts';

const limits = { seed: 20261122, interruptAfterTimeLimit: 1_800, markInterruptAsFailure: false };
const plain = zipBytes(signedParts('p256'));
const packed = zipBytes(signedParts('p256').map((part) => ({ ...part, deflate: true, descriptor: 'signed' })));
const withDocuments = zipBytes(signedDocumentParts());
const digest = sha256Of(fixtureManifest);
const contents = [digest, ...readFixtureManifest().images.map(({ hash }) => hash)];

/** What every outcome has in common: one event, nothing in quarantine, and the store holds a whole bundle or nothing. */
async function importOnce(t: Parameters<typeof tempFolder>[0], bytes: Uint8Array): Promise<boolean> {
  const station = testStation(t, trustingPorts());
  station.clock.setWall(fixtureTime);
  const path = join(station.folder, 'b');
  writeFileSync(path, bytes);
  const result = await importBundle({ path, actor: operator }, station.ports);
  assert.equal(station.events.length, 1);
  const files = station.files().map((file) => file.replace('store/', ''));
  if (result.ok) {
    assert.equal(result.value.bundle.digest, digest, 'accepted with another manifest');
    for (const sha256 of contents) assert.ok(files.includes(sha256));
    assert.equal(files.length, contents.length + 1);
    for (const name of files) assert.equal(sha256Of(readFileSync(station.store.pathOf(name))), name);
  } else {
    assert.deepEqual(files, []);
    assert.equal(station.events[0]?.code, result.code);
    assert.match(result.reason, /^.{10,}[.?]$/s);
  }
  rmSync(station.folder, { recursive: true });
  return result.ok;
}

for (const [what, bytes] of [
  ['stored', plain],
  ['deflated', packed],
] as const) {
  test(`REQ-OTA-SIG-01 a ${what} bundle with flipped bytes is refused, or is the same bundle`, async (t) => {
    assert.ok(await importOnce(t, bytes));
    const flip = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }));
    const property = fc.asyncProperty(fc.array(flip, { minLength: 1, maxLength: 4 }), async (flips) => {
      const changed = Buffer.from(bytes);
      for (const [at, mask] of flips) changed[at] = (changed[at] ?? 0) ^ mask;
      await importOnce(t, changed);
    });
    await fc.assert(property, { ...limits, numRuns: 400 });
  });

  test(`REQ-OTA-MAN-03 a ${what} bundle with bytes cut out, doubled or inserted is refused`, async (t) => {
    const property = fc.asyncProperty(
      fc.nat(bytes.length),
      fc.nat(bytes.length),
      fc.uint8Array({ maxLength: 64 }),
      async (a, b, inserted) => {
        const changed = Buffer.concat([bytes.subarray(0, a), inserted, bytes.subarray(b)]);
        if (changed.equals(bytes)) return;
        assert.equal(await importOnce(t, changed), false);
      },
    );
    await fc.assert(property, { ...limits, numRuns: 200 });
  });
}

test('REQ-OTA-MAN-03 a bundle with documents and flipped bytes is refused, or is the same bundle; inspection never throws', async (t) => {
  const path = join(tempFolder(t), 'flipped');
  const flip = fc.tuple(fc.nat(withDocuments.length - 1), fc.integer({ min: 1, max: 255 }));
  const property = fc.asyncProperty(fc.array(flip, { minLength: 1, maxLength: 4 }), async (flips) => {
    const changed = Buffer.from(withDocuments);
    for (const [at, mask] of flips) changed[at] = (changed[at] ?? 0) ^ mask;
    writeFileSync(path, changed);
    const inspected = await inspectBundle(path, { now: new Date(fixtureTime), imageKeys: [] });
    assert.equal(typeof describeInspection(inspected, true), 'string');
    const station = testStation(t, trustingPorts());
    station.clock.setWall(fixtureTime);
    const result = await importBundle({ path, actor: operator }, station.ports);
    if (result.ok) assert.equal(result.value.bundle.digest, sha256Of(documentsManifest));
    else assert.deepEqual(station.files(), []);
    rmSync(station.folder, { recursive: true });
  });
  await fc.assert(property, { ...limits, numRuns: 200 });
});

test('REQ-OTA-MAN-03 random bytes with a ZIP end are refused without an exception', async (t) => {
  const end = plain.subarray(-22);
  const path = join(tempFolder(t), 'random');
  const property = fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.boolean(), async (random, withEnd) => {
    const bytes = withEnd ? Buffer.concat([random, end]) : random;
    assert.equal(await importOnce(t, bytes), false);
    writeFileSync(path, bytes);
    const inspected = await inspectBundle(path, { now: new Date(fixtureTime) });
    assert.ok(inspected.findings.length > 0);
  });
  await fc.assert(property, { ...limits, numRuns: 200 });
});

test('REQ-OTA-MAN-01 any JSON value and any bytes are read as a manifest or refused, never thrown on', () => {
  const json = fc.property(fc.json({ maxDepth: 10 }), (text) => {
    const result = parseManifest(Buffer.from(text));
    assert.equal(result.ok ? 'accepted' : result.code, 'bundle.manifest-invalid');
  });
  fc.assert(json, { ...limits, numRuns: 500 });
  const changed = fc.property(fc.nat(fixtureManifest.length - 1), fc.nat(255), (at, value) => {
    const bytes = Buffer.from(fixtureManifest);
    bytes[at] = value;
    const result = parseManifest(bytes);
    assert.ok(result.ok || result.code === 'bundle.manifest-invalid');
  });
  fc.assert(changed, { ...limits, numRuns: 1000 });
});
