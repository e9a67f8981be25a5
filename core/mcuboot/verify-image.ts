import { accept } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import { toImageReader } from './image-source.ts';
import type { ImageSource } from './image-source.ts';
import { loadImageKeys, verifyImageSignature } from './image-signature.ts';
import { verifyMcubootHash } from './verify-hash.ts';
import type { HashedImage } from './verify-hash.ts';

export interface VerifiedImage extends HashedImage {
  /** SHA-256 (hex) of the SubjectPublicKeyInfo that verified the signature. */
  readonly signedBy: string;
}

/**
 * Checks an image as the unit's boot loader will: form, hash, and a signature by one of `keys` (SubjectPublicKeyInfo, DER).
 * With no key at all every image is refused. Algorithms: ECDSA P-256 and P-384, Ed25519 over the hash
 * or (pure signature TLV) over the image, RSA-PSS 2048 and 3072.
 *
 * Refuses as `verifyMcubootHash`, and with `mcuboot.signature-missing`, `mcuboot.algorithm-unsupported`,
 * `mcuboot.key-unknown` or `mcuboot.signature-invalid`. Source: MCUboot `bootutil_img_validate`.
 */
export function verifyMcubootImage(request: {
  readonly image: ImageSource;
  readonly keys: readonly Uint8Array[];
}): Result<VerifiedImage> {
  const reader = toImageReader(request.image);
  const hashed = verifyMcubootHash(reader);
  if (!hashed.ok) return hashed;
  const signedBy = verifyImageSignature(reader, hashed.value, loadImageKeys(request.keys));
  if (!signedBy.ok) return signedBy;
  return accept({ ...hashed.value, signedBy: signedBy.value });
}
