import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium, type Browser, type Page } from 'playwright';
import type { AskedQuestion, OpenProgram, WindowOptions } from './open-program.ts';
import { MovedClock } from './support/moved-clock.ts';
import type { ClockShift } from './support/shift-clock.ts';

/** From the end of a program's page to its own. */
const END_MS = 5000;
const projectRoot = dirname(dirname(import.meta.dirname));
const register = join(projectRoot, 'test', 'stand-in', 'register.ts');
const movableClock = join(import.meta.dirname, 'support', 'movable-clock.ts');

interface FromProgram {
  readonly ready?: string;
  readonly question?: number;
  readonly kind?: AskedQuestion['kind'];
  readonly options?: Record<string, unknown>;
  readonly clockMoved?: true;
}

/** Drydock as a process of its own on the stand-in; the test reaches its page through Chromium, and answers its dialogues by messages. */
export class StandInWindow implements OpenProgram {
  readonly shell = 'stand-in';
  readonly questions: AskedQuestion[] = [];
  readonly #child: ChildProcess;
  readonly #answers: { kind: AskedQuestion['kind']; answer: readonly string[] | number | string }[] = [];
  readonly #ended: Promise<number | null>;
  #browser: Browser | undefined;
  #page: Page | undefined;
  #output = '';
  readonly #clock = new MovedClock();

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.#ended = once(child, 'exit').then(([code]) => code as number | null);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.#output += text));
    }
    child.on('message', (message: FromProgram) => this.#receive(message));
  }

  static async open({ folder, training, program, locale, main: given }: WindowOptions): Promise<StandInWindow> {
    const own = program === undefined ? join(projectRoot, 'main', 'main.ts') : join(program, 'main', 'main.js');
    const main = given ?? own;
    const child = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        '--import',
        register,
        '--import',
        movableClock,
        main,
        `--data=${join(folder, 'data')}`,
        ...(training === true ? ['--training'] : []),
      ],
      {
        env: { ...process.env, STAND_IN_USER_DATA: join(folder, 'user-data'), STAND_IN_LOCALE: locale ?? 'en-US' },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      },
    );
    const window = new StandInWindow(child);
    await window.#connect().catch(async (error: unknown) => {
      // A program that ends while its page is looked for has said why.
      const code = await Promise.race([window.#ended, delay(END_MS, undefined)]);
      throw code === undefined ? error : window.#sayEnd(code);
    });
    return window;
  }

  get page(): Page {
    if (this.#page === undefined) throw new Error('the window is not open');
    return this.#page;
  }

  /** What the program wrote to its standard streams. */
  get output(): string {
    return this.#output;
  }

  answer(kind: AskedQuestion['kind'], answer: readonly string[] | number | string): void {
    this.#answers.push({ kind, answer });
  }

  power(event: 'lock-screen' | 'suspend'): Promise<void> {
    this.#child.send({ power: event });
    return Promise.resolve();
  }

  moveClock(by: Partial<ClockShift>): Promise<void> {
    return this.#clock.move(by, this.page, async (shift) => {
      const moved = new Promise<void>((done) => {
        const hear = ({ clockMoved }: FromProgram): void => {
          if (clockMoved !== true) return;
          this.#child.off('message', hear);
          done();
        };
        this.#child.on('message', hear);
      });
      this.#child.send({ clock: shift });
      await moved;
    });
  }

  askToClose(): Promise<void> {
    this.#child.kill('SIGTERM');
    return Promise.resolve();
  }

  async close(): Promise<number | null> {
    await this.askToClose();
    return await this.#ended;
  }

  async kill(): Promise<void> {
    await this.#browser?.close().catch(() => undefined);
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill('SIGKILL');
    await this.#ended;
  }

  #sayEnd(code: number | null): Error {
    return new Error(`Drydock ended with ${String(code)}:\n${this.#output}`);
  }

  async #connect(): Promise<void> {
    const folder = await new Promise<string>((done, fail) => {
      this.#child.on('message', ({ ready }: FromProgram) => {
        if (ready !== undefined) done(ready);
      });
      void this.#ended.then((code) => fail(this.#sayEnd(code)));
    });
    const portFile = join(folder, 'DevToolsActivePort');
    if (!existsSync(portFile)) throw new Error('Chromium has no debugging port');
    const [port = ''] = readFileSync(portFile, 'utf8').split('\n');
    this.#browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    const [page] = this.#browser.contexts().flatMap((context) => context.pages());
    if (page === undefined) throw new Error('Chromium has no page');
    await page.waitForURL(/\.app\.invalid\/index\.html/);
    this.#page = page;
  }

  #receive({ question, kind, options = {} }: FromProgram): void {
    if (question === undefined || kind === undefined) return;
    this.questions.push({ kind, options });
    const index = this.#answers.findIndex((answer) => answer.kind === kind);
    const [given] = index < 0 ? [] : this.#answers.splice(index, 1);
    this.#child.send({ answerTo: question, answer: given?.answer ?? null });
  }
}
