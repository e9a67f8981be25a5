import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { demoImage, demoProduct } from '../../../demo/materials.ts';
import { runCli } from '../../helpers/run-cli.ts';
import { CliBench } from './cli-bench.ts';

const pki = fileURLToPath(new URL('../../../resources/demo/', import.meta.url));

test('REQ-OTA-DLT-01 a delta is made, inspected, and imported with the base of a unit, from the command line', async (t) => {
  const bench = await CliBench.set(t);
  const at = (name: string): string => join(bench.folder, name);
  writeFileSync(at('old.bin'), bench.factoryImage);
  writeFileSync(at('new.bin'), demoImage(9, '2.9.0'));
  const image = { path: 'new.bin', slot: 'application', compat: ['vu-a'], format: 'mcuboot' };
  const description = {
    product: demoProduct,
    release: { name: '2.9.0', changeControl: 'ECO-290' },
    issued: '2026-01-01T00:00:00Z',
    expires: '2099-01-01T00:00:00Z',
    minStationVersion: '0.1.0',
    images: [{ ...image, deltaFrom: 'old.bin', deltaFromRelease: '2.3.1' }],
  };
  writeFileSync(at('description.json'), JSON.stringify(description));
  const keys = ['--key', join(pki, 'vendor-signer.key'), '--certificate', join(pki, 'vendor-signer.crt')];
  for (const args of [
    ['create', at('description.json'), at('unsigned'), '--image-key', join(pki, 'image.pub.pem')],
    ['sign', at('unsigned'), at('delta.bundle'), ...keys],
  ]) {
    const made = await runCli(['bundle', ...args]);
    assert.equal(made.code, 0, made.out + made.err);
  }
  const inspected = await runCli(['bundle', 'inspect', at('delta.bundle'), '--root', join(pki, 'vendor-root.crt')]);
  assert.equal(inspected.code, 0, inspected.out + inspected.err);
  assert.match(
    inspected.out,
    /comes as a delta of \d+ bytes from the image of release 2\.3\.1 with SHA-256 [0-9a-f]{64}/,
  );
  assert.match(inspected.out, /not checked: .*what its deltas lead to/);

  bench.logIn('tom');
  const missing = await bench.run(['bundle', 'import', at('delta.bundle')]);
  assert.equal(missing.code, 3, missing.out + missing.err);
  assert.match(missing.err, /bundle\.delta-base-missing/);
  assert.match(missing.err, /release 2\.3\.1.* bundle import .*delta\.bundle --base-from <place>/);
  const nobody = await bench.run(['bundle', 'import', at('delta.bundle'), '--base-from', '1-9']);
  assert.equal(nobody.code, 3);
  assert.match(nobody.err, /device\.not-found/);
  const imported = await bench.run(['bundle', 'import', at('delta.bundle'), '--base-from', '1-1']);
  assert.equal(imported.code, 0, imported.out + imported.err);
  assert.match(imported.out, /is verified and in the store/);
});
