import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { test } from 'node:test';
import { quoteForShell } from '../../../cli/terminal/quote-for-shell.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

const program = fileURLToPath(new URL('../../../cli/drydock.ts', import.meta.url));
/** script(1) of util-linux runs a command on a terminal of its own. */
const terminalMaker = 'script';
const skip =
  spawnSync(terminalMaker, ['--version']).status === 0 ? false : 'script(1), which gives a terminal, is not there';

test('REQ-OTA-OPR-01 a password is asked for on the terminal and never shown on it', { skip }, async (t) => {
  const { code, shown } = await answerOnTerminal(join(tempFolder(t), 'data'), [
    'a secret nobody sees\r',
    'another one\r',
  ]);
  assert.match(shown, /New password/);
  assert.match(shown, /The same again/);
  assert.match(shown, /differ; nothing was changed/);
  assert.doesNotMatch(shown, /secret|another/);
  assert.equal(code, 2);
});

test('Ctrl-C and Ctrl-D at a question end the command with exit code 130 and no stack', { skip }, async (t) => {
  for (const key of ['\x03', '\x04']) {
    const { code, shown } = await answerOnTerminal(join(tempFolder(t), 'data'), [key]);
    assert.equal(code, 130, shown);
    assert.match(shown, /nothing was changed/);
    assert.doesNotMatch(shown, /Error|^ {4}at /m);
  }
});

/** Runs `drydock init` on a terminal of its own, and answers each question when it is there. */
function answerOnTerminal(data: string, answers: readonly string[]): Promise<{ code: number | null; shown: string }> {
  const words = [process.execPath, program, 'init', '--name', 'B', '--username', 'ada', '--printed-name', 'Ada M'];
  const command = [...words, '--data', data].map(quoteForShell).join(' ');
  return new Promise((resolve, reject) => {
    const terminal = spawn(terminalMaker, ['--quiet', '--return', '--command', command, '/dev/null'], {
      stdio: 'pipe',
    });
    const waiting = [...answers];
    let shown = '';
    let questions = 0;
    terminal.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      shown += chunk;
      for (const asked = shown.match(/: (?=\r?\n|$)/g)?.length ?? 0; questions < asked; questions += 1)
        terminal.stdin.write(waiting.shift() ?? '');
    });
    terminal.on('error', reject);
    terminal.on('close', (code) => resolve({ code, shown }));
  });
}
