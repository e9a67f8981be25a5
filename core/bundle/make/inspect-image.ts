import { accept } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import { ImageFlag, formatImageVersion } from '../../mcuboot/image-header.ts';
import { toImageReader } from '../../mcuboot/image-source.ts';
import type { ImageReader } from '../../mcuboot/image-source.ts';
import { TlvType } from '../../mcuboot/image-tlv.ts';
import { parseMcubootImage } from '../../mcuboot/parse-image.ts';
import type { McubootImage } from '../../mcuboot/parse-image.ts';
import { verifyMcubootHash } from '../../mcuboot/verify-hash.ts';
import type { Archive } from '../archive/archive-reader.ts';
import { readWholeEntry } from '../archive/entry-data.ts';
import type { ListedImage } from '../check-manifest.ts';
import { checkDeltaFrame } from '../delta/apply-delta.ts';
import { verifyImage } from '../images/verify-image.ts';

/** Inspection reads an image into memory; an MCUboot slot is far smaller than this. */
const LONGEST_INSPECTED_BYTES = 64 << 20;

const HASH_NAMES: Readonly<Record<number, string>> = {
  [TlvType.sha256]: 'SHA-256',
  [TlvType.sha384]: 'SHA-384',
  [TlvType.sha512]: 'SHA-512',
};
const SIGNATURE_NAMES: Readonly<Record<number, string>> = {
  [TlvType.rsa2048Pss]: 'RSA-2048 PSS',
  [TlvType.ecdsa224]: 'ECDSA P-224',
  [TlvType.ecdsa]: 'ECDSA',
  [TlvType.rsa3072Pss]: 'RSA-3072 PSS',
  [TlvType.ed25519]: 'Ed25519',
};

/** What an MCUboot image says of itself. */
export interface McubootFacts {
  /** `major.minor.revision+build` */
  readonly version: string;
  readonly securityCounter: number | null;
  readonly hashes: readonly string[];
  /** Kinds of the signatures that it carries, whether they verify or not. */
  readonly signatures: readonly string[];
  /** True where the image itself is signed and not its hash. */
  readonly isPure: boolean;
  readonly isEncrypted: boolean;
  /** `image 1 >= 2.0.0+0` */
  readonly dependencies: readonly string[];
}

export interface InspectedImage {
  /** Why a station would refuse it. */
  readonly verdict: Result<void>;
  /** Null where the image is no MCUboot image, is malformed, or is too large to be inspected. */
  readonly mcuboot: McubootImage | null;
}

/**
 * Reads an image, and checks it as `verifyImage` does where the boot loader's keys are given, an MCUboot image's form and hash
 * otherwise. A larger image than 64 MiB passes here: its length and hash were checked, the station checks the rest. So does
 * a delta, once it is one whole frame: what it leads to can be seen with its base only.
 */
export async function inspectImage(
  archive: Archive,
  listed: ListedImage,
  imageKeys: readonly Uint8Array[] | null,
): Promise<InspectedImage> {
  if (listed.image.len > LONGEST_INSPECTED_BYTES) return { verdict: accept(undefined), mcuboot: null };
  const bytes = await readWholeEntry(archive.file, listed.entry);
  if (!bytes.ok) return { verdict: bytes, mcuboot: null };
  const { image } = listed;
  if (image.delta) return { verdict: checkDeltaFrame(image.delta.file, bytes.value, image.len), mcuboot: null };
  const reader = toImageReader(bytes.value);
  const parsed = listed.image.format === 'mcuboot' ? parseMcubootImage(reader) : null;
  return { verdict: judge(reader, listed, imageKeys), mcuboot: parsed?.ok === true ? parsed.value : null };
}

function judge(reader: ImageReader, { image }: ListedImage, imageKeys: readonly Uint8Array[] | null): Result<void> {
  if (imageKeys !== null) return verifyImage(reader, image, imageKeys);
  if (image.format !== 'mcuboot') return accept(undefined);
  const hashed = verifyMcubootHash(reader);
  return hashed.ok ? accept(undefined) : hashed;
}

export function describeMcuboot({ header, version, securityCounter, tlvs, dependencies }: McubootImage): McubootFacts {
  const namesOf = (names: Readonly<Record<number, string>>): string[] => tlvs.flatMap(({ type }) => names[type] ?? []);
  return {
    version,
    securityCounter,
    hashes: namesOf(HASH_NAMES),
    signatures: namesOf(SIGNATURE_NAMES),
    isPure: tlvs.some(({ type }) => type === TlvType.pureSignature),
    isEncrypted: (header.flags & (ImageFlag.encryptedAes128 | ImageFlag.encryptedAes256)) !== 0,
    dependencies: dependencies.map(
      ({ imageIndex, minVersion }) => `image ${imageIndex} >= ${formatImageVersion(minVersion)}`,
    ),
  };
}
