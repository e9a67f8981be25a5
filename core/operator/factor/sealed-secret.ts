import { createCipheriv, createDecipheriv } from 'node:crypto';
import { accept, refuse, type Result } from '../../../contract/result.ts';
import type { OperatorId } from '../../../contract/schema/session.ts';
import type { RandomBytes } from '../../ports.ts';

/** The secret of a second factor as it is stored: AES-256-GCM. */
export interface SealedSecret {
  readonly nonce: Uint8Array;
  /** The encrypted secret, then the 16-byte tag. */
  readonly sealed: Uint8Array;
}

const CIPHER = 'aes-256-gcm';
const NONCE_LEN_BYTES = 12;
const TAG_LEN_BYTES = 16;

/**
 * Seals a secret under a key of the station's (32 bytes), which lies outside the database. Not under the operator's password: a password of 8
 * characters, which a second factor allows, could be guessed from a copied database, and would then open the second factor too; and
 * who forgets the password would lose both factors at once.
 */
export function sealSecret(
  secret: Uint8Array,
  key: Uint8Array,
  operatorId: OperatorId,
  randomBytes: RandomBytes,
): SealedSecret {
  const nonce = Buffer.from(randomBytes(NONCE_LEN_BYTES));
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_LEN_BYTES });
  cipher.setAAD(associatedData(operatorId));
  return { nonce, sealed: Buffer.concat([cipher.update(secret), cipher.final(), cipher.getAuthTag()]) };
}

/**
 * Opens a sealed secret. The operator's id is bound into the seal, so that one copied into another account's row does not open.
 * Refuses with `operator.factor-damaged`.
 */
export function openSecret(
  { nonce, sealed }: SealedSecret,
  key: Uint8Array,
  operatorId: OperatorId,
): Result<Uint8Array> {
  const tagAt = sealed.length - TAG_LEN_BYTES;
  try {
    const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_LEN_BYTES });
    decipher.setAAD(associatedData(operatorId));
    decipher.setAuthTag(sealed.subarray(tagAt));
    return accept(Buffer.concat([decipher.update(sealed.subarray(0, tagAt)), decipher.final()]));
  } catch {
    // node:crypto reports a wrong tag or length only by throwing; its message must not tell them apart.
    return refuse(
      'operator.factor-damaged',
      'The stored second factor does not open with the key of this station; ask an administrator to reset it, or use a recovery code.',
    );
  }
}

function associatedData(operatorId: OperatorId): Buffer {
  return Buffer.from(`drydock-second-factor/1\n${operatorId}\n`, 'utf8');
}
