import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BundleView } from '../../../contract/schema/bundle.ts';
import type { UpdateJobView } from '../../../contract/schema/update-job.ts';
import { drawDataMatrix, type Symbol2d } from '../../../renderer/features/bench/labels/data-matrix.ts';
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
  return { bundles: withBundle ? [{ digest: 'b', manifest } as unknown as BundleView] : [], pending: [] };
}

/** The symbol's modules, row by row, `#` for a dark one: what a reader samples. */
function modules({ size, path }: Symbol2d, count: number): string[] {
  const polygons = path
    .split('Z')
    .filter((part) => part !== '')
    .map((part) =>
      part
        .slice(1)
        .split('L')
        .map((point) => point.split(' ').map(Number) as [number, number]),
    );
  const isDark = (x: number, y: number): boolean =>
    polygons.reduce((dark, polygon) => dark !== isInside(polygon, x, y), false);
  const step = size / count;
  const at = (index: number): number => (index + 0.5) * step;
  return Array.from({ length: count }, (_, row) =>
    Array.from({ length: count }, (__, column) => (isDark(at(column), at(row)) ? '#' : '.')).join(''),
  );
}

function isInside(polygon: readonly [number, number][], x: number, y: number): boolean {
  return polygon.reduce((inside, [x1, y1], index) => {
    const [x2, y2] = polygon[(index + 1) % polygon.length] ?? [0, 0];
    const crosses = y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1;
    return crosses ? !inside : inside;
  }, false);
}

test('a symbol has the finder pattern of a Data Matrix of the size that its text needs (ISO/IEC 16022)', () => {
  // Nine characters, two digits in one codeword: 7 codewords of the 8 that 14 × 14 modules hold.
  const rows = modules(drawDataMatrix('PUMP-0401'), 14);
  assert.ok(rows.every((row) => row.startsWith('#')));
  assert.equal(rows.at(-1), '#'.repeat(14));
  assert.equal(rows[0], '#.'.repeat(7));
  assert.equal(rows.map((row) => row.at(-1)).join(''), '.#'.repeat(7));
  assert.notDeepEqual(modules(drawDataMatrix('PUMP-0402'), 14), rows);
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
