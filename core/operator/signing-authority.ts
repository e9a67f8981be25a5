import { sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { OperatorView } from '../../contract/schema/session.ts';

/**
 * Proof that an operator has just entered the password again, good for ONE signature (21 CFR 11.200 (a)(1)).
 * Only `Sessions.reauthenticate` makes one. The private key is held no longer than until it is used.
 */
export class SigningAuthority {
  readonly operator: OperatorView;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  #privateKey: KeyObject | null;

  constructor(operator: OperatorView, publicKey: Uint8Array, privateKey: KeyObject) {
    this.operator = operator;
    this.publicKey = publicKey;
    this.#privateKey = privateKey;
  }

  /** Ed25519 (RFC 8032) over the message. A second call is a bug and throws. */
  signOnce(message: Uint8Array): Uint8Array {
    if (this.#privateKey === null) throw new Error('a signing authority signs once');
    const signature = sign(null, message, this.#privateKey);
    this.#privateKey = null;
    return signature;
  }
}
