import { fork } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCurrentInput } from './current-input.ts';
import type { FuzzMessage, FuzzOrder, FuzzStatistics } from './fuzz-messages.ts';

export interface FuzzRequest extends Omit<FuzzOrder, 'currentInputFile' | 'minimise'> {
  readonly minimise?: boolean;
  /** Longest time on one input. Real ones take milliseconds; this is far above what a busy machine makes of them. */
  readonly hangMs?: number;
  readonly heapMiB?: number;
  readonly onKept?: (input: Buffer) => void;
  readonly onProgress?: (statistics: FuzzStatistics) => void;
}

export interface FuzzOutcome {
  readonly statistics: FuzzStatistics | null;
  /** The files that are enough, where minimising was asked for. */
  readonly needed: readonly string[];
  /** Why the target failed and on what; null where it ran to the end. */
  readonly failure: { readonly reason: string; readonly input: Buffer } | null;
}

const child = fileURLToPath(new URL('child.ts', import.meta.url));
/** Where there is one, a disk of memory: readers of files then wait for no real one, which an import asks to write through. */
const memoryDisk = '/dev/shm';
const defaultHangMs = 30_000;
const defaultHeapMiB = 512;

/**
 * Runs a target in a process of its own and watches it: one that throws, runs out of memory, dies or works on one input for too
 * long has failed on that input.
 */
export async function supervise(request: FuzzRequest): Promise<FuzzOutcome> {
  const folder = mkdtempSync(join(existsSync(memoryDisk) ? memoryDisk : tmpdir(), 'drydock-fuzz-'));
  try {
    return await runChild(request, join(folder, 'current-input'), folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runChild(request: FuzzRequest, currentInputFile: string, folder: string): Promise<FuzzOutcome> {
  const { targetUrl, inputFolders, seconds, seed, minimise = false } = request;
  const order: FuzzOrder = { targetUrl, inputFolders, currentInputFile, seconds, seed, minimise };
  const heap = `--max-old-space-size=${request.heapMiB ?? defaultHeapMiB}`;
  const running = fork(child, [JSON.stringify(order)], {
    execArgv: [heap, '--expose-gc', '--enable-source-maps', '--disable-warning=ExperimentalWarning'],
    // What a target leaves in the temporary folder goes away with this one.
    env: { ...process.env, TMPDIR: folder, TMP: folder, TEMP: folder },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const report = new ChildReport(request);
  for (const stream of [running.stdout, running.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => report.addOutput(text));
  }
  running.on('message', (message: FuzzMessage) => report.add(message));
  const hangMs = request.hangMs ?? defaultHangMs;
  const watch = watchForHang(currentInputFile, hangMs, () => {
    report.add({ kind: 'failed', reason: `hang: it worked on one input for more than ${hangMs} ms` });
    running.kill('SIGKILL');
  });
  const ending = await new Promise<string>((resolve, reject) => {
    running.on('error', reject);
    running.on('close', (code, signal) => resolve(signal ?? `exit code ${code ?? ''}`));
  });
  clearInterval(watch);
  return report.conclude(ending, readCurrentInput(currentInputFile)?.input ?? Buffer.alloc(0));
}

const maxOutputCharacters = 4_000;

/** What is known of a child, from its messages and from what it printed before it died. */
class ChildReport {
  readonly #request: FuzzRequest;
  #output = '';
  #statistics: FuzzStatistics | null = null;
  #needed: readonly string[] = [];
  #reason: string | null = null;
  #isDone = false;

  constructor(request: FuzzRequest) {
    this.#request = request;
  }

  addOutput(text: string): void {
    this.#output = (this.#output + text).slice(-maxOutputCharacters);
  }

  add(message: FuzzMessage): void {
    if (message.kind === 'kept') this.#request.onKept?.(Buffer.from(message.input, 'base64'));
    if (message.kind === 'needed') this.#needed = message.names;
    if (message.kind === 'failed') this.#reason ??= message.reason;
    if (message.kind === 'progress' || message.kind === 'done') this.#statistics = message.statistics;
    if (message.kind === 'progress') this.#request.onProgress?.(message.statistics);
    if (message.kind === 'done') this.#isDone = true;
  }

  conclude(ending: string, lastInput: Buffer): FuzzOutcome {
    const reason = this.#reason ?? `the process ended with ${ending} before its work was done\n${this.#output}`;
    const failure = this.#isDone && this.#reason === null ? null : { reason, input: lastInput };
    return { statistics: this.#statistics, needed: this.#needed, failure };
  }
}

function watchForHang(path: string, hangMs: number, onHang: () => void): NodeJS.Timeout {
  let lastNumber = -1;
  let sinceMs = performance.now();
  return setInterval(
    () => {
      const number = readCurrentInput(path)?.number ?? 0;
      if (number !== lastNumber) {
        lastNumber = number;
        sinceMs = performance.now();
      } else if (number !== 0 && performance.now() - sinceMs > hangMs) onHang();
    },
    Math.min(500, hangMs / 4),
  );
}
