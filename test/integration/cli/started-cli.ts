import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../../cli/drydock.ts', import.meta.url));

export interface EndedCli {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** A command that a test interferes with while it runs. */
export interface StartedCli {
  readonly ended: Promise<EndedCli>;
  /** Resolves when standard output has shown what matches; rejects where the command ends first. */
  shows(pattern: RegExp): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  /** As `| head` does when it has seen enough. */
  closeOutput(): void;
}

/** Starts a command in a process of its own. */
export function startCli(args: readonly string[]): StartedCli {
  const child = spawn(process.execPath, [program, ...args], { env: { ...process.env, NO_COLOR: '1' } });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (err += chunk));
  child.stdin.end();
  const ended = new Promise<EndedCli>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, out, err }));
  });
  return {
    ended,
    shows: (pattern) =>
      new Promise<void>((resolve, reject) => {
        const look = (): void => {
          if (pattern.test(out)) resolve();
        };
        child.stdout.on('data', look);
        child.on('close', () => reject(new Error(`ended before it showed ${String(pattern)}: ${out}${err}`)));
        look();
      }),
    kill: (signal) => void child.kill(signal),
    closeOutput: () => void child.stdout.destroy(),
  };
}
