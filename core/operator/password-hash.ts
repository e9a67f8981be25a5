import { hash, hashRaw, parseOptions, verify } from '@node-rs/argon2';
import type { RandomBytes } from '../ports.ts';
import { normalizePassword } from './password-policy.ts';

/** What one Argon2id computation costs. */
export interface Argon2Cost {
  readonly memoryKib: number;
  readonly passes: number;
  readonly lanes: number;
}

/** RFC 9106 §4, the second recommended option: 3 passes, 4 lanes, 64 MiB. */
export const recommendedCost: Argon2Cost = { memoryKib: 65_536, passes: 3, lanes: 4 };

/** RFC 9106 §4: 128-bit salt, 256-bit tag. */
export const SALT_LEN_BYTES = 16;
const TAG_LEN_BYTES = 32;
/** `Algorithm.Argon2id` of the package, whose const enum erasable syntax cannot name. */
const ARGON2ID = 2;
const PHC_PREFIX = '$argon2id$v=19$';

/** Hashes a password for storage: a PHC string that names algorithm, cost and salt. */
export function hashPassword(password: string, cost: Argon2Cost, randomBytes: RandomBytes): Promise<string> {
  return hash(encode(password), { ...packageOptions(cost), salt: Buffer.from(randomBytes(SALT_LEN_BYTES)) });
}

/** Compares in constant time. Throws where `stored` is no PHC string. */
export function verifyPassword(stored: string, password: string): Promise<boolean> {
  return verify(stored, encode(password));
}

/** True where a hash was made with another cost than today's: it is replaced when the password is next typed. */
export function needsRehash(stored: string, cost: Argon2Cost): boolean {
  const made = parseOptions(stored);
  return (
    !stored.startsWith(PHC_PREFIX) ||
    made.memoryCost !== cost.memoryKib ||
    made.timeCost !== cost.passes ||
    made.parallelism !== cost.lanes ||
    made.outputLen !== TAG_LEN_BYTES
  );
}

/** Derives a 256-bit key from a password. Its salt must not be the one of the stored hash. */
export function deriveKey(password: string, salt: Uint8Array, cost: Argon2Cost): Promise<Buffer> {
  return hashRaw(encode(password), { ...packageOptions(cost), salt });
}

function packageOptions(cost: Argon2Cost) {
  const { memoryKib: memoryCost, passes: timeCost, lanes: parallelism } = cost;
  return { algorithm: ARGON2ID, memoryCost, timeCost, parallelism, outputLen: TAG_LEN_BYTES } as const;
}

function encode(password: string): Buffer {
  return Buffer.from(normalizePassword(password), 'utf8');
}
