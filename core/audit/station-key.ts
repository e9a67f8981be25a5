import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto';
import { accept, refuse, type Result } from '../../contract/result.ts';
import type { RandomBytes } from '../ports.ts';
import type { SecretStore } from './secret-store.ts';

/** The station's Ed25519 key: it signs checkpoints and reports. */
export interface StationKey {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const secretName = 'station.key';
const seedLenBytes = 32;
const derivedLenBytes = 32;
/** PrivateKeyInfo of an Ed25519 key without its seed (RFC 8410 §7). */
const ed25519Pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Reads the key of a station that exists. Refuses with `station.key-damaged`, also where the key is gone. */
export function loadStationKey(secrets: SecretStore): Result<StationKey> {
  const secret = secrets.read(secretName);
  if (!secret.ok) return secret;
  if (secret.value === null) {
    const reason =
      'The station key is missing; restore station.key from the backup that was made when the station was set up.';
    return refuse('station.key-damaged', reason);
  }
  return parseKey(secret.value);
}

/**
 * For the set-up of a station only: reads the key that an interrupted set-up left, or makes one from `random` (32 bytes).
 * A station that has a log must use `loadStationKey`: a new key would orphan every checkpoint. Refuses with
 * `station.key-damaged`.
 */
export function loadOrCreateStationKey(secrets: SecretStore, random: RandomBytes): Result<StationKey> {
  const secret = secrets.read(secretName);
  if (!secret.ok) return secret;
  if (secret.value !== null) return parseKey(secret.value);
  const privateKey = ed25519FromSeed(random(seedLenBytes));
  secrets.write(secretName, Buffer.from(privateKey.export({ format: 'pem', type: 'pkcs8' })));
  return accept(withPublicKey(privateKey));
}

/**
 * A secret of 32 bytes for one purpose, derived from the station's key by HKDF-SHA-256 (RFC 5869): it needs no backup of its own, and says
 * nothing about the key.
 */
export function deriveSecret({ privateKey }: StationKey, purpose: string): Uint8Array {
  const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' });
  const derived = Buffer.from(hkdfSync('sha256', pkcs8, '', purpose, derivedLenBytes));
  pkcs8.fill(0);
  return derived;
}

/** The Ed25519 private key of a seed (RFC 8032 §5.1.5), 32 bytes. */
export function ed25519FromSeed(seed: Uint8Array): KeyObject {
  const der = Buffer.concat([ed25519Pkcs8Prefix, seed]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

function parseKey(pem: Uint8Array): Result<StationKey> {
  try {
    const privateKey = createPrivateKey({ key: Buffer.from(pem), format: 'pem' });
    if (privateKey.asymmetricKeyType === 'ed25519') return accept(withPublicKey(privateKey));
    const reason = `The station key is of type ${privateKey.asymmetricKeyType}, not ed25519.`;
    return refuse('station.key-damaged', reason);
  } catch {
    // What OpenSSL says about a damaged key may quote it; the refusal does not.
    return refuse('station.key-damaged', 'The station key station.key is damaged: it is not a PEM private key.');
  }
}

function withPublicKey(privateKey: KeyObject): StationKey {
  return { privateKey, publicKey: createPublicKey(privateKey) };
}
