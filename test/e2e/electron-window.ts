import { dirname, join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import type { AskedQuestion, OpenProgram, WindowOptions } from './open-program.ts';
import { MovedClock } from './support/moved-clock.ts';
import { shiftClock, type ClockShift } from './support/shift-clock.ts';

const projectRoot = dirname(dirname(import.meta.dirname));

/** Drydock in Electron itself, from out/app. Dialogues of the system are replaced by answers. */
export class ElectronWindow implements OpenProgram {
  readonly shell = 'electron';
  readonly questions: AskedQuestion[] = [];
  readonly #app: ElectronApplication;
  readonly page: Page;
  readonly #clock = new MovedClock();
  readonly #answers: { kind: AskedQuestion['kind']; answer: readonly string[] | number | string }[] = [];

  private constructor(app: ElectronApplication, page: Page) {
    this.#app = app;
    this.page = page;
  }

  static async open(executablePath: string, { folder, training }: WindowOptions): Promise<ElectronWindow> {
    const app = await _electron.launch({
      executablePath,
      args: [
        join(projectRoot, 'out', 'app'),
        `--data=${join(folder, 'data')}`,
        `--user-data-dir=${join(folder, 'user-data')}`,
        ...(training === true ? ['--training'] : []),
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    });
    const window = new ElectronWindow(app, await app.firstWindow());
    await window.#takeDialogues();
    return window;
  }

  answer(kind: AskedQuestion['kind'], answer: readonly string[] | number | string): void {
    this.#answers.push({ kind, answer });
  }

  async power(event: 'lock-screen' | 'suspend'): Promise<void> {
    await this.#app.evaluate(({ powerMonitor }, name) => void powerMonitor.emit(name), event);
  }

  moveClock(by: Partial<ClockShift>): Promise<void> {
    return this.#clock.move(by, this.page, (shift) =>
      this.#app.evaluate<undefined>(`(${String(shiftClock)})(${JSON.stringify(shift)})`),
    );
  }

  async askToClose(): Promise<void> {
    await this.#app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  }

  async close(): Promise<number | null> {
    const ended = this.#app.waitForEvent('close');
    await this.askToClose();
    await ended;
    return this.#app.process().exitCode;
  }

  kill(): Promise<void> {
    this.#app.process().kill('SIGKILL');
    return Promise.resolve();
  }

  async #takeDialogues(): Promise<void> {
    const { context } = { context: this.#app.context() };
    await context.exposeBinding(
      'drydockTestAnswer',
      (_source, kind: AskedQuestion['kind'], options: Record<string, unknown>) => {
        this.questions.push({ kind, options });
        const index = this.#answers.findIndex((answer) => answer.kind === kind);
        return index < 0 ? null : this.#answers.splice(index, 1)[0]?.answer;
      },
    );
    await this.#app.evaluate(({ dialog, BrowserWindow }) => {
      const ask = (kind: string, options: object): Promise<unknown> =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
          `drydockTestAnswer(${JSON.stringify(kind)}, ${JSON.stringify(options)})`,
        ) ?? Promise.resolve(null);
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      if (contents !== undefined) {
        contents.print = (options = {}, done = () => undefined) => {
          const print = async (): Promise<string> => {
            const path = await ask('print', options);
            if (typeof path !== 'string') return 'Print job canceled';
            const pdf = await contents.printToPDF({ printBackground: true, preferCSSPageSize: true });
            process.getBuiltinModule('node:fs').writeFileSync(path, pdf);
            return '';
          };
          print().then(
            (failure) => done(failure === '', failure),
            (error: unknown) => done(false, String(error)),
          );
        };
      }
      Object.assign(dialog, {
        showOpenDialog: async (_window: unknown, options: object) => {
          const filePaths = ((await ask('open', options)) as string[] | null) ?? [];
          return { canceled: filePaths.length === 0, filePaths };
        },
        showMessageBox: async (_window: unknown, options: { cancelId?: number }) => ({
          response: ((await ask('message', options)) as number | null) ?? options.cancelId ?? 0,
          checkboxChecked: false,
        }),
      });
    });
  }
}
