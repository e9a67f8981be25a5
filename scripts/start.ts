/**
 * `npm start`: builds what is older than its sources and opens the window: in Electron where its binary is here, otherwise in the stand-in
 * over an installed Chromium. Everything after `--` goes to Drydock, such as `--data=FOLDER` or `--training`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from './project-root.ts';
import { findElectron } from './start/find-electron.ts';
import { planStart } from './start/plan-start.ts';

const built = spawnSync(process.execPath, [join(projectRoot, 'scripts', 'build.ts'), '--if-needed'], {
  stdio: 'inherit',
});
if (built.status === 0) start();
else process.exitCode = 1;

function start(): void {
  const plan = planStart({
    platform: process.platform,
    env: process.env,
    electron: findElectron(),
    node: process.execPath,
  });
  console.log(plan.say);
  if (plan.run === null) {
    process.exitCode = 1;
    return;
  }
  const { command, options, env } = plan.run;
  const child = spawn(command, [...options, ...process.argv.slice(2)], {
    cwd: projectRoot,
    env: { ...process.env, ...env },
    stdio: 'inherit',
  });
  child.on('exit', (code) => (process.exitCode = code ?? 1));
}
