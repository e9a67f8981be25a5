import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { holdsUnit } from '../../../contract/plain/holds-unit.ts';
import { JobState } from '../../../contract/schema/update-job.ts';
import { transitions } from '../../../core/update/transitions.ts';
import { rooms } from '../../../lint/rooms.ts';

const architecture = readFileSync(join(import.meta.dirname, '../../../ARCHITECTURE.md'), 'utf8');

test("ARCHITECTURE.md shows the engine's own table of transitions", () => {
  const [, table = ''] = architecture.split(/^\| From .*\n.*\n/m);
  const shown = [...table.matchAll(/^\| `(\w+)` +\| (.*?) +\| (yes|no) +\|$/gm)].map(
    ([, from = '', next = '', holds]) => ({
      from,
      next: [...next.matchAll(/`(\w+)`/g)].map(([, state]) => state),
      holds: holds === 'yes',
    }),
  );
  const order = shown.map(({ from }) => from);
  const real = JobState.options
    .map((from) => ({ from, next: transitions[from].next, holds: holdsUnit(from) }))
    .sort((a, b) => order.indexOf(a.from) - order.indexOf(b.from));
  assert.deepEqual(shown, real);
});

test('ARCHITECTURE.md names every room that the layering rule knows', () => {
  for (const { path } of rooms.filter((room) => room.path.endsWith('/'))) {
    assert.ok(architecture.includes(`\`${path.replace(/^core\//, '')}\``), `${path} is missing`);
  }
});
