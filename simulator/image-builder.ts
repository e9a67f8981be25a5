import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { hashPublicKey } from './boot-loader/image-check.ts';
import {
  HEADER_BYTES,
  IMAGE_MAGIC,
  PROTECTED_TLV_INFO_MAGIC,
  TLV_INFO_BYTES,
  TLV_INFO_MAGIC,
  TlvType,
} from './boot-loader/image.ts';
import { hashNameOf, hashTlv, signatureTlv } from './boot-loader/signing-scheme.ts';
import { encodeDescription, type FirmwareDescription } from './firmware-description.ts';
import { SeededRandom } from './seeded-random.ts';

export interface ImageRecipe {
  /** `major.minor.revision+build`. */
  readonly version: string;
  /** Left out: the image has no security counter TLV. */
  readonly securityCounter?: number;
  /** Anything not given: runs on "vu-a", one self-test "flash" that passes, starts normally. */
  readonly description?: Partial<FirmwareDescription>;
  /** Raw body in place of a description: a firmware that no virtual unit can run. */
  readonly rawBody?: Uint8Array;
  /** The body is filled up to this size with bytes that follow from the version. */
  readonly bodyBytes?: number;
  readonly headerBytes?: number;
  readonly flags?: number;
  /** Private key: ECDSA P-256 or P-384, or Ed25519; its kind decides the hash (SHA-256, -384, -512). Left out: the image is not signed. */
  readonly signingKey?: KeyObject;
}

/** Makes an MCUboot image as `imgtool sign` does: header, body, protected TLVs, hash, key hash, signature; no trailer. */
export function buildImage(recipe: ImageRecipe): Buffer {
  const body = makeBody(recipe);
  const protectedTlvs = makeProtectedTlvs(recipe.securityCounter);
  const header = makeHeader(recipe, body.length, protectedTlvs.length);
  const hashed = Buffer.concat([header, body, protectedTlvs]);
  const { signingKey } = recipe;
  const tlvs = [hashTlv(hashNameOf(signingKey), hashed)];
  if (signingKey !== undefined) {
    tlvs.push({ type: TlvType.keyHash, value: hashPublicKey(createPublicKey(signingKey)) });
    tlvs.push(signatureTlv(signingKey, hashed));
  }
  const entries = tlvs.map(({ type, value }) => makeTlv(type, value));
  return Buffer.concat([hashed, makeTlvArea(TLV_INFO_MAGIC, entries)]);
}

export const DEFAULT_DESCRIPTION: FirmwareDescription = {
  hardware: ['vu-a'],
  selfTests: [{ name: 'flash', passes: true, detail: 'flash content matches its hash' }],
  selfTestMs: 0,
  start: 'normal',
  onFailure: 'wait',
};

function makeBody(recipe: ImageRecipe): Buffer {
  const content = recipe.rawBody ?? encodeDescription({ ...DEFAULT_DESCRIPTION, ...recipe.description });
  const fillBytes = Math.max(0, (recipe.bodyBytes ?? 0) - content.length);
  const seed = createHash('sha256').update(recipe.version).digest().readUInt32LE(0);
  return Buffer.concat([content, new SeededRandom(seed).bytes(fillBytes)]);
}

function makeHeader(recipe: ImageRecipe, bodyBytes: number, protectedTlvBytes: number): Buffer {
  const match = /^(\d+)\.(\d+)\.(\d+)\+(\d+)$/.exec(recipe.version);
  if (match === null) throw new TypeError(`version "${recipe.version}" is not major.minor.revision+build`);
  const [, major, minor, revision, build] = match.map(Number);
  const headerBytes = recipe.headerBytes ?? HEADER_BYTES;
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32LE(IMAGE_MAGIC, 0);
  header.writeUInt16LE(headerBytes, 8);
  header.writeUInt16LE(protectedTlvBytes, 10);
  header.writeUInt32LE(bodyBytes, 12);
  header.writeUInt32LE(recipe.flags ?? 0, 16);
  header.writeUInt8(major ?? 0, 20);
  header.writeUInt8(minor ?? 0, 21);
  header.writeUInt16LE(revision ?? 0, 22);
  header.writeUInt32LE(build ?? 0, 24);
  return header;
}

function makeProtectedTlvs(securityCounter: number | undefined): Buffer {
  if (securityCounter === undefined) return Buffer.alloc(0);
  const value = Buffer.alloc(4);
  value.writeUInt32LE(securityCounter);
  return makeTlvArea(PROTECTED_TLV_INFO_MAGIC, [makeTlv(TlvType.securityCounter, value)]);
}

function makeTlv(type: number, value: Uint8Array): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(type, 0);
  head.writeUInt16LE(value.length, 2);
  return Buffer.concat([head, value]);
}

function makeTlvArea(magic: number, entries: readonly Buffer[]): Buffer {
  const content = Buffer.concat(entries);
  const info = Buffer.alloc(TLV_INFO_BYTES);
  info.writeUInt16LE(magic, 0);
  info.writeUInt16LE(TLV_INFO_BYTES + content.length, 2);
  return Buffer.concat([info, content]);
}
