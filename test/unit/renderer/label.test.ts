import assert from 'node:assert/strict';
import { test } from 'node:test';
import jsQr from 'jsqr';
import type { BundleView } from '../../../contract/schema/bundle.ts';
import type { UpdateJobView } from '../../../contract/schema/update-job.ts';
import { drawQrCode, type QrDrawing } from '../../../renderer/design/qr-code.ts';
import { labelOf } from '../../../renderer/features/bench/labels/label-facts.ts';

const job = {
  id: '1f0c2b7e-54ba-4b3b-9d58-0f2f0df0a0aa',
  bundleDigest: 'b',
  product: 'pump',
  hardware: 'vu-a',
  serial: 'PUMP-0401',
  state: 'confirmed',
  workOrder: 'WO-1',
  assetTag: null,
  training: true,
  versionBefore: 3,
  bootHashBefore: 'old',
  versionTarget: 4,
  versionAfter: 4,
  endedAt: '2026-11-29T14:05:09Z',
} as unknown as UpdateJobView;

const images = new Map([['old', '2.3.1+0']]);

function stock(withBundle: boolean) {
  const manifest = { product: { id: 'pump', name: 'Pump' }, release: { name: '2.4.0' }, images: [] };
  return { bundles: withBundle ? [{ digest: 'b', manifest } as unknown as BundleView] : [] };
}

/** What a camera sees of a drawing: each module 4 pixels wide, dark on light, with a quiet zone of four modules. */
function seen({ size, path }: QrDrawing): { readonly pixels: Uint8ClampedArray; readonly width: number } {
  const scale = 4;
  const width = (size + 8) * scale;
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, left, top] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    for (let y = 0; y < scale; y += 1) {
      for (let x = 0; x < scale; x += 1) {
        const at = (((Number(top) + 4) * scale + y) * width + (Number(left) + 4) * scale + x) * 4;
        pixels.fill(0, at, at + 3);
      }
    }
  }
  return { pixels, width };
}

test('what is drawn is read by another program as the text that it was drawn of', () => {
  for (const text of [
    'PUMP-0401',
    job.id,
    '(01)09501101530003(21)A7',
    'otpauth://totp/Bench%201:tom?secret=GEZDGNBVGY3TQOJQ',
  ]) {
    const { pixels, width } = seen(drawQrCode(text, 0));
    assert.equal(jsQr.default(pixels, width, width)?.data, text);
  }
});

test('REQ-OTA-RPT-01 a label says which unit, what it ran and runs, how and when its job ended, and is for ended jobs alone', () => {
  const facts = labelOf(job, images, stock(true));
  assert.deepEqual(facts, {
    jobId: job.id,
    serial: 'PUMP-0401',
    product: 'Pump',
    before: { release: '2.3.1' },
    after: { release: '2.4.0' },
    state: 'confirmed',
    endedAt: '2026-11-29T14:05:09Z',
    workOrder: 'WO-1',
    assetTag: null,
    training: true,
    code: 'PUMP-0401',
  });
  assert.equal(labelOf({ ...job, endedAt: null }, images, stock(true)), null);
  const unknown = labelOf({ ...job, serial: null, versionAfter: null }, images, stock(false));
  assert.deepEqual([unknown?.code, unknown?.after, unknown?.product], [job.id, null, 'pump']);
  assert.deepEqual(labelOf(job, new Map(), stock(false))?.after, { counter: 4 });
});
