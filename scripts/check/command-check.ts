import { spawn } from 'node:child_process';
import { projectRoot } from '../project-root.ts';
import type { Check } from './check.ts';

/**
 * A check that is a program run by this Node: its output is the fault where it ends with anything but 0.
 * @param script path of the program from the project's root
 */
export function commandCheck(name: string, script: string, ...options: readonly string[]): Check {
  return { name, findFaults: async () => await runNode([script, ...options]) };
}

async function runNode(options: readonly string[]): Promise<string> {
  return await new Promise((done, fail) => {
    const child = spawn(process.execPath, options, { cwd: projectRoot, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('error', fail);
    child.on('close', (status, signal) => {
      if (status === 0) done('');
      else done(`${output.trimEnd()}\n(${options.join(' ')} ended with ${signal ?? String(status)})`);
    });
  });
}
