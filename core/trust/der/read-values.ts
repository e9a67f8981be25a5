import { expectTag } from './der-fields.ts';
import { checkBitString, checkBoolean, DerError, type DerNode } from './read-der.ts';
import { tag } from './tag.ts';

/** BOOLEAN DEFAULT FALSE: DER leaves the default out (X.690 §11.5), so a value that is there must be TRUE. */
export function readTrueFlag(node: DerNode | undefined, name: string): boolean {
  if (node === undefined) return false;
  checkBoolean(node.content);
  if (node.content[0] === 0x00) throw new DerError(`${name} spells out its default FALSE (BER)`);
  return true;
}

/** A small INTEGER ≥ 0, such as a version or a path length. */
export function readSmallInteger(node: DerNode, name: string, max = 0x7fffffff): number {
  expectTag(node, tag.integer, name);
  return smallIntegerOf(node.content, name, max);
}

/** The content octets of an INTEGER or ENUMERATED (checked for shortest form) as a number from 0 to `max`. */
export function smallIntegerOf(content: Uint8Array, name: string, max = 0x7fffffff): number {
  if (content.length > 5 || (content[0] ?? 0x80) >= 0x80) throw new DerError(`${name} is negative or too big`);
  const value = content.reduce((sum, byte) => sum * 256 + byte, 0);
  if (value > max) throw new DerError(`${name} is ${value}, more than the ${max} allowed`);
  return value;
}

/** Dotted decimal, such as `2.5.29.15`. */
export function readOid(node: DerNode, name: string): string {
  return oidOf(expectTag(node, tag.oid, name).content, name);
}

/** The content octets of an OBJECT IDENTIFIER (checked for padding) in dotted decimal. */
export function oidOf(content: Uint8Array, name: string): string {
  if (content.length > 128) throw new DerError(`${name} is too long`);
  const components: bigint[] = [];
  let component = 0n;
  for (const byte of content) {
    component = (component << 7n) | BigInt(byte & 0x7f);
    if (byte >= 0x80) continue;
    components.push(component);
    component = 0n;
  }
  const [first = 0n, ...rest] = components;
  const root = first < 40n ? 0n : first < 80n ? 1n : 2n;
  return [root, first - root * 40n, ...rest].join('.');
}

export function readOctets(node: DerNode, name: string): Uint8Array {
  return expectTag(node, tag.octetString, name).content;
}

/** A BIT STRING of whole octets: a key or a signature. */
export function readBitOctets(node: DerNode, name: string): Uint8Array {
  expectTag(node, tag.bitString, name);
  if (node.content[0] !== 0) throw new DerError(`${name} does not end at an octet`);
  return node.content.subarray(1);
}

/** No list of named bits in certificates and CRLs has more than nine. */
const maxNamedBitLenBytes = 4;

/** A BIT STRING with named bits as the set of bit numbers; DER wants trailing zero bits cut off (X.690 §11.2.2). */
export function readNamedBits(node: DerNode, name: string): ReadonlySet<number> {
  const { content } = node;
  checkBitString(content);
  if (content.length > 1 + maxNamedBitLenBytes) throw new DerError(`${name} has bits that are not defined`);
  const unusedBits = content[0] ?? 0;
  const last = content[content.length - 1] ?? 0;
  if (content.length > 1 && (last & (1 << unusedBits)) === 0)
    throw new DerError(`${name} has trailing zero bits (BER)`);
  const bits = new Set<number>();
  for (const [octet, byte] of content.subarray(1).entries()) {
    for (let bit = 0; bit < 8; bit++) if ((byte & (0x80 >> bit)) !== 0) bits.add(octet * 8 + bit);
  }
  return bits;
}
