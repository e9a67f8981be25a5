import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeviceState } from '../../../contract/schema/device.ts';
import { selectImage } from '../../../core/update/select-image.ts';
import { imageFor, manifestFor } from '../../helpers/test-bundle.ts';

function unitOf(hardware: string, sizeBytes = 4096): DeviceState {
  const slot = { name: 'image', sizeBytes, state: 'confirmed', version: '1.0.0+0', counter: 1, hash: null } as const;
  return {
    product: 'drydock.virtual-unit',
    hardware,
    serial: 's',
    mode: 'application',
    slots: [
      { ...slot, id: 'slot0', logical: 'application', alternate: 0, role: 'running' },
      { ...slot, id: 'slot1', logical: 'application', alternate: 1, role: 'staging' },
    ],
    boot: { swap: 'none', imageOk: true, copyDone: true },
    selfTest: { state: 'not-run', results: [] },
    previousSelfTest: null,
  };
}

/** 64 images for 64 × 64 kinds of hardware, as many as a manifest can list. */
const images = Array.from({ length: 64 }, (_, n) =>
  imageFor(Buffer.from(`image ${n}`), {
    file: `images/${n}.bin`,
    compat: Array.from({ length: 64 }, (_none, variant) => `hw-${n}-${variant}`),
  }),
);
const manifest = manifestFor(images);

function chosen(hardware: string, state = unitOf(hardware), from = manifest): string {
  const selected = selectImage(from, state);
  return selected.ok ? selected.value.value.image.file : selected.code;
}

test('REQ-OTA-MAN-02 of 64 images for 4096 kinds of hardware each unit gets the one that lists its own', () => {
  for (const [n, { compat }] of images.entries()) {
    for (const hardware of [compat[0], compat[63]]) assert.equal(chosen(hardware ?? ''), `images/${n}.bin`);
  }
});

test('REQ-OTA-MAN-02 hardware is compared whole, not by its beginning or its letters', () => {
  for (const hardware of ['hw-1', 'hw-1-', 'hw-1-64', 'HW-1-1', 'hw-64-0', '']) {
    assert.equal(chosen(hardware), 'update.not-compatible', hardware);
  }
  assert.equal(chosen('hw-1-6'), 'images/1.bin');
});

test('REQ-OTA-MAN-02 two images for one unit, a slot that it lacks, and one that is too small are refused by name', () => {
  const [first] = images;
  assert.ok(first);
  const second = { ...first, file: 'images/second.bin', slot: 'radio' };
  const unit = unitOf('hw-0-0');
  assert.equal(chosen('hw-0-0', unit, manifestFor([first, second])), 'update.several-images');
  assert.equal(chosen('hw-0-0', unit, manifestFor([second])), 'update.slot-unknown');
  assert.equal(chosen('hw-0-0', unitOf('hw-0-0', first.len - 1)), 'update.slot-too-small');
  assert.equal(chosen('hw-0-0', unitOf('hw-0-0', first.len)), 'images/0.bin');
});
