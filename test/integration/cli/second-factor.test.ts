import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../../core/system-clock.ts';
import { phoneOf } from '../../unit/operator/factor/enrolled-operator.ts';
import { CliBench } from './cli-bench.ts';

const program = fileURLToPath(new URL('../../../cli/drydock.ts', import.meta.url));
const password = 'four words of their own';

test('REQ-OTA-OPR-01 a second factor is enrolled, asked for at login and signing, and reset from the command line', async (t) => {
  const bench = await CliBench.set(t);
  bench.logIn('ines');
  const { code, out, err } = await enrol(bench);
  assert.equal(code, 0, err);
  const recoveryCodes = out.match(/[A-Z2-7]{5}(?:-[A-Z2-7]{5}){4}/g) ?? [];
  assert.equal(recoveryCodes.length, 8);
  assert.doesNotMatch(out, /otpauth/);

  const approve = ['approve', bench.digest.slice(0, 8), '--json'];
  const signed = await bench.run(approve, [password, recoveryCodes[0]]);
  assert.equal(signed.code, 0, signed.err);
  const again = await bench.run(approve, [password, recoveryCodes[0]]);
  assert.match(again.out + again.err, /operator\.code-wrong/);

  bench.logIn('ada');
  const rule = await bench.run(['operator', 'require-factor', '--role', 'approver']);
  assert.match(rule.out, /needed by: approver/);
  const reset = await bench.run(['operator', 'reset-factor', 'ines']);
  assert.equal(reset.code, 0, reset.err);
  const login = await bench.run(['login', '--username', 'ines'], [password]);
  assert.match(login.out, /second-factor enrol/);
});

/** Enrols a phone that reads the secret off the terminal. */
function enrol({ data, bench }: CliBench): Promise<{ code: number | null; out: string; err: string }> {
  const words = ['second-factor', 'enrol', '--data', data, '--virtual-bench', bench, '--stdin'];
  const child = spawn(process.execPath, [program, ...words], { env: { ...process.env, NO_COLOR: '1' } });
  let out = '';
  let err = '';
  let isAnswered = false;
  child.stdin.write(`${password}\n`);
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    err += chunk;
    const secret = /secret=([A-Z2-7]+)&.*\n/.exec(err)?.[1];
    if (secret === undefined || isAnswered) return;
    isAnswered = true;
    child.stdin.end(`${phoneOf({ clock: systemClock }, secret)()}\n`);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}
