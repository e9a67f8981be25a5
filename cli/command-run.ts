import type { OperationInput, OperationName, OperationOutput } from '../contract/operations.ts';
import type { StationEvent } from '../contract/events.ts';
import type { Refusal, Result } from '../contract/result.ts';
import { openStation, type Station } from '../core/station.ts';
import { findDataFolder } from '../core/station/data-folder.ts';
import { ExitCode } from './exit-code.ts';
import { SessionFile } from './session-file.ts';
import { createAnswers, type Answers } from './terminal/ask.ts';
import { quoteForShell } from './terminal/quote-for-shell.ts';
import { printable } from './terminal/printable.ts';
import { mark, paint } from './terminal/style.ts';
import { connectUsb } from './usb-connection.ts';

/** Options that every command has. */
export interface GlobalOptions {
  readonly data?: string;
  readonly json?: boolean;
  readonly stdin?: boolean;
  readonly virtualBench?: string;
}

/** A refusal on its way out of a command: printed once, and turned into the exit code. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused';
  readonly refusal: Refusal;
  readonly exitCode: ExitCode;

  /** True where the refusal stands in what was printed already. */
  readonly printed: boolean;

  constructor(refusal: Refusal, exitCode: ExitCode = ExitCode.refused, printed = false) {
    super(refusal.reason);
    this.printed = printed;
    this.refusal = refusal;
    this.exitCode = exitCode;
  }
}

/** The value of a tool that needs no station; a refusal ends the command. */
export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new CommandRefused(result);
  return result.value;
}

/** What a command works with: the open station, who is logged in, where answers come from and results go. */
export class CommandRun {
  readonly #options: GlobalOptions;
  readonly #station: Station;
  #closing: Promise<void> | null = null;
  readonly sessionFile: SessionFile;
  readonly answers: Answers;

  private constructor(options: GlobalOptions, station: Station, dataFolder: string) {
    this.#options = options;
    this.#station = station;
    this.sessionFile = new SessionFile(dataFolder);
    this.answers = createAnswers(options.stdin === true);
  }

  /** Opens the station, runs the command, and closes the station whatever happened. */
  static async with(options: GlobalOptions, work: (run: CommandRun) => Promise<void>, create = false): Promise<void> {
    const dataFolder = findDataFolder(options.data);
    const usb = connectUsb(options.virtualBench);
    try {
      const opened = openStation({ dataFolder, create, usb: usb.backend, training: usb.virtual });
      if (!opened.ok) throw new CommandRefused(opened);
      const run = new CommandRun(options, opened.value, dataFolder);
      try {
        await work(run);
      } finally {
        await run.closeStation();
      }
    } finally {
      await usb.close();
    }
  }

  /** Calls an operation in the name of whoever is logged in; a refusal ends the command. */
  async call<N extends OperationName>(name: N, input: OperationInput<N>): Promise<OperationOutput<N>> {
    const answer = await this.ask(name, input);
    if (!answer.ok) throw new CommandRefused(answer);
    return answer.value;
  }

  /** As {@link call}, but a refusal is an answer. */
  ask<N extends OperationName>(name: N, input: OperationInput<N>): Promise<Result<OperationOutput<N>>> {
    return this.#station.call(name, input, this.sessionFile.read());
  }

  /** Ends work on every job, so that each can be resumed, and gives the data folder free. Nothing can be called any more. */
  closeStation(): Promise<void> {
    this.#closing ??= this.#station.close();
    return this.#closing;
  }

  /** Starts nothing any more; resolves when the jobs that are under way have come to their end. */
  drain(): Promise<void> {
    return this.#station.drain();
  }

  subscribe(listener: (event: StationEvent) => void): () => void {
    return this.#station.subscribe(listener);
  }

  /** How a person calls another command for the same station and bench. */
  commandLine(command: string): string {
    const { data, virtualBench } = this.#options;
    const options = [
      ...(data === undefined ? [] : ['--data', quoteForShell(data)]),
      ...(virtualBench === undefined ? [] : ['--virtual-bench', quoteForShell(virtualBench)]),
    ];
    return ['drydock', ...options, command].join(' ');
  }

  get wantsJson(): boolean {
    return this.#options.json === true;
  }

  /** Prints a result: JSON for machines, `text` for people. */
  print(value: unknown, text: () => string): void {
    process.stdout.write(this.wantsJson ? `${JSON.stringify(value, null, 2)}\n` : `${text()}\n`);
  }
}

/** One refusal as a person reads it: what happened, and the code to look up or to copy. */
export function formatRefusal({ code, reason }: Refusal): string {
  return `${mark.refused()} ${printable(reason)}\n  ${paint('gray', code)}`;
}
