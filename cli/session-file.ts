import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where `drydock login` leaves its session token for the commands after it: in the data folder, readable by its owner alone. */
export class SessionFile {
  readonly #path: string;

  constructor(dataFolder: string) {
    this.#path = join(dataFolder, 'cli-session');
  }

  read(): string | null {
    try {
      return readFileSync(this.#path, 'utf8').trim();
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  write(token: string): void {
    // Removed first: the mode of `writeFileSync` applies to new files only.
    this.remove();
    writeFileSync(this.#path, `${token}\n`, { mode: 0o600, flag: 'wx' });
  }

  remove(): void {
    rmSync(this.#path, { force: true });
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
