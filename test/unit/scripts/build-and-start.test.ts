import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { toJavaScript } from '../../../scripts/build/to-javascript.ts';
import { compareFindings } from '../../../scripts/check/electron-findings.ts';
import { planStart } from '../../../scripts/start/plan-start.ts';

test('types go, and files of ours are named as they will be', () => {
  const source = [
    "import { a } from './a.ts';",
    "import type { B } from './b.ts';",
    "import { c } from 'c.ts';",
    "export const worker = new URL('./work.ts', import.meta.url);",
    "export const other: B = new URL('./data.json', a(c));",
  ].join('\n');
  const made = toJavaScript('x.ts', source);
  assert.match(made, /from ['"]\.\/a\.js['"]/);
  assert.match(made, /from ['"]c\.ts['"]/);
  assert.match(made, /new URL\('\.\/work\.js', import\.meta\.url\)/);
  assert.match(made, /['"]\.\/data\.json['"]/);
  assert.ok(!made.includes('b.ts'));
  assert.throws(() => toJavaScript('x.ts', 'const = 1'), SyntaxError);
});

test('a finding without an answer and an answer without a finding are faults', () => {
  const document = '| `A_CHECK` | `main/a.ts` | because |\n| `B_CHECK` | `main/b.ts` | because |';
  const findings = [
    { id: 'A_CHECK', file: 'main/a.js' },
    { id: 'C_CHECK', file: 'main/c.js' },
  ];
  assert.deepEqual(compareFindings(findings, document), [
    'docs/security-model.md does not answer C_CHECK in main/c.ts',
    'docs/security-model.md answers B_CHECK in main/b.ts, which is not found',
  ]);
});

test('npm start opens Electron, or the stand-in, or says what is missing', () => {
  const machine = { platform: 'linux', env: { DISPLAY: ':0', PATH: '' }, electron: null, node: '/node' } as const;
  assert.equal(planStart({ ...machine, electron: '/electron' }).run?.command, '/electron');
  const chromium = { DISPLAY: ':0', PATH: '', DRYDOCK_CHROMIUM: process.execPath, XDG_CONFIG_HOME: '/config' };
  const over = planStart({ ...machine, env: chromium });
  assert.equal(over.run?.command, '/node');
  assert.equal(over.run.env['STAND_IN_HEADED'], '1');
  // The folder that was chosen at the first start is remembered there.
  assert.equal(over.run.env['STAND_IN_USER_DATA'], join('/config', 'Drydock'));
  const nowhere = planStart({ ...machine, env: { PATH: '' }, electron: '/electron' });
  assert.equal(nowhere.run, null);
  assert.match(nowhere.say, /no display.*\n.*npm run demo/);
  if (planStart(machine).run === null) assert.match(planStart(machine).say, /Neither Electron/);
});
