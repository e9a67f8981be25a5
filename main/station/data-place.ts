import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { accept, refuse, type Result } from '../../contract/result.ts';
import { writeFileDurably } from '../../core/audit/durable-file.ts';
import { findDataFolder } from '../../core/station/data-folder.ts';

const ChosenFolder = v.strictObject({ dataFolder: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)) });

/**
 * Where the station of this machine is: as the command line or the environment say, else where a person chose at the first start,
 * else the platform's place. The choice is remembered outside the data folder, which it names.
 */
export class DataPlace {
  readonly #given: string | undefined;
  readonly #env: NodeJS.ProcessEnv;
  readonly #memory: string;

  /**
   * @param given `--data`
   * @param memory file that remembers the choice
   */
  constructor(given: string | undefined, env: NodeJS.ProcessEnv, memory: string) {
    this.#given = given;
    this.#env = env;
    this.#memory = memory;
  }

  /** Refuses with `station.storage-failed` where the remembered choice cannot be read: a guess could begin a second station. */
  find(): Result<string> {
    if (this.#isGiven || !existsSync(this.#memory)) return accept(findDataFolder(this.#given, this.#env));
    try {
      const chosen = v.safeParse(ChosenFolder, JSON.parse(readFileSync(this.#memory, 'utf8')));
      if (chosen.success) return accept(chosen.output.dataFolder);
    } catch {
      // Said below.
    }
    const reason = `Which folder holds this station's data cannot be read from ${this.#memory}. Nothing has been changed; restore that file, or start Drydock with --data.`;
    return refuse('station.storage-failed', reason);
  }

  /** Where a person who changes nothing begins. */
  get proposed(): string {
    return findDataFolder(this.#given, this.#env);
  }

  remember(dataFolder: string): void {
    if (this.#isGiven || dataFolder === this.proposed) return;
    mkdirSync(dirname(this.#memory), { recursive: true });
    writeFileDurably(this.#memory, JSON.stringify({ dataFolder }));
  }

  get #isGiven(): boolean {
    const fromEnvironment = this.#env['DRYDOCK_DATA'];
    return this.#given !== undefined || (fromEnvironment !== undefined && fromEnvironment !== '');
  }
}

/** True where a station lies in the folder. */
export function holdsStation(folder: string): boolean {
  return existsSync(join(folder, 'station.db'));
}

/** Refuses with `window.folder-in-use` a folder that holds something else: a station is not begun among other people's files. */
export function checkNewPlace(folder: string): Result<string> {
  if (!existsSync(folder) || holdsStation(folder) || readdirSync(folder).length === 0) return accept(folder);
  return refuse(
    'window.folder-in-use',
    'The chosen folder holds other files; choose an empty one, or one that holds a station.',
  );
}
