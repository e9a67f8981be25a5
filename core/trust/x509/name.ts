import { fieldsOf, expectTag, setOf } from '../der/der-fields.ts';
import { DerError, type DerNode } from '../der/read-der.ts';
import { readOid } from '../der/read-values.ts';
import { tag } from '../der/tag.ts';
import { oid } from '../oid.ts';

const maxRdns = 128;
const maxAttributesPerRdn = 16;
const maxShownLength = 80;

/**
 * What a value may be besides a character string: x500UniqueIdentifier is a BIT STRING (X.520 §6.2.7), postalAddress a SEQUENCE (§6.6.1).
 * OpenSSL takes no others either; a path that only one of the two can read would be nobody's proof.
 */
const textlessTypes: ReadonlySet<number> = new Set([tag.bitString, tag.sequence]);

export interface NameAttribute {
  readonly type: string;
  /** The value with its type, as it stands in the name. */
  readonly rawValue: Uint8Array;
  /** The value where it is a character string. */
  readonly text: string | undefined;
}

/** A distinguished name (RFC 5280 §4.1.2.4). Names are chained by `raw`, byte for byte. */
export interface DistinguishedName {
  readonly raw: Uint8Array;
  readonly rdns: readonly (readonly NameAttribute[])[];
}

export function readName(node: DerNode, field: string): DistinguishedName {
  expectTag(node, tag.sequence, field);
  if (node.children.length > maxRdns) throw new DerError(`${field} has too many parts`);
  const rdns = node.children.map((rdn) =>
    setOf(expectTag(rdn, tag.set, field), field, maxAttributesPerRdn).map((attribute) =>
      readAttribute(attribute, field),
    ),
  );
  return { raw: node.raw, rdns };
}

/** Names are described in every refusal, and a hostile one is long. */
const described = new WeakMap<DistinguishedName, string>();

/** For a person: the common name, else every text of the name; control and direction characters are replaced. */
export function describeName(name: DistinguishedName): string {
  const known = described.get(name);
  if (known !== undefined) return known;
  const text = composeDescription(name);
  described.set(name, text);
  return text;
}

function composeDescription(name: DistinguishedName): string {
  const attributes = name.rdns.flat();
  const commonName = attributes.find((attribute) => attribute.type === oid.commonName)?.text;
  const shown = commonName ?? attributes.flatMap(({ text }) => text ?? []).join(', ');
  const safe = shown.slice(0, maxShownLength).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\ufffd');
  return safe === '' ? '(no name)' : safe;
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

function readAttribute(node: DerNode, field: string): NameAttribute {
  const fields = fieldsOf(node, field);
  const type = readOid(fields.next(tag.oid, 'attribute type'), 'an attribute type');
  const value = fields.any('attribute value');
  fields.end();
  const text = readText(value, field);
  if (text === undefined && !textlessTypes.has(value.tag))
    throw new DerError(`${field} has an attribute value of a type that names do not use`);
  return { type, rawValue: value.raw, text };
}

function readText(node: DerNode, field: string): string | undefined {
  const bytes = Buffer.from(node.content);
  switch (node.tag) {
    case tag.utf8String:
      return decode('utf-8', bytes, field);
    case tag.printableString:
    case tag.ia5String:
    case tag.numericString:
      if (bytes.some((byte) => byte > 0x7f)) throw new DerError(`${field} has a string with bytes that are not ASCII`);
      return bytes.toString('latin1');
    case tag.teletexString:
      return bytes.toString('latin1');
    case tag.bmpString:
      return decode('utf-16be', bytes, field);
    case tag.universalString:
      return decodeUtf32(bytes, field);
    default:
      return undefined;
  }
}

/** UCS-4, big-endian (X.690 §8.23.7). */
function decodeUtf32(bytes: Buffer, field: string): string {
  if (bytes.length % 4 !== 0) throw new DerError(`${field} has a UniversalString that is cut off`);
  let text = '';
  for (let at = 0; at < bytes.length; at += 4) {
    const point = bytes.readUInt32BE(at);
    if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))
      throw new DerError(`${field} has a UniversalString with what is no character`);
    text += String.fromCodePoint(point);
  }
  return text;
}

function decode(encoding: 'utf-8' | 'utf-16be', bytes: Uint8Array, field: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new DerError(`${field} has a string that is not ${encoding.toUpperCase()}`, { cause });
  }
}
