import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Coverage } from './coverage.ts';
import { instrument } from './instrument.ts';

const source = `
interface Shape { readonly sides: number }
export function describe(shape: Shape, word?: string): string {
  const known = shape.sides === 3 ? 'triangle' : shape.sides !== 4 && 'other';
  let sum = 0;
  for (const side of [1, 2, 3]) sum += side;
  for (let round = 0; round < 2; round += 1) sum += round;
  while (sum < 10) { sum += 1; }
  do sum += 1; while (sum < 12);
  switch (shape.sides) { case 5: return 'five'; default: }
  try { if (word === 'fail') throw new RangeError('Maximum call stack size exceeded'); else sum += 1; } catch { sum += 100; }
  class Counted { readonly #sum: number; constructor(n: number) { this.#sum = n; } get value() { return this.#sum; } add() { return this.#sum + 1; } }
  const counted = new Counted(sum);
  return [known || 'square', word ?? 'none', counted.add(), counted.value, (() => ({ a: 1 }))().a].join(' ');
}`;

let loads = 0;

type Describe = (shape: { readonly sides: number }, word?: string) => string;

async function load(coverage: Coverage): Promise<Describe> {
  Object.assign(globalThis, { drydockFuzz: coverage });
  loads += 1;
  // The number makes it another module, which is loaded anew.
  const text = `${instrument(source, 'sample.ts', coverage.allocate)}\n//${loads}`;
  const loaded = (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as { describe: Describe };
  return loaded.describe;
}

test('instrumented code computes what the source says', async () => {
  const describe = await load(new Coverage());
  assert.equal(describe({ sides: 3 }), 'triangle none 14 13 1');
  assert.equal(describe({ sides: 4 }, 'word'), 'square word 14 13 1');
  assert.equal(describe({ sides: 7 }, 'fail'), 'other fail 113 112 1');
  assert.equal(describe({ sides: 5 }), 'five');
});

test('a run that takes a new branch, or one more often, is news once', async () => {
  const coverage = new Coverage();
  const describe = await load(coverage);
  const learn = (...given: Parameters<Describe>): number => {
    coverage.begin(false);
    describe(...given);
    return coverage.learn();
  };
  assert.ok(learn({ sides: 3 }) > 0);
  assert.equal(learn({ sides: 3 }), 0);
  assert.ok(learn({ sides: 4 }) > 0);
  assert.ok(learn({ sides: 4 }, 'fail') > 0);
  assert.equal(learn({ sides: 4 }, 'fail'), 0);
});

test('a traced run tells what it compared, and a caught stack overflow', async () => {
  const coverage = new Coverage();
  const describe = await load(coverage);
  coverage.begin(true);
  describe({ sides: 6 }, 'word');
  assert.deepEqual(coverage.pairs(), [
    [6, 3],
    [6, 4],
    ['word', 'fail'],
  ]);
  coverage.begin(false);
  describe({ sides: 6 }, 'fail');
  assert.match(String(coverage.stackOverflow), /Maximum call stack/);
});
