import { constants, verify } from 'node:crypto';
import { type SignatureScheme } from './algorithm.ts';
import { fieldsOf } from './der/der-fields.ts';
import { DerError, readDer } from './der/read-der.ts';
import { tag } from './der/tag.ts';
import type { PublicKey } from './public-key.ts';

const maxEcdsaSignatureLenBytes = 112;

/**
 * Whether `signature` is `key`'s over `message` under `scheme`. Every signature check of Drydock's certificates, CRLs and CMS ends here, in
 * Node's crypto. False for a scheme that is not the key's, and for a signature that is malformed.
 */
export function verifySignature(
  scheme: SignatureScheme,
  key: PublicKey,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  switch (scheme.scheme) {
    case 'ecdsa':
      return (
        key.kind.type === 'ec' &&
        isStrictEcdsa(signature) &&
        verify(scheme.digest, message, { key: key.key, dsaEncoding: 'der' }, signature)
      );
    case 'ed25519':
      return key.kind.type === 'ed25519' && signature.length === 64 && verify(null, message, key.key, signature);
    case 'rsa-pkcs1':
      return (
        key.kind.type === 'rsa' &&
        key.kind.pss === 'any-scheme' &&
        verify(scheme.digest, message, { key: key.key, padding: constants.RSA_PKCS1_PADDING }, signature)
      );
    case 'rsa-pss':
      return key.kind.type === 'rsa' && verifyPss(scheme, key, message, signature);
  }
}

/** RFC 4055 §3.1: a key that names a digest and a least salt length is used with no other. */
function verifyPss(
  scheme: SignatureScheme & { scheme: 'rsa-pss' },
  key: PublicKey,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const restriction = key.kind.type === 'rsa' ? key.kind.pss : 'any-scheme';
  if (
    typeof restriction === 'object' &&
    (restriction.digest !== scheme.digest || scheme.saltLenBytes < restriction.saltLenBytes)
  )
    return false;
  return verify(
    scheme.digest,
    message,
    { key: key.key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: scheme.saltLenBytes },
    signature,
  );
}

/** Ecdsa-Sig-Value (RFC 3279 §2.2.3) in strict DER: some libraries take BER here, which would give one signature many encodings. */
function isStrictEcdsa(signature: Uint8Array): boolean {
  try {
    const fields = fieldsOf(
      readDer(signature, { maxLenBytes: maxEcdsaSignatureLenBytes, maxDepth: 2, maxNodes: 3 }),
      'the signature',
    );
    const r = fields.next(tag.integer, 'r').content;
    const s = fields.next(tag.integer, 's').content;
    fields.end();
    return (r[0] ?? 0x80) < 0x80 && (s[0] ?? 0x80) < 0x80;
  } catch (error) {
    if (error instanceof DerError) return false;
    throw error;
  }
}
