import { accept, refuse } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import { TlvType } from './image-tlv.ts';
import type { ImageTlv } from './image-tlv.ts';

/** The hashes that a boot loader may be built for, each with a TLV of its own: no two are of one length. */
const HASHES = [
  { type: TlvType.sha256, name: 'sha256', lenBytes: 32 },
  { type: TlvType.sha384, name: 'sha384', lenBytes: 48 },
  { type: TlvType.sha512, name: 'sha512', lenBytes: 64 },
] as const;

export interface ImageHash {
  readonly name: (typeof HASHES)[number]['name'];
  /** As the TLV states it; nothing was recomputed. */
  readonly digest: Uint8Array;
}

/**
 * The one hash TLV of an image: two would let two readers check two different ones. Refuses with `mcuboot.hash-missing`. Source: MCUboot
 * `EXPECTED_HASH_TLV` and `EXPECTED_HASH_LEN`.
 */
export function findImageHash(tlvs: readonly ImageTlv[]): Result<ImageHash> {
  const found = tlvs.flatMap((tlv) => {
    const hash = HASHES.find((candidate) => candidate.type === tlv.type);
    return hash === undefined ? [] : [{ hash, tlv }];
  });
  const [only] = found;
  if (only === undefined || found.length > 1) {
    return refuse('mcuboot.hash-missing', `The image carries ${found.length} hash TLVs instead of exactly one.`);
  }
  const { hash, tlv } = only;
  if (tlv.value.byteLength !== hash.lenBytes) {
    return refuse(
      'mcuboot.hash-missing',
      `The image's ${hash.name} TLV is ${tlv.value.byteLength} bytes long instead of ${hash.lenBytes}.`,
    );
  }
  return accept({ name: hash.name, digest: tlv.value });
}
