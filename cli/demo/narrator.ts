import { styleText } from 'node:util';
import type { Refusal } from '../../contract/result.ts';
import { mark, paint } from '../terminal/style.ts';

/** Tells the demo to a person, step by step. */
export class Narrator {
  #step = 0;
  readonly #out: NodeJS.WriteStream;

  constructor(out: NodeJS.WriteStream = process.stdout) {
    this.#out = out;
  }

  title(text: string): void {
    this.#out.write(`\n${styleText(['bold'], text, { stream: this.#out })}\n`);
  }

  step(text: string): void {
    this.#step += 1;
    this.#out.write(
      `\n${paint('blue', String(this.#step).padStart(2))}  ${styleText(['bold'], text, { stream: this.#out })}\n`,
    );
  }

  done(text: string): void {
    this.#out.write(`    ${mark.passed()} ${text}\n`);
  }

  note(text: string): void {
    this.#out.write(`      ${paint('gray', text)}\n`);
  }

  /** A refusal that was expected, and is therefore good news. */
  refusedAsItShould(what: string, { code, reason }: Pick<Refusal, 'code' | 'reason'>): void {
    this.#out.write(
      `    ${mark.passed()} ${what}: ${paint('yellow', 'refused')}\n      ${reason}\n      ${paint('gray', code)}\n`,
    );
  }

  line(text = ''): void {
    this.#out.write(`${text}\n`);
  }
}
