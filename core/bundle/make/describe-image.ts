import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { ImageSignature, ManifestImage } from '../../../contract/schema/bundle.ts';
import { sha256Hex } from '../../digest.ts';
import type { ImageReader } from '../../mcuboot/image-source.ts';
import type { McubootImage } from '../../mcuboot/parse-image.ts';
import { verifyMcubootHash } from '../../mcuboot/verify-hash.ts';
import { verifyMcubootImage } from '../../mcuboot/verify-image.ts';
import { withFileReader } from '../images/file-reader.ts';
import { algorithmOf, readImageKey } from '../images/image-signature.ts';
import { SIGNATURE_TLVS } from '../images/verify-image.ts';
import { errnoOf } from '../storage-fault.ts';

/** An image as its vendor names it; the rest is read from the file. */
export interface ImageInput {
  readonly path: string;
  /** File name under `images/`; that of `path` where it is left out. */
  readonly name?: string;
  readonly slot: string;
  readonly compat: readonly string[];
  readonly format: ManifestImage['format'];
  /** Security counter. An MCUboot image carries its own, which this must then equal; a raw image needs it here. */
  readonly version?: number;
  /** MCUboot's number of the image, by which dependencies name it; 0 where it is left out. */
  readonly index?: number;
  /** For a raw image: the signature that its boot loader checks (docs/bundle-format.md). */
  readonly sig?: ImageSignature;
  /** Path of the image that a delta is made from: then the bundle holds the delta in place of the image. */
  readonly deltaFrom?: string;
  /** Release that `deltaFrom` came in, for people. */
  readonly deltaFromRelease?: string;
}

/**
 * Makes an image's entry of the manifest. Where `imageKeys` (SubjectPublicKeyInfo, DER) are given, an MCUboot image must
 * carry a signature by one of them, which goes into `sig`.
 *
 * Refuses `bundle.file-unreadable`, `bundle.image-counter`, or as `verifyMcubootHash` and `verifyMcubootImage` do.
 */
export async function describeImage(
  input: ImageInput,
  imageKeys: readonly Uint8Array[] | null,
): Promise<Result<Partial<ManifestImage>>> {
  const file = await hashInput(input.path);
  if (!file.ok) return file;
  const signed =
    input.format === 'mcuboot'
      ? withFileReader(input.path, file.value.lenBytes, (reader) => readMcuboot(reader, input, imageKeys))
      : accept({ ...(input.version === undefined ? {} : { version: input.version }), sig: input.sig ?? null });
  if (!signed.ok) return signed;
  const { sig, ...version } = signed.value;
  return accept({
    file: `images/${nameOf(input)}`,
    ...version,
    slot: input.slot,
    len: file.value.lenBytes,
    hash: file.value.sha256,
    format: input.format,
    sig,
    ...(input.index === undefined ? {} : { index: input.index }),
    compat: [...input.compat],
  });
}

/** File name under `images/`, and under `deltas/` where the image travels as one. */
export function nameOf({ name, path }: ImageInput): string {
  return name ?? basename(path);
}

async function hashInput(path: string): Promise<Result<{ readonly lenBytes: number; readonly sha256: string }>> {
  const hash = createHash('sha256');
  let lenBytes = 0;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
      hash.update(chunk as Buffer);
      lenBytes += (chunk as Buffer).length;
    }
  } catch (error) {
    const errno = errnoOf(error);
    return refuse('bundle.file-unreadable', `The image ${path} cannot be read (${errno}).`, { path, errno });
  }
  return accept({ lenBytes, sha256: hash.digest('hex') });
}

interface SignedVersion {
  readonly version?: number;
  readonly sig: ImageSignature | null;
}

function readMcuboot(
  reader: ImageReader,
  input: ImageInput,
  imageKeys: readonly Uint8Array[] | null,
): Result<SignedVersion> {
  const hashed = verifyMcubootHash(reader);
  if (!hashed.ok) return hashed;
  const { image } = hashed.value;
  const counter = image.securityCounter;
  if (counter === null || (input.version !== undefined && input.version !== counter)) {
    const seen = counter === null ? 'no security counter' : `security counter ${counter}`;
    const wanted = input.version === undefined ? 'one is needed (imgtool --security-counter)' : `not ${input.version}`;
    return refuse('bundle.image-counter', `${input.path} carries ${seen}, ${wanted}.`, { path: input.path, counter });
  }
  if (imageKeys === null) return accept({ version: counter, sig: null });
  const signed = verifyMcubootImage({ image: reader, keys: imageKeys });
  if (!signed.ok) return signed;
  return accept({ version: counter, sig: copySignature(image, signed.value.signedBy, imageKeys) });
}

/** The image's own signature in the manifest's form; null where its key is of a kind that the manifest has no name for. */
function copySignature(image: McubootImage, signedBy: string, imageKeys: readonly Uint8Array[]): ImageSignature | null {
  const spki = imageKeys.find((key) => sha256Hex(key) === signedBy);
  const algorithm = spki === undefined ? null : algorithmOf(readImageKey(spki));
  if (algorithm === null) return null;
  const tlv = image.tlvs.find(({ type }) => SIGNATURE_TLVS[algorithm].includes(type));
  return tlv === undefined ? null : { algorithm, key: signedBy, value: Buffer.from(tlv.value).toString('base64') };
}
