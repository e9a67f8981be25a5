import { createHash, type KeyObject } from 'node:crypto';
import { findTlv, parseImage, readSecurityCounter, TlvType, type ParsedImage } from './image.ts';
import { findHashFault, findSignatureFault, hashNameOf } from './signing-scheme.ts';

/** What is burnt into the boot loader and decides which image may boot. */
export interface ImagePolicy {
  /** ECDSA P-256 or P-384, or Ed25519: the boot loader is built for signatures of this kind, and for the hash that goes with them. */
  readonly publicKey: KeyObject;
  /** Lowest security counter accepted; undefined where the boot loader is built without downgrade prevention. */
  readonly minimumCounter: number | undefined;
  /** Largest image, header to last TLV. */
  readonly maxBytes: number;
}

export type ImageVerdict =
  { readonly ok: true; readonly image: ParsedImage } | { readonly ok: false; readonly fault: string };

/** Flags of images that need a boot loader with encryption, RAM load, a fixed address or decompression: this one has none. */
const UNSUPPORTED_FLAGS = 0x4 | 0x8 | 0x20 | 0x100 | 0x200 | 0x400;

/** Checks the image at the start of `bytes` as MCUboot's bootutil_img_validate does. Never throws on bad bytes. */
export function checkImage(bytes: Uint8Array, policy: ImagePolicy): ImageVerdict {
  const parsed = parseImage(bytes);
  if (!parsed.ok) return parsed;
  const { image } = parsed;
  const fault =
    checkForm(image, policy.maxBytes) ??
    findHashFault(bytes, image, hashNameOf(policy.publicKey)) ??
    checkKeyHash(image, policy.publicKey) ??
    checkSignature(bytes, image, policy.publicKey) ??
    checkCounter(image, policy.minimumCounter);
  return fault === undefined ? { ok: true, image } : { ok: false, fault };
}

function checkForm(image: ParsedImage, maxBytes: number): string | undefined {
  if (image.lenBytes > maxBytes) return `image of ${image.lenBytes} bytes leaves no room to swap`;
  if ((image.header.flags & UNSUPPORTED_FLAGS) !== 0) return 'image flags ask for a feature this boot loader lacks';
  return undefined;
}

function checkKeyHash(image: ParsedImage, publicKey: KeyObject): string | undefined {
  const stored = findTlv(image, TlvType.keyHash);
  if (stored === undefined) return 'no single key hash TLV';
  return hashPublicKey(publicKey).equals(stored.value)
    ? undefined
    : 'image is signed with a key this unit does not know';
}

function checkSignature(bytes: Uint8Array, image: ParsedImage, publicKey: KeyObject): string | undefined {
  if (findTlv(image, TlvType.pureSignature) !== undefined) return 'pure signatures are not supported';
  return findSignatureFault(bytes, image, publicKey);
}

function checkCounter(image: ParsedImage, minimumCounter: number | undefined): string | undefined {
  if (minimumCounter === undefined) return undefined;
  const counter = readSecurityCounter(image);
  if (counter === undefined) return 'no protected security counter TLV';
  return counter >= minimumCounter ? undefined : `security counter ${counter} is below ${minimumCounter}`;
}

/** Key hash TLV: SHA-256 of the DER SubjectPublicKeyInfo, as imgtool writes it for EC and Ed25519 keys. */
export function hashPublicKey(publicKey: KeyObject): Buffer {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest();
}
