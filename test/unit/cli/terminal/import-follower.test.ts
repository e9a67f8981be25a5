import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import type { BundleImportEvent } from '../../../../contract/events.ts';
import { ImportFollower } from '../../../../cli/terminal/import-follower.ts';

const event = (changes: Partial<BundleImportEvent>): BundleImportEvent => ({
  type: 'bundle.import',
  importId: 'one',
  operatorId: 'x',
  file: 'pump.zip',
  step: 'archive',
  past: [],
  doneBytes: 0,
  totalBytes: 0,
  atMs: 0,
  elapsedMs: 0,
  outcome: null,
  ...changes,
});

function printed(...events: readonly BundleImportEvent[]): readonly string[] {
  let text = '';
  const follower = new ImportFollower('one', { write: (part) => (text += part) });
  for (const one of events) follower.show(one);
  return stripVTControlCharacters(text)
    .split('\n')
    .filter((line) => line !== '');
}

const archive = { step: 'archive', tookMs: 12.4 } as const;
const signature = { step: 'signature', tookMs: 3 } as const;

test('a line for each step that has passed, once, and none of another import', () => {
  const lines = printed(
    event({ step: 'signature', past: [archive] }),
    event({ importId: 'two', step: 'signature', past: [archive] }),
    event({ step: 'manifest', past: [archive, signature] }),
    event({ step: 'manifest', past: [archive, signature] }),
  );
  assert.deepEqual(
    lines.map((line) => line.trim().replaceAll(/ +/g, ' ')),
    ['✓ archive 12 ms', '✓ signature and chain 3 ms'],
  );
});

test('bytes are shown by quarters in a pipe, and a refusal names the step that it happened in', () => {
  const images = (doneBytes: number, atMs: number) => event({ step: 'images', doneBytes, totalBytes: 4096, atMs });
  const outcome = { kind: 'refused', code: 'bundle.image-hash', reason: 'Other.' } as const;
  const lines = printed(images(1024, 0), images(1100, 60), images(4096, 120), event({ step: 'images', outcome }));
  assert.equal(lines.length, 3);
  assert.match(lines[0] ?? '', /images .* 25 %/);
  assert.match(lines[1] ?? '', /100 %/);
  assert.match(lines[2] ?? '', /✗ images/);
});
