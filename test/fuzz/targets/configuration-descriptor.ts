import assert from 'node:assert/strict';
import { applyQuirks } from '../../../core/device/dfu/apply-quirks.ts';
import { parseConfigurationLength, parseDfuInterface } from '../../../core/device/dfu/functional-descriptor.ts';
import { dfuQuirks } from '../../../core/device/dfu/quirk.ts';
import type { QuirkName } from '../../../core/device/dfu/quirk.ts';
import { configurationDescriptor } from '../../helpers/scripted-usb-device.ts';
import type { FuzzTarget } from '../engine/target.ts';
import { checkRefusal } from '../support/check-refusal.ts';

const everyQuirk = new Set(Object.keys(dfuQuirks) as QuirkName[]);
const composite = Buffer.from(
  // An HID interface, whose descriptor has the number of the functional one, then DFU 1.0 with seven bytes.
  '09022b0002010080320904000001030000000921110100012201000904010000fe010200072109e8034000',
  'hex',
);

/** The configuration descriptor of a unit: where its DFU interface is, and what that can do. */
export const target: FuzzTarget = {
  seeds: () => [
    configurationDescriptor({}),
    configurationDescriptor({ protocol: 1, alternates: 1 }),
    configurationDescriptor({ alternates: 16, transferBytes: 65_535, attributes: 0 }),
    composite,
    Buffer.concat([configurationDescriptor({}).subarray(0, 18), Buffer.from('0304abff', 'hex')]),
  ],
  shapes: [],
  maxLenBytes: 5000,
  dictionary: [
    Buffer.from('09040000', 'hex'),
    Buffer.from('fe0101', 'hex'),
    Buffer.from('fe0102', 'hex'),
    Buffer.from('0921', 'hex'),
    Buffer.from('0721', 'hex'),
    Buffer.from('1a01', 'hex'),
  ],
  run(input) {
    const length = parseConfigurationLength(input);
    checkRefusal(length);
    const parsed = parseDfuInterface(input);
    checkRefusal(parsed);
    if (!parsed.ok) {
      assert.match(parsed.reason, /configuration descriptor|no DFU interface/, 'the refusal does not name its subject');
      return;
    }
    assert.ok(length.ok && length.value === input.byteLength, 'a configuration of another length was accepted');
    const { alternates, functional, interfaceNumber } = parsed.value;
    assert.ok(alternates.length >= 1 && alternates.length <= 16, 'the alternates have no bound');
    assert.equal(new Set(alternates.map(({ alternate }) => alternate)).size, alternates.length);
    assert.ok(interfaceNumber <= 255 && functional.detachTimeoutMs <= 65_535);
    assert.ok(functional.transferBytes >= 8 && functional.transferBytes <= 65_535, 'a block size out of bounds');
    const named = alternates.map(({ alternate }) => ({ alternate, name: null }));
    const corrected = applyQuirks({ ...parsed.value, alternates: named }, everyQuirk);
    assert.deepEqual([corrected.mode, corrected.functional.canUpload], ['dfu', false]);
  },
};
