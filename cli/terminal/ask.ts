import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { Interrupted } from '../interrupted.ts';

/** Asking for a secret where nobody can be asked. */
export class NoTerminalError extends Error {
  override readonly name = 'NoTerminalError';
}

/** Gives out the lines of standard input in order, for scripts that pipe answers with `--stdin`. */
export class PipedAnswers {
  #lines: AsyncIterator<string> | null = null;

  async next(what: string): Promise<string> {
    this.#lines ??= createInterface({ input: process.stdin, crlfDelay: Infinity })[Symbol.asyncIterator]();
    const line = await this.#lines.next();
    if (line.done === true) throw new NoTerminalError(`Standard input ended before it gave: ${what}.`);
    return line.value;
  }
}

/** Where answers come from: a terminal, or lines of standard input. Secrets are never taken as arguments. */
export interface Answers {
  line(question: string): Promise<string>;
  secret(question: string): Promise<string>;
}

/** Throws `NoTerminalError` where nobody can be asked, and `Interrupted` where a person answers with Ctrl-C or Ctrl-D. */
export function createAnswers(fromStandardInput: boolean): Answers {
  if (fromStandardInput) {
    const piped = new PipedAnswers();
    return { line: (question) => piped.next(question), secret: (question) => piped.next(question) };
  }
  return { line: (question) => askTerminal(question, false), secret: (question) => askTerminal(question, true) };
}

async function askTerminal(question: string, hidden: boolean): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new NoTerminalError(`There is no terminal to ask for "${question}"; pipe the answers and give --stdin.`);
  }
  // Readline echoes through its output; a hidden answer gets one that shows nothing.
  const output = hidden ? new Writable({ write: (_chunk, _encoding, done) => done() }) : process.stderr;
  const terminal = createInterface({ input: process.stdin, output, terminal: true, historySize: 0 });
  try {
    const prompt = `${question}: `;
    // Not before the interface is there: from then on the terminal echoes nothing by itself.
    if (hidden) process.stderr.write(prompt);
    return await terminal.question(hidden ? '' : prompt);
  } catch (error) {
    if (!hidden) process.stderr.write('\n');
    if (error instanceof Error && error.name === 'AbortError')
      throw new Interrupted('Stopped at the question; nothing was changed.', { cause: error });
    throw error;
  } finally {
    terminal.close();
    if (hidden) process.stderr.write('\n');
  }
}
