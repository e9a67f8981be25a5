import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { demoImage, demoProduct } from '../../../demo/materials.ts';
import { broughtProfile } from '../../helpers/brought-profile.ts';
import { dualBankProfile } from '../../helpers/stm32-profiles.ts';
import { CliBench } from './cli-bench.ts';

const pki = fileURLToPath(new URL('../../../resources/demo/', import.meta.url));

test('REQ-OTA-USB-01 REQ-OTA-POL-02 a device profile travels in a bundle, is shown before anybody signs, and counts when enough have', async (t) => {
  const bench = await CliBench.set(t);
  const at = (name: string): string => join(bench.folder, name);
  const succeed = async (args: readonly string[], answers: readonly string[] = []): Promise<string> => {
    const { code, out, err } = await bench.run(args, answers);
    assert.equal(code, 0, out + err);
    return out + err;
  };
  writeFileSync(at('image.bin'), demoImage(6, '2.6.0'));
  const kind = broughtProfile({
    product: demoProduct.id,
    name: 'New \u001b[2Jkind',
    readBack: false,
    quirks: ['no-bus-reset'],
  });
  writeFileSync(at('kind.json'), JSON.stringify(kind));
  writeFileSync(at('rom.json'), JSON.stringify({ ...dualBankProfile, product: demoProduct.id }));
  const describe = (profile: string): void =>
    writeFileSync(
      at('description.json'),
      JSON.stringify({
        product: demoProduct,
        release: { name: '2.6.0', changeControl: 'ECO-4800' },
        issued: '2026-01-01T00:00:00Z',
        expires: '2099-01-01T00:00:00Z',
        minStationVersion: '0.1.0',
        images: [{ path: 'image.bin', slot: 'application', compat: ['vu-a'], format: 'mcuboot' }],
        profiles: [{ path: profile }],
      }),
    );
  describe('rom.json');
  const unsafe = await bench.run(['bundle', 'create', at('description.json'), at('unsafe.bundle')]);
  assert.match(unsafe.err, /bundle\.profile-unsafe/);
  describe('kind.json');
  const key = ['--key', join(pki, 'vendor-signer.key'), '--certificate', join(pki, 'vendor-signer.crt')];
  await succeed(['bundle', 'create', at('description.json'), at('unsigned.bundle')]);
  await succeed(['bundle', 'sign', at('unsigned.bundle'), at('signed.bundle'), ...key]);
  const drives = /drives units with USB id 1209:7a01 or 1209:7a02, by drydock-info, with no-bus-reset/;
  const missing = /What was written cannot be read back before it is booted\./;
  const inspected = await succeed(['bundle', 'inspect', at('signed.bundle'), '--root', join(pki, 'vendor-root.crt')]);
  assert.match(inspected, drives);
  assert.match(inspected, missing);

  bench.logIn('tom');
  const imported = await succeed(['bundle', 'import', at('signed.bundle')]);
  assert.match(imported, /profile +profiles\/kind\.json/);
  const digest = (/digest +([0-9a-f ]{79})/.exec(imported)?.[1] ?? '').replaceAll(' ', '');
  const waiting = await succeed(['bundle', 'show', digest]);
  assert.match(waiting, drives);
  assert.match(waiting, /does not count\. 0 of 1 approvals/);
  assert.match(await succeed(['device', 'profiles']), /new-kind .*bundle[^]*does not count\./);

  bench.logIn('ines');
  const approved = await succeed(['approve', digest], ['four words of their own']);
  assert.match(approved, /Device profiles: approved for all units and any work order, the bundle says/);
  assert.match(approved, drives);
  assert.match(approved, missing);
  const counting = await succeed(['device', 'profiles']);
  assert.match(counting, /new-kind .*bundle[^]*: counts until /);
  const all = [inspected, imported, waiting, approved, counting].join('\n');
  assert.ok(!all.includes('\u001b'), all);
});
