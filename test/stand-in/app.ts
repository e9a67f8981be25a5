import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser, type StandInBrowser } from './browser.ts';
import { tellParent } from './parent.ts';

interface Closable {
  close(): void;
}

/** Switches as Chromium reads them: `--name` and `--name=value`. */
class StandInCommandLine {
  readonly #switches = new Map<string, string>();
  /** What the program has added: for Chromium. */
  readonly added: string[] = [];

  constructor(given: readonly string[]) {
    for (const argument of given) {
      const [, name, value = ''] = /^--([^=]+)(?:=(.*))?$/s.exec(argument) ?? [];
      if (name !== undefined) this.#switches.set(name, value);
    }
  }

  appendSwitch(name: string, value?: string): void {
    this.#switches.set(name, value ?? '');
    this.added.push(value === undefined ? `--${name}` : `--${name}=${value}`);
  }

  hasSwitch(name: string): boolean {
    return this.#switches.has(name);
  }

  getSwitchValue(name: string): string {
    return this.#switches.get(name) ?? '';
  }
}

class StandInApp extends EventEmitter {
  readonly isPackaged = process.env['STAND_IN_PACKAGED'] === '1';
  readonly commandLine = new StandInCommandLine(process.argv.slice(2));
  readonly #windows = new Set<Closable>();
  readonly #userData = process.env['STAND_IN_USER_DATA'] ?? mkdtempSync(join(tmpdir(), 'drydock-user-data-'));
  #browser: Promise<StandInBrowser> | undefined;
  #relaunch: readonly string[] | undefined;
  #isQuitting = false;

  /** The browser starts when the program has said what it has to say before it does. */
  whenReady(): Promise<void> {
    return this.browser.then(() => undefined);
  }

  get browser(): Promise<StandInBrowser> {
    this.#browser ??= launchBrowser(this.commandLine.added, process.env['STAND_IN_HEADED'] === '1').then((browser) => {
      tellParent({ ready: browser.debuggingFolder });
      return browser;
    });
    return this.#browser;
  }

  enableSandbox(): void {
    // Each page says so too; Chromium's pages have no Node here at all.
  }

  /** Each stand-in has a folder of its own, so there is never a second one. */
  requestSingleInstanceLock(): boolean {
    return true;
  }

  getPath(_name: 'userData'): string {
    return this.#userData;
  }

  getLocale(): string {
    return process.env['STAND_IN_LOCALE'] ?? 'en-US';
  }

  relaunch({ args }: { args: string[] }): void {
    this.#relaunch = args;
  }

  addWindow(window: Closable): void {
    this.#windows.add(window);
  }

  removeWindow(window: Closable): void {
    this.#windows.delete(window);
    if (this.#windows.size === 0) this.emit('window-all-closed');
  }

  quit(): void {
    for (const window of this.#windows) window.close();
    if (this.#windows.size > 0 || this.#isQuitting) return;
    this.#isQuitting = true;
    this.emit('will-quit', { preventDefault: () => undefined });
    void this.#end(0);
  }

  exit(code: number): void {
    void this.#end(code);
  }

  async #end(code: number): Promise<void> {
    await (await this.#browser)?.close();
    if (this.#relaunch !== undefined) {
      spawn(process.execPath, [...process.execArgv, process.argv[1] ?? '', ...this.#relaunch], {
        stdio: 'inherit',
        detached: true,
      });
    }
    process.exit(code);
  }
}

export const app = new StandInApp();
process.on('SIGINT', () => app.quit());
process.on('SIGTERM', () => app.quit());
