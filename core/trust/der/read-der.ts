import { tag } from './tag.ts';

/*
 * Why an own reader. node-forge's `asn1.fromDer` accepts indefinite and non-minimal lengths, an empty INTEGER, BOOLEAN 01,
 * constructed OCTET STRINGs and trailing bytes, folds distinct OIDs into one, and its nodes carry no offsets. "Re-encode and compare"
 * catches the lengths but not the values, and a signature covers exact bytes: tbsCertificate, Name and SignedAttributes must
 * be slices of the input, never a re-encoding. So what is signed is read here, and forge opens PKCS#12 files only.
 */

/** Bytes that are not the one DER encoding of what they should be. Never leaves the trust room: `readStrictly` turns it into a refusal. */
export class DerError extends Error {
  override readonly name = 'DerError';
}

/** One value. `raw` and `content` are views of the input: nothing is copied or re-encoded. */
export interface DerNode {
  /** The identifier octet; see `tag`. */
  readonly tag: number;
  /** Identifier, length and content. */
  readonly raw: Uint8Array;
  readonly content: Uint8Array;
  /** Values inside a constructed one; empty for a primitive one. */
  readonly children: readonly DerNode[];
}

/** What is refused before any work is done on it. */
export interface DerLimits {
  readonly maxLenBytes: number;
  readonly maxDepth: number;
  readonly maxNodes: number;
}

const constructedBit = 0x20;
const lowTagMask = 0x1f;

interface Budget {
  nodesLeft: number;
}

/** Reads exactly one DER value that fills `bytes` (X.690 §8, §10, §11). Throws `DerError`. */
export function readDer(bytes: Uint8Array, limits: DerLimits): DerNode {
  if (bytes.length > limits.maxLenBytes) {
    throw new DerError(`it has ${bytes.length} bytes, more than the ${limits.maxLenBytes} allowed`);
  }
  const node = readNode(bytes, 0, limits.maxDepth, { nodesLeft: limits.maxNodes });
  if (node.raw.length !== bytes.length) {
    throw new DerError(`${bytes.length - node.raw.length} bytes follow the end of the value`);
  }
  return node;
}

function readNode(bytes: Uint8Array, offset: number, depthLeft: number, budget: Budget): DerNode {
  if (depthLeft === 0) throw new DerError('its values are nested too deeply');
  if (budget.nodesLeft-- === 0) throw new DerError('it has too many values');

  const { tag: identifier, contentOffset, end } = readHeader(bytes, offset);
  const content = bytes.subarray(contentOffset, end);
  const children = (identifier & constructedBit) === 0 ? [] : readChildren(content, depthLeft - 1, budget);
  if ((identifier & constructedBit) === 0) checkPrimitive(identifier, content);
  return { tag: identifier, raw: bytes.subarray(offset, end), content, children };
}

/** Where a value's content begins and ends; `end` is the offset behind it. */
interface DerHeader {
  readonly tag: number;
  readonly contentOffset: number;
  readonly end: number;
}

/** Reads identifier and length of the value at `offset`, and nothing of its content. Throws `DerError`. */
export function readHeader(bytes: Uint8Array, offset: number): DerHeader {
  const identifier = byteAt(bytes, offset);
  checkIdentifier(identifier);
  const { lenBytes, contentOffset } = readLength(bytes, offset + 1);
  const end = contentOffset + lenBytes;
  if (end > bytes.length) throw new DerError('a length reaches beyond the end');
  return { tag: identifier, contentOffset, end };
}

function readChildren(content: Uint8Array, depthLeft: number, budget: Budget): DerNode[] {
  const children: DerNode[] = [];
  for (let offset = 0; offset < content.length;) {
    const child = readNode(content, offset, depthLeft, budget);
    children.push(child);
    offset += child.raw.length;
  }
  return children;
}

/** X.690 §8.1.2, §10.2: low tag numbers only; SEQUENCE and SET constructed, every other universal type primitive. */
function checkIdentifier(identifier: number): void {
  if ((identifier & lowTagMask) === lowTagMask) throw new DerError('a tag has the multi-byte form');
  const isUniversal = (identifier & 0xc0) === 0;
  if (!isUniversal) return;
  if (identifier === 0) throw new DerError('an end-of-contents marker stands where a value should (BER)');
  const number = identifier & lowTagMask;
  const mustBeConstructed = number === 0x10 || number === 0x11;
  const isConstructed = (identifier & constructedBit) !== 0;
  if (mustBeConstructed !== isConstructed) throw new DerError('a value is split into parts or lacks them (BER)');
}

/** X.690 §10.1: the definite form in the fewest octets. */
function readLength(bytes: Uint8Array, offset: number): { lenBytes: number; contentOffset: number } {
  const first = byteAt(bytes, offset);
  if (first < 0x80) return { lenBytes: first, contentOffset: offset + 1 };
  if (first === 0x80) throw new DerError('a length is indefinite (BER)');
  const octets = first & 0x7f;
  if (octets > 4) throw new DerError('a length has more than four octets');
  let lenBytes = 0;
  for (let i = 1; i <= octets; i++) lenBytes = lenBytes * 256 + byteAt(bytes, offset + i);
  const fewestOctets = lenBytes < 0x80 ? 0 : Math.ceil((32 - Math.clz32(lenBytes)) / 8);
  if (octets !== fewestOctets) throw new DerError('a length is not in its shortest form (BER)');
  return { lenBytes, contentOffset: offset + 1 + octets };
}

/** The rules of each primitive type, so that no later reader can forget one. */
function checkPrimitive(identifier: number, content: Uint8Array): void {
  switch (identifier) {
    case tag.boolean:
      checkBoolean(content);
      break;
    case tag.integer:
    case tag.enumerated:
      checkInteger(content);
      break;
    case tag.bitString:
      checkBitString(content);
      break;
    case tag.null:
      if (content.length !== 0) throw new DerError('a NULL has content');
      break;
    case tag.oid:
      checkOid(content);
      break;
  }
}

/** X.690 §11.1: TRUE is ff. Also for BOOLEANs under an implicit tag. */
export function checkBoolean(content: Uint8Array): void {
  if (content.length !== 1 || (content[0] !== 0x00 && content[0] !== 0xff)) {
    throw new DerError('a BOOLEAN is neither 00 nor ff');
  }
}

/** X.690 §8.3.2: not empty, no redundant leading octet. Also for INTEGERs under an implicit tag. */
export function checkInteger(content: Uint8Array): void {
  const [first, second] = content;
  if (first === undefined) throw new DerError('an INTEGER is empty');
  if (second === undefined) return;
  const redundant = (first === 0x00 && second < 0x80) || (first === 0xff && second >= 0x80);
  if (redundant) throw new DerError('an INTEGER is not in its shortest form');
}

/** X.690 §8.6.2, §11.2.1: the count of unused bits, which are zero. Also for BIT STRINGs under an implicit tag. */
export function checkBitString(content: Uint8Array): void {
  const [unusedBits] = content;
  const last = content[content.length - 1];
  if (unusedBits === undefined || last === undefined || unusedBits > 7)
    throw new DerError('a BIT STRING lacks its count of unused bits');
  if (unusedBits === 0) return;
  if (content.length === 1 || (last & ((1 << unusedBits) - 1)) !== 0)
    throw new DerError('a BIT STRING has unused bits that are not zero');
}

/** X.690 §8.19.2: complete components without leading padding. Also for OIDs under an implicit tag. */
export function checkOid(content: Uint8Array): void {
  const last = content[content.length - 1];
  if (last === undefined || last >= 0x80) throw new DerError('an OBJECT IDENTIFIER is empty or cut off');
  let startsComponent = true;
  for (const byte of content) {
    if (startsComponent && byte === 0x80) throw new DerError('an OBJECT IDENTIFIER is padded');
    startsComponent = byte < 0x80;
  }
}

function byteAt(bytes: Uint8Array, offset: number): number {
  const byte = bytes[offset];
  if (byte === undefined) throw new DerError('it ends in the middle of a value');
  return byte;
}
