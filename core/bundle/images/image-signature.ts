import { constants, createPublicKey, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { ImageSignature } from '../../../contract/schema/bundle.ts';
import type { ImageReader } from '../../mcuboot/image-source.ts';
import { verifierOfStart } from '../../mcuboot/known-start.ts';

type Algorithm = ImageSignature['algorithm'];

/** The one algorithm of `sig` that a key can have made, or null where the key is of another kind. */
export function algorithmOf(key: KeyObject): Algorithm | null {
  const details = key.asymmetricKeyDetails;
  if (key.asymmetricKeyType === 'ed25519') return 'ed25519';
  if (key.asymmetricKeyType === 'ec') {
    if (details?.namedCurve === 'prime256v1') return 'ecdsa-p256-sha256';
    return details?.namedCurve === 'secp384r1' ? 'ecdsa-p384-sha384' : null;
  }
  // 2048 bits is what boot loaders in the field check; the bundle's own signature asks for 3072.
  return key.asymmetricKeyType === 'rsa' && (details?.modulusLength ?? 0) >= 2048 ? 'rsa-pss-sha256' : null;
}

/** Reads a pinned key: SubjectPublicKeyInfo, DER. Throws on bytes that are none, since keys come from the trust store. */
export function readImageKey(spki: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
}

/**
 * Verifies the signature of a raw image. ECDSA (DER signature) and RSA-PSS (salt as long as the hash) are over the whole
 * file, as `openssl dgst -sign` makes them; Ed25519 is over the file's 32-byte SHA-256, as MCUboot does it, because a
 * boot loader cannot hold the file in memory to sign it whole.
 */
export function verifyRawImage(sig: ImageSignature, key: KeyObject, hash: Uint8Array, reader: ImageReader): boolean {
  const value = Buffer.from(sig.value, 'base64');
  if (sig.algorithm !== algorithmOf(key)) return false;
  if (sig.algorithm === 'ed25519') return verify(null, hash, key, value);

  const hashName = sig.algorithm === 'ecdsa-p384-sha384' ? 'sha384' : 'sha256';
  const context = verifierOfStart(reader, hashName, reader.lenBytes);
  if (sig.algorithm === 'rsa-pss-sha256') {
    return context.verify({ key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }, value);
  }
  return context.verify({ key, dsaEncoding: 'der' }, value);
}
