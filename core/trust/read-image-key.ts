import { accept, refuse, type Refusal, type Result } from '../../contract/result.ts';
import { checkTypedFingerprint } from './fingerprint.ts';
import { readPemOrDer } from './pem.ts';
import { checkPinScope, type PinScope } from './pin-scope.ts';
import { describeKey, parsePublicKey, type PublicKey } from './public-key.ts';
import type { ImageKey } from './repository.ts';

export interface PinImageKeyInput extends PinScope {
  /** One SubjectPublicKeyInfo, PEM (`PUBLIC KEY`) or DER. */
  readonly publicKey: Uint8Array;
}

/** Reads and checks a boot loader's key that is to be pinned; see `TrustStore.pinImageKey` for the refusals. */
export function readImageKey(input: PinImageKeyInput): Result<ImageKey> {
  const der = readPemOrDer(input.publicKey, ['PUBLIC KEY']);
  if (!der.ok) return der;
  const parsed = parsePublicKey(der.value);
  if (!parsed.ok) return parsed;
  const key = parsed.value;
  const refusal =
    checkTypedFingerprint(input.typedFingerprint, key.sha256) ?? checkPinScope(input) ?? checkBootLoaderKey(key);
  if (refusal !== undefined) return refusal;
  return accept({
    spkiDer: Uint8Array.from(key.spkiDer),
    keySha256: key.sha256,
    algorithm: describeKey(key.kind),
    label: input.label,
    products: [...input.products],
    addedAt: input.addedAt,
    addedBy: input.addedBy,
  });
}

/** What MCUboot and its kin are built with: P-256, P-384 (`MCUBOOT_SIGN_EC384`), Ed25519, RSA (2048 or 3072, any scheme). */
export function checkBootLoaderKey({ kind }: PublicKey): Refusal | undefined {
  if (kind.type !== 'rsa' || kind.pss === 'any-scheme') return undefined;
  return refuse(
    'trust.algorithm-refused',
    `An image key is P-256, P-384, Ed25519 or plain RSA; this one is ${describeKey(kind)}.`,
    { algorithm: describeKey(kind) },
  );
}
