import { createCipheriv, createDecipheriv } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SafeStorage } from 'electron';
import { accept, refuse, type Result } from '../../contract/result.ts';
import { writeFileDurably } from '../../core/audit/durable-file.ts';
import { createFileSecrets, keychainKeyName, type SecretStore } from '../../core/audit/secret-store.ts';
import type { RandomBytes } from '../../core/ports.ts';

export type Keychain = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>;

export interface StationSecrets {
  readonly store: SecretStore;
  /** False where secrets lie in files that only their owner may read. */
  readonly keychain: boolean;
}

const KEY_LEN_BYTES = 32;
const NONCE_LEN_BYTES = 12;
const TAG_LEN_BYTES = 16;

/**
 * The secrets of the station in a data folder. A new station's are sealed (AES-256-GCM, the name as associated data) under a key that
 * the operating system's key chain keeps, where there is one that deserves the name; otherwise, and for a station that has its key
 * in a file already, they are files of mode 0600: nothing is moved without being asked. Refuses with `station.key-damaged` where
 * the key chain does not give the key back.
 */
export async function openSecrets(
  folder: string,
  isNew: boolean,
  keychain: Keychain,
  { platform, randomBytes }: { platform: NodeJS.Platform; randomBytes: RandomBytes },
): Promise<Result<StationSecrets>> {
  const files = createFileSecrets(folder);
  const path = join(folder, keychainKeyName);
  if (existsSync(path)) return await unlockSecrets(folder, keychain, randomBytes);
  if (!isNew || existsSync(join(folder, 'station.key')) || !(await isTrustworthy(keychain, platform))) {
    return accept({ store: files, keychain: false });
  }
  const key = randomBytes(KEY_LEN_BYTES);
  writeFileDurably(path, await keychain.encryptStringAsync(Buffer.from(key).toString('base64')));
  return accept({ store: sealedSecrets(folder, key, randomBytes), keychain: true });
}

/** On Linux without a key chain Electron falls back to a password that stands in its own source: no better than the file, and it looks like more. */
async function isTrustworthy(keychain: Keychain, platform: NodeJS.Platform): Promise<boolean> {
  if (!(await keychain.isAsyncEncryptionAvailable())) return false;
  return platform !== 'linux' || !['basic_text', 'unknown'].includes(keychain.getSelectedStorageBackend());
}

async function unlockSecrets(
  folder: string,
  keychain: Keychain,
  randomBytes: RandomBytes,
): Promise<Result<StationSecrets>> {
  try {
    const { result } = await keychain.decryptStringAsync(readFileSync(join(folder, keychainKeyName)));
    const key = Buffer.from(result, 'base64');
    if (key.length === KEY_LEN_BYTES) return accept({ store: sealedSecrets(folder, key, randomBytes), keychain: true });
  } catch {
    // What the key chain says is for its own log; to the technician it is one and the same.
  }
  const reason =
    'The keychain of this account does not give the station’s key back. Log in to the machine with the account that set the station up; nothing has been changed.';
  return refuse('station.key-damaged', reason);
}

function sealedSecrets(folder: string, key: Uint8Array, randomBytes: RandomBytes): SecretStore {
  const pathOf = (name: string): string => join(folder, `${name}.sealed`);
  return {
    kind: 'key-chain',
    read(name) {
      if (!existsSync(pathOf(name))) return accept(null);
      const opened = open(key, name, readFileSync(pathOf(name)));
      if (opened !== null) return accept(opened);
      return refuse('station.key-damaged', `The sealed secret ${name} was changed, or belongs to another station.`);
    },
    write: (name, secret) => writeFileDurably(pathOf(name), seal(key, name, secret, randomBytes)),
  };
}

/** nonce ‖ tag ‖ ciphertext */
function seal(key: Uint8Array, name: string, secret: Uint8Array, randomBytes: RandomBytes): Uint8Array {
  const nonce = randomBytes(NONCE_LEN_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(name));
  const text = Buffer.concat([cipher.update(secret), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]);
}

function open(key: Uint8Array, name: string, sealed: Uint8Array): Uint8Array | null {
  if (sealed.length < NONCE_LEN_BYTES + TAG_LEN_BYTES) return null;
  const text = sealed.subarray(NONCE_LEN_BYTES + TAG_LEN_BYTES);
  const tag = sealed.subarray(NONCE_LEN_BYTES, NONCE_LEN_BYTES + TAG_LEN_BYTES);
  const options = { authTagLength: TAG_LEN_BYTES };
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_LEN_BYTES), options)
    .setAAD(Buffer.from(name))
    .setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(text), decipher.final()]);
  } catch {
    return null;
  }
}
