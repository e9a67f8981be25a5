import { fieldsOf, expectTag, setOf } from '../der/der-fields.ts';
import { DerError, type DerNode } from '../der/read-der.ts';
import { readOid } from '../der/read-values.ts';
import { tag } from '../der/tag.ts';
import { oid } from '../oid.ts';

const maxRdns = 128;
const maxAttributesPerRdn = 16;
const maxShownLength = 80;

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

/** For a person: the common name, else every text of the name; control and direction characters are replaced. */
export function describeName(name: DistinguishedName): string {
  const attributes = name.rdns.flat();
  const commonName = attributes.find((attribute) => attribute.type === oid.commonName)?.text;
  const shown = commonName ?? attributes.flatMap(({ text }) => text ?? []).join(', ');
  const safe = shown.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\ufffd').slice(0, maxShownLength);
  return safe === '' ? '(no name)' : safe;
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/** Whether `name` lies in the subtree `base`: its first RDNs equal those of `base` (RFC 5280 §4.2.1.10, §7.1). */
export function isInSubtree(name: DistinguishedName, base: DistinguishedName): boolean {
  return base.rdns.every((rdn, i) => {
    const other = name.rdns[i];
    return other !== undefined && rdnKey(rdn) === rdnKey(other);
  });
}

/** Whether two names are the same, however their texts are spelled (RFC 5280 §7.1). */
export function isSameName(a: DistinguishedName, b: DistinguishedName): boolean {
  return a.rdns.length === b.rdns.length && isInSubtree(a, b);
}

/**
 * Text values compare without regard to case and to runs of space, whatever string type holds them (RFC 5280 §7.1, RFC 4518), so that a
 * respelled name cannot slip past an excluded subtree. Everything else compares by its bytes.
 */
function rdnKey(rdn: readonly NameAttribute[]): string {
  return rdn
    .map(({ type, rawValue, text }) =>
      text === undefined ? `${type}#${Buffer.from(rawValue).toString('hex')}` : `${type}=${foldText(text)}`,
    )
    .sort()
    .join('\u0000');
}

function foldText(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim().replace(/\s+/gu, ' ');
}

function readAttribute(node: DerNode, field: string): NameAttribute {
  const fields = fieldsOf(node, field);
  const type = readOid(fields.next(tag.oid, 'attribute type'), 'an attribute type');
  const value = fields.any('attribute value');
  fields.end();
  return { type, rawValue: value.raw, text: readText(value, field) };
}

function readText(node: DerNode, field: string): string | undefined {
  const bytes = Buffer.from(node.content);
  switch (node.tag) {
    case tag.utf8String:
      return decode('utf-8', bytes, field);
    case tag.printableString:
    case tag.ia5String:
    case tag.numericString:
    case tag.visibleString:
      if (bytes.some((byte) => byte > 0x7f)) throw new DerError(`${field} has a string with bytes that are not ASCII`);
      return bytes.toString('latin1');
    case tag.teletexString:
      return bytes.toString('latin1');
    case tag.bmpString:
      return decode('utf-16be', bytes, field);
    default:
      return undefined;
  }
}

function decode(encoding: 'utf-8' | 'utf-16be', bytes: Uint8Array, field: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new DerError(`${field} has a string that is not ${encoding.toUpperCase()}`, { cause });
  }
}
