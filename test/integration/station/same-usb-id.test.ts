import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { VirtualDepot } from '../../helpers/virtual-depot.ts';
import { zephyrDocument, zephyrOrder } from '../../helpers/zephyr-profile.ts';

/** An id that no shipped profile claims. */
const PRODUCT_ID = 0x00f0;
const ids = (vendorId: string) => {
  const match = { vendorId, productId: '00f0', interface: 0 };
  return { usb: { runtime: match, dfu: match }, quirks: ['same-id-in-both-modes'] };
};
const shipped = new URL('../../../resources/profiles/drydock-virtual-unit.json', import.meta.url);

const schemes = [
  {
    scheme: 'drydock-info',
    unit: {},
    profile: { ...(JSON.parse(readFileSync(shipped, 'utf8')) as object), id: 'one-id', ...ids('1209') },
  },
  {
    scheme: 'mcuboot',
    unit: { ...zephyrOrder('2.5'), busReset: 'boots' as const },
    profile: zephyrDocument('2.5', { resetBy: 'bus-reset', ...ids('2fe3') }),
  },
] as const;

for (const { scheme, unit, profile } of schemes) {
  test(`REQ-OTA-USB-01 REQ-OTA-APP-03 scheme ${scheme}: a unit with one USB id in both modes is updated, by what its descriptors say of its mode`, async (t) => {
    const sameId = { ...unit, applicationProductId: PRODUCT_ID, dfuProductId: PRODUCT_ID };
    const depot = await VirtualDepot.set(t, [sameId], { profiles: [profile] });
    const units = await depot.call('technician', 'device.list', {});
    assert.deepEqual(
      units.map(({ profile: id, mode }) => [id, mode]),
      [[profile.id, null]],
    );
    const job = await depot.update(await depot.approved());
    assert.equal(job.state, 'confirmed', `${String(job.code)}: ${String(job.reason)}`);
    assert.deepEqual([job.versionBefore, job.versionAfter], [1, 2]);
  });
}
