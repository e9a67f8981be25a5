import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../cli/drydock.ts', import.meta.url));

/** Halves the time that each of the many short processes needs to start. */
const compileCache = join(tmpdir(), 'drydock-compile-cache');

export interface CliRun {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line as a person's shell does: a process of its own, answers through standard input. */
export function runCli(args: readonly string[], answers: readonly string[] = []): Promise<CliRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], {
      stdio: 'pipe',
      env: { ...process.env, NO_COLOR: '1', NODE_COMPILE_CACHE: compileCache },
    });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (err += chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
    child.stdin.end(answers.map((answer) => `${answer}\n`).join(''));
  });
}
