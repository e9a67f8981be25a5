import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { quoteForShell } from '../../../../cli/terminal/quote-for-shell.ts';

test(
  'a word that is printed to be copied reaches the command as it is',
  { skip: process.platform === 'win32' && 'no POSIX shell' },
  () => {
    for (const word of ['try/bench', 'my bench', "it's", '$HOME', 'a"b', '`id`', 'a\\b', '*', '']) {
      assert.equal(execFileSync('sh', ['-c', `printf %s ${quoteForShell(word)}`], { encoding: 'utf8' }), word);
    }
  },
);
