import assert from 'node:assert/strict';
import { encode } from 'cborg';
import * as v from 'valibot';
import { DeviceState } from '../../../contract/schema/device.ts';
import { parseStatus } from '../../../core/device/dfu/dfu-status.ts';
import { parseConfigurationLength, parseDfuInterface } from '../../../core/device/dfu/functional-descriptor.ts';
import { parseInfo } from '../../../core/device/scheme/drydock-info/parse-info.ts';
import { configurationDescriptor } from '../../helpers/scripted-usb-device.ts';
import type { FuzzTarget } from '../engine/target.ts';
import { checkRefusal } from '../support/check-refusal.ts';

const info = {
  v: 1,
  product: 'drydock.virtual-unit',
  hardware: 'vu-a',
  serial: 'VU-0001',
  mode: 'application',
  slots: [
    {
      alt: 0,
      name: 'a',
      role: 'running',
      size: 9,
      state: 'confirmed',
      version: '1.2.3+4',
      counter: 7,
      hash: new Uint8Array(32),
    },
    { alt: 1, name: 'b', role: 'staging', size: 9, state: 'empty' },
  ],
  boot: { swap: 'none', imageOk: true, copyDone: false },
  selfTest: { state: 'passed', results: [{ name: 'motor', passed: true, detail: '' }] },
};

/** What a unit answers: its description in CBOR, its USB descriptors, its DFU status. */
export const target: FuzzTarget = {
  seeds: () => [
    encode(info),
    encode({ ...info, previousSelfTest: { state: 'failed', results: [], counter: 8 } }),
    configurationDescriptor({}),
    configurationDescriptor({ protocol: 1, alternates: 1 }),
    Buffer.from('000a00000500', 'hex'),
  ],
  shapes: [],
  dictionary: [
    'serial',
    'hash',
    'counter',
    'previousSelfTest',
    '\u00bf',
    '\u00ff',
    Buffer.from('1bffffffffffffffff', 'hex'),
    Buffer.alloc(64, 0x81),
  ],
  run(input) {
    checkRefusal(parseConfigurationLength(input));
    checkRefusal(parseDfuInterface(input));
    checkRefusal(parseStatus(input));
    const state = parseInfo(input);
    checkRefusal(state);
    if (!state.ok) return;
    const slots = state.value.slots.map((slot) => ({
      ...slot,
      id: `alternate${slot.alternate}`,
      logical: 'application',
    }));
    assert.ok(v.is(DeviceState, { ...state.value, slots }), 'the answer does not fit the contract');
  },
};
