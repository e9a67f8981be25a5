import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Result } from '../../../contract/result.ts';
import { createBundle } from '../../../core/bundle/make/create-bundle.ts';
import { signBundle } from '../../../core/bundle/make/sign-bundle.ts';
import { sha256Of } from '../../helpers/test-bundle.ts';
import { demoPki, signedImage, VirtualDepot } from '../../helpers/virtual-depot.ts';

const factory = signedImage(1, { bodyBytes: 200_000 });
const firmware = signedImage(2, { bodyBytes: 200_000 });

function expectOk<T>(result: Result<T>): T {
  assert.ok(result.ok, result.ok ? '' : `${result.code}: ${result.reason}`);
  return result.value;
}

interface DeltaRecipe {
  readonly base?: Buffer;
  readonly compat?: readonly string[];
  readonly product?: string;
}

/** A bundle whose one image comes as a delta from `base`, made and signed as its vendor would. */
async function makeDeltaBundle(depot: VirtualDepot, recipe: DeltaRecipe = {}): Promise<string> {
  const { base = factory, compat = ['vu-a'], product = 'drydock.virtual-unit' } = recipe;
  const at = (name: string): string => join(depot.folder, name);
  writeFileSync(at('old.bin'), base);
  writeFileSync(at('new.bin'), firmware);
  const key = `${sha256Of(base).slice(0, 8)}-${product}-${compat.join()}`;
  const image = { path: at('new.bin'), slot: 'application', compat, format: 'mcuboot' as const };
  const input = {
    product: { id: product, name: 'Virtual unit' },
    release: { name: '2.0.0', changeControl: 'ECO-2' },
    issued: '2026-11-01T00:00:00Z',
    expires: '2027-11-01T00:00:00Z',
    minStationVersion: '0.1.0',
    images: [{ ...image, deltaFrom: at('old.bin'), deltaFromRelease: '1.0.0' }],
    imageKeys: [createPublicKey(demoPki.imagePublicKey).export({ format: 'der', type: 'spki' })],
  };
  expectOk(await createBundle(input, at(`${key}.unsigned`)));
  const credentials = [{ ...demoPki.vendor, chainDer: [] }];
  const out = at(`${key}.bundle`);
  expectOk(await signBundle({ bundle: at(`${key}.unsigned`), out, credentials, signingTime: depot.clock.now() }));
  return out;
}

const readUnit = (depot: VirtualDepot) => depot.call('technician', 'device.read', { position: '1-1' });

test('REQ-OTA-DLT-01 REQ-OTA-APP-03 a delta whose base is read from the unit is imported, approved and installed on it', async (t) => {
  const depot = await VirtualDepot.set(t, [{ factoryImage: factory }]);
  const path = await makeDeltaBundle(depot);
  const { bundle } = await depot.call('technician', 'bundle.import', { path, basePosition: '1-1' });
  const state = await readUnit(depot);
  assert.deepEqual([state.mode, state.slots[0]?.counter, state.boot.imageOk], ['application', 1, true]);
  const [event] = await depot.call('auditor', 'audit.list', {
    before: null,
    type: 'bundle.imported',
    outcome: null,
    limit: 1,
  });
  assert.deepEqual(event?.data['baseUnit'], { position: '1-1', serial: 'VU-0001' });

  await depot.approve(bundle.digest);
  const job = await depot.update(bundle.digest);
  assert.equal(job.state, 'confirmed', `${String(job.code)}: ${String(job.reason)}`);
  assert.equal(job.imageHash, sha256Of(firmware));
  assert.equal((await readUnit(depot)).slots[0]?.counter, 2);
  assert.equal((await depot.call('auditor', 'audit.verify', {})).intact, true);
});

test('REQ-OTA-DLT-01 a base in the store, from whichever bundle, needs no unit', async (t) => {
  const depot = await VirtualDepot.set(t, [{ factoryImage: factory }]);
  const whole = depot.bundle({ images: [{ bytes: factory, entry: { version: 1 } }] });
  await depot.call('administrator', 'bundle.import', { path: whole });
  const { bundle } = await depot.call('administrator', 'bundle.import', { path: await makeDeltaBundle(depot) });
  await depot.approve(bundle.digest);
  assert.equal((await depot.update(bundle.digest)).state, 'confirmed');
});

test('REQ-OTA-DLT-01 a base that is nowhere at hand is refused, and so is a unit that runs something else', async (t) => {
  const depot = await VirtualDepot.set(t, [{ factoryImage: factory }]);
  const path = await makeDeltaBundle(depot);
  const missing = await depot.refusal('technician', 'bundle.import', { path });
  assert.equal(missing.code, 'bundle.delta-base-missing');
  const wrong = await makeDeltaBundle(depot, { base: signedImage(1, { version: '1.1.0+0', bodyBytes: 200_000 }) });
  const differs = await depot.refusal('technician', 'bundle.import', { path: wrong, basePosition: '1-1' });
  assert.equal(differs.code, 'bundle.delta-base-differs');
  assert.equal((await readUnit(depot)).mode, 'application');
  assert.deepEqual(await depot.call('technician', 'bundle.list', {}), []);
});

test('REQ-OTA-OPR-02 who may not execute updates may not have a unit read either, and the log says so', async (t) => {
  const depot = await VirtualDepot.set(t, [{ factoryImage: factory }]);
  const path = await makeDeltaBundle(depot);
  const refusal = await depot.refusal('administrator', 'bundle.import', { path, basePosition: '1-1' });
  assert.equal(refusal.code, 'station.permission-denied');
  const [event] = await depot.call('auditor', 'audit.list', { before: null, type: null, outcome: null, limit: 1 });
  assert.deepEqual([event?.type, event?.code], ['bundle.imported', 'station.permission-denied']);
});

test('REQ-OTA-DLT-01 a unit of another product or hardware, or none at all, gives no base', async (t) => {
  const depot = await VirtualDepot.set(t, [{ factoryImage: factory }]);
  const ask = async (recipe: DeltaRecipe, basePosition = '1-1'): Promise<string> =>
    (await depot.refusal('technician', 'bundle.import', { path: await makeDeltaBundle(depot, recipe), basePosition }))
      .code;
  assert.equal(await ask({ product: 'drydock.other' }), 'update.wrong-product');
  assert.equal(await ask({ compat: ['vu-b'] }), 'update.not-compatible');
  assert.equal(await ask({ base: signedImage(1) }, '1-9'), 'device.not-found');
});

test('REQ-OTA-DLT-01 a unit that an open job holds is not taken out of operation for a base', async (t) => {
  const depot = await VirtualDepot.set(t, [{ factoryImage: factory }]);
  const digest = await depot.approved();
  depot.bench.unit('VU-0001').arm({ kind: 'no-return' });
  const lost = await depot.update(digest);
  assert.equal(lost.state, 'indeterminate');
  const path = await makeDeltaBundle(depot);
  const refusal = await depot.refusal('technician', 'bundle.import', { path, basePosition: '1-1' });
  assert.equal(refusal.code, 'update.position-busy');
});

test('REQ-OTA-DLT-01 a unit that is lost while it is read is named as out of operation', async (t) => {
  const depot = await VirtualDepot.set(t, [{ factoryImage: factory }]);
  const path = await makeDeltaBundle(depot);
  depot.bench.unit('VU-0001').arm({ kind: 'no-return' });
  const refusal = await depot.refusal('technician', 'bundle.import', { path, basePosition: '1-1' });
  assert.match(refusal.code, /^device\./);
  assert.match(refusal.reason, /Power-cycle the unit/);
  assert.deepEqual(await depot.call('technician', 'bundle.list', {}), []);
});
