import { createHash, createVerify } from 'node:crypto';
import type { Verify } from 'node:crypto';
import type { ManifestImage } from '../../../contract/schema/bundle.ts';
import { parseImageHeader } from '../../mcuboot/image-header.ts';
import type { KnownStart } from '../../mcuboot/image-source.ts';
import { algorithmOf, readImageKey } from './image-signature.ts';

/** What a boot loader's check hashes of a file: the first so many bytes, as the file's first chunk tells. */
type StartLength = (firstChunk: Uint8Array) => number;

/**
 * The SHA-256 of a file, made while the file passes by; and on the way what the checks of its boot loader will ask for, so
 * that nothing has to be read a second time. Whoever uses that answers for the file being the bytes that passed.
 */
export class PassingHash {
  readonly #hash = createHash('sha256');
  readonly #startLength: StartLength;
  #verifier: Verify | null;
  #doneBytes = 0;
  #startBytes = 0;
  #startSha256: Buffer | null = null;

  private constructor(startLength: StartLength, verifier: Verify | null) {
    this.#startLength = startLength;
    this.#verifier = verifier;
  }

  /** For a file that no boot loader checks. */
  static ofFile(): PassingHash {
    return new PassingHash(() => 0, null);
  }

  /** For an image; `imageKeys` are the product's, SubjectPublicKeyInfo in DER. */
  static ofImage(image: ManifestImage, imageKeys: readonly Uint8Array[]): PassingHash {
    const isSigned = image.format === 'mcuboot' || image.sig !== null;
    // Signatures over longer hashes are rare; for those the file is read again.
    const verifier = isSigned && imageKeys.some(signsSha256) ? createVerify('sha256') : null;
    return new PassingHash(image.format === 'mcuboot' ? hashedByMcuboot : () => image.len, verifier);
  }

  update(chunk: Uint8Array): void {
    if (this.#doneBytes === 0) this.#startBytes = this.#startLength(chunk);
    const cut = Math.min(Math.max(this.#startBytes - this.#doneBytes, 0), chunk.length);
    const start = chunk.subarray(0, cut);
    this.#hash.update(start);
    this.#verifier?.update(start);
    if (this.#doneBytes + cut >= this.#startBytes) this.#startSha256 ??= this.#hash.copy().digest();
    this.#hash.update(chunk.subarray(cut));
    this.#doneBytes += chunk.length;
  }

  /** What is known of the file's start; null where the file ended before it did. */
  knownStart(): KnownStart | null {
    if (this.#startSha256 === null) return null;
    return {
      lenBytes: this.#startBytes,
      sha256: this.#startSha256,
      takeVerifier: () => {
        const verifier = this.#verifier;
        this.#verifier = null;
        return verifier;
      },
    };
  }

  digestHex(): string {
    return this.#hash.digest('hex');
  }
}

function signsSha256(spki: Uint8Array): boolean {
  const algorithm = algorithmOf(readImageKey(spki));
  return algorithm === 'ecdsa-p256-sha256' || algorithm === 'rsa-pss-sha256';
}

/** Header, body and protected TLVs (MCUboot docs/design.md, "Image format"). A wrong header is refused elsewhere. */
function hashedByMcuboot(firstChunk: Uint8Array): number {
  const header = parseImageHeader(firstChunk);
  if (!header.ok) return 0;
  return header.value.headerBytes + header.value.bodyBytes + header.value.protectedTlvBytes;
}
