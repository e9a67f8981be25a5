import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { ImportPorts } from '../../../core/bundle/import-ports.ts';
import { ImageThread } from '../../../core/bundle/images/image-thread.ts';
import { sha256Of } from '../../helpers/test-bundle.ts';
import {
  fixtureImages,
  fixtureManifest,
  fixtureTime,
  signedParts,
  trustingPorts,
} from '../../helpers/signed-bundle.ts';
import { testStation } from '../../helpers/test-import.ts';
import type { TestStation } from '../../helpers/test-import.ts';
import { zipBytes } from '../../helpers/zip-bytes.ts';
import type { ZipPart } from '../../helpers/zip-bytes.ts';

function stationAt(t: TestContext, changes: Partial<ImportPorts> = trustingPorts(), time = fixtureTime): TestStation {
  const station = testStation(t, changes);
  station.clock.setWall(time);
  return station;
}

async function outcome(station: TestStation, parts: readonly ZipPart[]): Promise<string> {
  const result = await station.import(zipBytes(parts));
  if (!result.ok) assert.deepEqual(station.files(), []);
  assert.equal(station.events.length, 1);
  return result.ok ? 'accepted' : result.code;
}

const digest = sha256Of(fixtureManifest);

for (const signature of ['p256', 'p384', 'rsa-pss', 'rsa-pkcs1', 'ed25519']) {
  test(`REQ-OTA-SIG-01 imports a bundle that OpenSSL or GnuTLS signed with ${signature}`, async (t) => {
    const station = stationAt(t);
    assert.equal(await outcome(station, signedParts(signature)), 'accepted');
    const [bundle] = station.bundles.list();
    assert.equal(bundle?.digest, digest);
    assert.equal(bundle.signers.length, 1);
    assert.match(bundle.signers[0]?.subject ?? '', new RegExp(`signer-${signature.split('-')[0]}`));
  });
}

test('REQ-OTA-SIG-01 imports in a worker thread, deflated, and stores every content', async (t) => {
  const station = stationAt(t, { ...trustingPorts(), startReceiver: () => new ImageThread() });
  const parts = signedParts('p256').map((part) => ({ ...part, deflate: true }));
  assert.equal(await outcome(station, parts), 'accepted');
  for (const data of Object.values(fixtureImages)) {
    const read = await station.store.read({ sha256: sha256Of(data), lenBytes: data.length }, 1e6);
    assert.deepEqual(read, { ok: true, value: data });
  }
});

test('REQ-OTA-SIG-02 refuses a bundle whose signer stands under no pinned anchor', async (t) => {
  assert.equal(await outcome(stationAt(t), signedParts('stranger')), 'trust.no-path');
  assert.equal(await outcome(stationAt(t, trustingPorts([])), signedParts('p256')), 'trust.no-path');
});

test('REQ-OTA-SIG-02 takes the same bundle where that anchor is pinned', async (t) => {
  assert.equal(await outcome(stationAt(t, trustingPorts(['stranger'])), signedParts('stranger')), 'accepted');
});

test('REQ-OTA-SIG-03 counts two signers of one file', async (t) => {
  assert.equal(await outcome(stationAt(t, trustingPorts(['root'], 2)), signedParts('two-signers')), 'accepted');
  assert.equal(
    await outcome(stationAt(t, trustingPorts(['root'], 2)), signedParts('p256')),
    'bundle.signature-threshold',
  );
});

test('REQ-OTA-SIG-01 refuses a signature over another content', async (t) => {
  assert.equal(await outcome(stationAt(t), signedParts('other-content')), 'trust.cms-digest-mismatch');
});

test('REQ-OTA-SIG-01 refuses a manifest that differs by one space from the signed one', async (t) => {
  const parts = signedParts('p256').map((part) =>
    part.name === 'manifest.json' ? { ...part, data: Buffer.concat([fixtureManifest, Buffer.from(' ')]) } : part,
  );
  assert.equal(await outcome(stationAt(t), parts), 'trust.cms-digest-mismatch');
});

test('REQ-OTA-SIG-06 refuses certificates before and after their time, by name', async (t) => {
  assert.equal(
    await outcome(stationAt(t, trustingPorts(), '2026-11-05T00:00:00Z'), signedParts('p256')),
    'trust.not-yet-valid',
  );
  assert.equal(
    await outcome(stationAt(t, trustingPorts(), '2060-01-01T00:00:00Z'), signedParts('p256')),
    'trust.expired',
  );
});

test('REQ-OTA-SIG-04 refuses a signed bundle whose image key is not pinned', async (t) => {
  const { rulesFor } = trustingPorts();
  const withoutKeys: ImportPorts['rulesFor'] = (product) => {
    const rules = rulesFor?.(product);
    assert.ok(rules?.ok);
    return { ok: true, value: { ...rules.value, imageKeys: [] } };
  };
  const station = stationAt(t, { ...trustingPorts(), rulesFor: withoutKeys });
  assert.equal(await outcome(station, signedParts('p256')), 'bundle.image-key-unknown');
});
