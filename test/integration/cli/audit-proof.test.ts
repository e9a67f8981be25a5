import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CliBench } from './cli-bench.ts';

/** The commands of docs/audit-log.md, as they stand there. */
function documentedCommands(): string[] {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/audit-log.md'), 'utf8');
  const section = page.slice(page.indexOf('## Verifying an event by hand'));
  return [...section.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, commands = '']) => commands).slice(0, 2);
}

test('REQ-OTA-AUD-01 an event is read out from the command line, and OpenSSL verifies it by the documented commands', async (t) => {
  const bench = await CliBench.set(t);
  bench.logIn('otto');
  const list = await bench.run(['audit', 'list', '--operator', 'ada', '--type', 'operator.created', '--json']);
  assert.equal(list.code, 0, list.out + list.err);
  const rows = JSON.parse(list.out) as { seq: number; event: { type: string; actor: { username: string } } }[];
  assert.ok(rows.length >= 3);
  assert.ok(rows.every(({ event }) => event.type === 'operator.created' && event.actor.username === 'ada'));
  const { seq } = rows[0] ?? { seq: 0 };

  const folder = join(bench.folder, 'proof');
  const shown = await bench.run(['audit', 'show', String(seq), '--folder', folder]);
  assert.equal(shown.code, 0, shown.out + shown.err);
  const stranger = join(bench.folder, 'stranger');
  mkdirSync(stranger);
  copyFileSync(join(folder, `event-${seq}.json`), join(stranger, 'event.json'));
  copyFileSync(join(folder, `event-${seq}.tlog-proof`), join(stranger, 'event.tlog-proof'));
  copyFileSync(join(folder, 'station.vkey'), join(stranger, 'station.vkey'));
  const verify = (): string =>
    execFileSync('sh', ['-c', documentedCommands().join('\n')], { cwd: stranger, encoding: 'utf8', stdio: 'pipe' });
  assert.match(verify(), /Verified Successfully[\s\S]*The event is in the log/);
  writeFileSync(join(stranger, 'event.json'), readFileSync(join(stranger, 'event.json'), 'utf8').replace('ada', 'eve'));
  assert.throws(verify, 'another event is not in the log');
});

test('the log is read page by page both ways, and by day, from the command line', async (t) => {
  const bench = await CliBench.set(t);
  bench.logIn('otto');
  const list = async (...options: string[]): Promise<number[]> => {
    const run = await bench.run(['audit', 'list', '--json', ...options]);
    assert.equal(run.code, 0, run.out + run.err);
    return (JSON.parse(run.out) as { seq: number }[]).map(({ seq }) => seq);
  };
  const [newest = 0] = await list('--limit', '1');
  assert.deepEqual(await list('--before', '5', '--limit', '3'), [4, 3, 2]);
  assert.deepEqual(await list('--after', '5', '--limit', '3'), [8, 7, 6]);
  assert.deepEqual(await list('--after', String(newest)), []);
  assert.deepEqual(await list('--to', '2020-01-01'), []);
  assert.equal((await list('--from', '2020-01-01', '--limit', '500')).length, newest);
  const wrong = await bench.run(['audit', 'list', '--type', 'nonsense']);
  assert.equal(wrong.code, 2, wrong.out + wrong.err);
});
