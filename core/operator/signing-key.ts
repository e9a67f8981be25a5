import { createCipheriv, createDecipheriv, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { accept, refuse } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import type { OperatorId } from '../../contract/schema/session.ts';
import { sha256Hex } from '../digest.ts';
import type { Sha256Hex } from '../digest.ts';
import type { RandomBytes } from '../ports.ts';
import { deriveKey, SALT_LEN_BYTES } from './password-hash.ts';
import type { Argon2Cost } from './password-hash.ts';

/** An operator's own Ed25519 key (RFC 8032), the private half readable only with the operator's password. */
export interface SealedSigningKey {
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  readonly publicKeySha256: Sha256Hex;
  /** Argon2id: salt and cost under which the sealing key is derived from the password. */
  readonly salt: Uint8Array;
  readonly cost: Argon2Cost;
  /** AES-256-GCM: nonce, then the encrypted PKCS#8 DER followed by the 16-byte tag. */
  readonly nonce: Uint8Array;
  readonly sealed: Uint8Array;
}

/** Who holds a key and what the sealing costs. */
export interface SealingContext {
  readonly operatorId: OperatorId;
  readonly cost: Argon2Cost;
  readonly randomBytes: RandomBytes;
}

const CIPHER = 'aes-256-gcm';
const NONCE_LEN_BYTES = 12;
const TAG_LEN_BYTES = 16;

/** Makes a new key for an operator, sealed under the password. */
export function createSigningKey(password: string, context: SealingContext): Promise<SealedSigningKey> {
  return seal(generateKeyPairSync('ed25519').privateKey, password, context);
}

/** Seals the same key under a new password. Refuses with `operator.key-damaged` where the old one does not open it. */
export async function resealSigningKey(
  key: SealedSigningKey,
  oldPassword: string,
  newPassword: string,
  context: SealingContext,
): Promise<Result<SealedSigningKey>> {
  const opened = await openSigningKey(key, oldPassword, context.operatorId);
  return opened.ok ? accept(await seal(opened.value, newPassword, context)) : opened;
}

/**
 * Opens the private key. The caller uses it at once and lets it go. The operator's id and the public key are bound into
 * the seal (GCM's associated data), so that a key copied into another account's row does not open.
 * Refuses with `operator.key-damaged`.
 */
export async function openSigningKey(
  key: SealedSigningKey,
  password: string,
  operatorId: OperatorId,
): Promise<Result<KeyObject>> {
  const sealingKey = await deriveKey(password, key.salt, key.cost);
  const tagAt = key.sealed.length - TAG_LEN_BYTES;
  try {
    const decipher = createDecipheriv(CIPHER, sealingKey, key.nonce, { authTagLength: TAG_LEN_BYTES });
    decipher.setAAD(associatedData(operatorId, key.publicKeySha256));
    decipher.setAuthTag(key.sealed.subarray(tagAt));
    const pkcs8 = Buffer.concat([decipher.update(key.sealed.subarray(0, tagAt)), decipher.final()]);
    const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
    pkcs8.fill(0);
    if (!exportPublicKey(privateKey).equals(key.publicKey)) return refuseDamaged();
    return accept(privateKey);
  } catch {
    // node:crypto reports a wrong tag, length or encoding only by throwing; its message must not tell them apart.
    return refuseDamaged();
  } finally {
    sealingKey.fill(0);
  }
}

async function seal(privateKey: KeyObject, password: string, context: SealingContext): Promise<SealedSigningKey> {
  const { operatorId, cost, randomBytes } = context;
  const publicKey = exportPublicKey(privateKey);
  const publicKeySha256 = sha256Hex(publicKey);
  const salt = Buffer.from(randomBytes(SALT_LEN_BYTES));
  const nonce = Buffer.from(randomBytes(NONCE_LEN_BYTES));
  const sealingKey = await deriveKey(password, salt, cost);
  const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' });
  const cipher = createCipheriv(CIPHER, sealingKey, nonce, { authTagLength: TAG_LEN_BYTES });
  cipher.setAAD(associatedData(operatorId, publicKeySha256));
  const sealed = Buffer.concat([cipher.update(pkcs8), cipher.final(), cipher.getAuthTag()]);
  pkcs8.fill(0);
  sealingKey.fill(0);
  return { publicKey, publicKeySha256, salt, cost, nonce, sealed };
}

function exportPublicKey(privateKey: KeyObject): Buffer {
  return createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
}

function associatedData(operatorId: OperatorId, publicKeySha256: Sha256Hex): Buffer {
  return Buffer.from(`drydock-operator-key/1\n${operatorId}\n${publicKeySha256}\n`, 'utf8');
}

function refuseDamaged(): Result<never> {
  return refuse(
    'operator.key-damaged',
    'The stored signing key does not open; ask an administrator to reset the password, which makes a new key.',
  );
}
