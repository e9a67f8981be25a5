import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { ProgressBar } from '../../../../cli/terminal/progress-bar.ts';

interface Drawn {
  readonly doneBytes: number;
  readonly atMs: number;
}

const steps = fc.array(fc.record({ doneBytes: fc.nat(64 * 1024 * 1024), atMs: fc.nat(3_600_000) }), { maxLength: 30 });

/** The lines that a terminal shows one after the other. */
function draw(totalBytes: number, shown: readonly Drawn[], columns: number): string[] {
  const lines: string[] = [];
  const bar = new ProgressBar('verify', {
    isTTY: true,
    columns,
    write: (text) => lines.push(stripVTControlCharacters(text).replace('\r', '')),
  });
  for (const { doneBytes, atMs } of shown) bar.show(doneBytes, totalBytes, atMs);
  return lines;
}

test('the bar stays on its line: never as wide as the terminal, and never wider than 80 columns', () => {
  fc.assert(
    fc.property(fc.nat(64 * 1024 * 1024), steps, fc.integer({ min: 30, max: 200 }), (totalBytes, shown, columns) => {
      for (const line of draw(totalBytes, shown, columns)) assert.ok(line.length < Math.min(columns, 81), line);
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('percent and bar never go back, and the bar keeps its length', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 64 * 1024 * 1024 }), steps, (totalBytes, shown) => {
      const lines = draw(totalBytes, shown, 80).map((line) => ({
        percent: Number(/(\d+) %/.exec(line)?.[1]),
        filled: line.match(/█/g)?.length ?? 0,
        cells: line.match(/[█░]/g)?.length ?? 0,
      }));
      for (const [index, line] of lines.entries()) {
        const before = lines[index - 1] ?? { percent: 0, filled: 0, cells: line.cells };
        assert.ok(line.percent >= before.percent && line.percent <= 100);
        assert.ok(line.filled >= before.filled);
        assert.equal(line.cells, before.cells);
      }
    }),
    { seed: 2, numRuns: 300 },
  );
});

test('rate and time left come from the last two seconds', () => {
  const lines = draw(
    1024 * 1024,
    [0, 1, 2, 3].map((second) => ({ doneBytes: second * 102_400, atMs: second * 1000 })),
    80,
  );
  assert.match(lines.at(-1) ?? '', / 29 % +300 of 1024 KiB {2}100 KiB\/s {2}8 s left$/);
});

test('in a pipe the bar is a line per quarter', () => {
  const lines: string[] = [];
  const bar = new ProgressBar('stage', { isTTY: false, write: (text) => lines.push(text) });
  for (let percent = 0; percent <= 100; percent += 1) bar.show(percent, 100, percent);
  bar.end();
  assert.deepEqual(
    lines.map((line) => /(\d+) %/.exec(line)?.[1]),
    ['25', '50', '75', '100'],
  );
});

test('a phase of no bytes is done', () => {
  assert.match(draw(0, [{ doneBytes: 0, atMs: 0 }], 80).at(0) ?? '', /100 %/);
});
