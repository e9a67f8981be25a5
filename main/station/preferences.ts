import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { Preferences } from '../../contract/window/window-operations.ts';
import { writeFileDurably } from '../../core/audit/durable-file.ts';

const FILE = 'window.json';
const defaults: Preferences = { language: 'system', theme: 'system', motion: 'system', paper: 'A4' };

/** How the window looks and speaks at this station; a file of its data folder. Before there is a station, it is only remembered. */
export class PreferencesFile {
  readonly #folder: () => string | null;
  #early: Preferences | null = null;

  /** @param folder the open station's data folder, or null while none is open */
  constructor(folder: () => string | null) {
    this.#folder = folder;
  }

  /** A file that cannot be read is no reason to stop anyone: the window then looks as it does on the first day. */
  read(): Preferences {
    const folder = this.#folder();
    const path = folder === null ? null : join(folder, FILE);
    if (path === null || !existsSync(path)) return this.#early ?? defaults;
    try {
      const read = v.safeParse(Preferences, JSON.parse(readFileSync(path, 'utf8')));
      return read.success ? read.output : defaults;
    } catch {
      return defaults;
    }
  }

  /** Throws the file system's error. */
  write(preferences: Preferences): void {
    const folder = this.#folder();
    this.#early = preferences;
    if (folder !== null) writeFileDurably(join(folder, FILE), JSON.stringify(preferences));
  }

  /** What was chosen before the station was there becomes the station's. */
  keepEarly(): void {
    if (this.#early !== null) this.write(this.#early);
  }
}
