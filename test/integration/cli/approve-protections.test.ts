import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { zephyrDocument } from '../../helpers/zephyr-profile.ts';
import { CliBench } from './cli-bench.ts';

const password = 'four words of their own';

async function openBench(t: Parameters<typeof CliBench.set>[0]): Promise<CliBench> {
  const bench = await CliBench.set(t);
  const profiles = join(bench.data, 'profiles');
  mkdirSync(profiles, { recursive: true });
  writeFileSync(join(profiles, 'zephyr.json'), JSON.stringify(zephyrDocument('2.5')));
  const other = { product: 'drydock.other', id: 'other' };
  const usb = {
    runtime: { vendorId: '2fe3', productId: '0006', interface: 0 },
    dfu: { vendorId: '2fe3', productId: 'fffe', interface: 0 },
  };
  writeFileSync(join(profiles, 'other.json'), JSON.stringify(zephyrDocument('next', { ...other, usb })));
  bench.logIn('ines');
  return bench;
}

test('REQ-OTA-POL-02 an approver reads what units of the product do not protect against before the password counts', async (t) => {
  const bench = await openBench(t);
  const { code, out, err } = await bench.run(['approve', bench.digest], ['not the password']);
  assert.equal(code, 3, out + err);
  assert.match(err, /What units of Zephyr unit of generation 2\.5 \(zephyr-2\.5\) do not protect against:/);
  assert.match(err, /The unit reports no self-test/);
  assert.match(err, /Only a person who switches the unit off and on restarts it\./);
  assert.match(err, /\(drydock-virtual-unit\)/, 'each profile of the product is named');
  assert.doesNotMatch(err, /generation next/, 'that is another product');
});

test('REQ-OTA-POL-02 the JSON of an approval says what units of the product do not protect against', async (t) => {
  const bench = await openBench(t);
  const { code, out, err } = await bench.run(['approve', bench.digest, '--json'], [password]);
  assert.equal(code, 0, out + err);
  const signed = JSON.parse(out) as {
    bundleDigest: string;
    missingProtections: { profile: string; missing: string[] }[];
  };
  assert.equal(signed.bundleDigest, bench.digest);
  assert.deepEqual(signed.missingProtections.map(({ profile }) => profile).sort(), [
    'drydock-virtual-unit',
    'zephyr-2.5',
  ]);
  const zephyr = signed.missingProtections.find(({ profile }) => profile === 'zephyr-2.5');
  assert.deepEqual(zephyr?.missing, [
    'no-identity-report',
    'no-self-test-report',
    'marked-before-read-back',
    'power-cycle-by-person',
  ]);
});
