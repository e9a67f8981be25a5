import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { accept, refuse, type Result } from '../../contract/result.ts';
import { writeFileDurably } from './durable-file.ts';
import { readIfPresent } from './head-file.ts';

/** Keeps the station's few secrets; a desktop shell may put the operating system's key chain in the file's place. */
export interface SecretStore {
  /** `file`: guarded by the file's mode alone. `key-chain`: by the operating system's key chain. */
  readonly kind: 'file' | 'key-chain';
  /** Null where there is no secret of that name. Refuses with `station.key-damaged` where others could have read it, or where it cannot be got at. */
  read(name: string): Result<Uint8Array | null>;
  write(name: string, secret: Uint8Array): void;
}

/** File by which a desktop shell marks a station whose secrets only the key chain of its account opens. */
export const keychainKeyName = 'keychain.key';

/** Secrets as files of the data folder that nobody but their owner may read or write. */
export function createFileSecrets(folder: string): SecretStore {
  return {
    kind: 'file',
    read: (name) => {
      const path = join(folder, name);
      const secret = readIfPresent(path);
      if (secret === null && existsSync(join(folder, keychainKeyName))) {
        const reason = `The secret ${name} of this station lies in the key chain of the account that set it up; open the station in Drydock's window.`;
        return refuse('station.key-damaged', reason);
      }
      if (secret !== null && process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) {
        const mode = (statSync(path).mode & 0o777).toString(8);
        const reason = `The key file ${path} has mode ${mode}, so others may have read it; it must be 600.`;
        return refuse('station.key-damaged', reason, { path, mode });
      }
      return accept(secret);
    },
    write: (name, secret) => writeFileDurably(join(folder, name), secret),
  };
}
