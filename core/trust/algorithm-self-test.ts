import { createHash, createPublicKey, verify, constants } from 'node:crypto';
import { knownAnswers, type KnownAnswers, type KnownDigest, type KnownSignature } from './known-answers.ts';

/**
 * Names the algorithms that this runtime's crypto lacks or gets wrong; empty where all is well. Electron brings BoringSSL in place of OpenSSL,
 * so the station asks at every start and refuses with `station.algorithm-missing` rather than fail in the middle of a check. Each
 * signature must verify, and must not once a bit of the message has changed.
 */
export function findMissingAlgorithms(answers: KnownAnswers = knownAnswers): readonly string[] {
  const digests = answers.digests.filter((known) => !works(() => isDigestRight(known)));
  const signatures = answers.signatures.filter((known) => !works(() => isSignatureRight(known)));
  return [...digests, ...signatures].map(({ name }) => name);
}

function works(test: () => boolean): boolean {
  try {
    return test();
  } catch {
    // "Not supported" is the answer that is asked for here, whatever its text.
    return false;
  }
}

function isDigestRight({ algorithm, messageHex, digestHex }: KnownDigest): boolean {
  return createHash(algorithm).update(Buffer.from(messageHex, 'hex')).digest('hex') === digestHex;
}

function isSignatureRight({ digest, padding, spkiBase64, messageHex, signatureBase64 }: KnownSignature): boolean {
  const key = createPublicKey({ key: Buffer.from(spkiBase64, 'base64'), format: 'der', type: 'spki' });
  const signature = Buffer.from(signatureBase64, 'base64');
  const message = Buffer.from(messageHex, 'hex');
  const changed = Buffer.from(message);
  changed[0] = (changed[0] ?? 0) ^ 1;
  const options =
    padding === 'pss'
      ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
      : { key };
  return verify(digest, message, options, signature) && !verify(digest, changed, options, signature);
}
