import { expectTag, fieldsOf, onlyChild } from '../der/der-fields.ts';
import { checkOid, DerError, type DerNode } from '../der/read-der.ts';
import { oidOf, readOid } from '../der/read-values.ts';
import { contextConstructed, contextPrimitive, tag } from '../der/tag.ts';
import { type DistinguishedName, readName } from './name.ts';

/** A GeneralName (RFC 5280 §4.2.1.6). In a name constraint the same forms hold a subtree's base. */
export type GeneralName =
  | { readonly form: 'rfc822Name' | 'dNSName' | 'uniformResourceIdentifier'; readonly text: string }
  | { readonly form: 'iPAddress'; readonly octets: Uint8Array }
  | { readonly form: 'directoryName'; readonly name: DistinguishedName }
  | { readonly form: 'registeredID'; readonly oid: string }
  | { readonly form: 'otherName'; readonly type: string }
  | { readonly form: 'x400Address' | 'ediPartyName' };

const maxNames = 1024;

/** GeneralNames: at least one. `node` may carry an implicit tag. */
export function readGeneralNames(node: DerNode, field: string): readonly GeneralName[] {
  if (node.children.length === 0) throw new DerError(`${field} is empty`);
  if (node.children.length > maxNames) throw new DerError(`${field} has too many names`);
  return node.children.map((child) => readGeneralName(child, field));
}

export function readGeneralName(node: DerNode, field: string): GeneralName {
  switch (node.tag) {
    case contextConstructed(0):
      return readOtherName(node, field);
    case contextPrimitive(1):
      return { form: 'rfc822Name', text: readIa5(node, field) };
    case contextPrimitive(2):
      return { form: 'dNSName', text: readIa5(node, field) };
    case contextConstructed(3):
      return { form: 'x400Address' };
    case contextConstructed(4):
      return { form: 'directoryName', name: readName(onlyChild(node, field), field) };
    case contextConstructed(5):
      return { form: 'ediPartyName' };
    case contextPrimitive(6):
      return { form: 'uniformResourceIdentifier', text: readIa5(node, field) };
    case contextPrimitive(7):
      return { form: 'iPAddress', octets: node.content };
    case contextPrimitive(8):
      checkOid(node.content);
      return { form: 'registeredID', oid: oidOf(node.content, field) };
    default:
      throw new DerError(`${field} has a name of no known form`);
  }
}

function readOtherName(node: DerNode, field: string): GeneralName {
  const [type, value, ...others] = node.children;
  if (type === undefined || value === undefined || others.length > 0)
    throw new DerError(`${field} has a malformed otherName`);
  onlyChild(expectTag(value, contextConstructed(0), field), field);
  return { form: 'otherName', type: readOid(type, field) };
}

function readIa5(node: DerNode, field: string): string {
  if (node.content.some((byte) => byte > 0x7f)) throw new DerError(`${field} has a name that is not ASCII`);
  return Buffer.from(node.content).toString('latin1');
}

/** The accessLocation of each AccessDescription is read only to be sure that it is one (RFC 5280 §4.2.2.1). */
export function checkAccessDescriptions(node: DerNode, field: string): void {
  if (node.children.length === 0) throw new DerError(`${field} is empty`);
  for (const child of expectTag(node, tag.sequence, field).children) {
    const fields = fieldsOf(child, field);
    readOid(fields.any('access method'), field);
    readGeneralName(fields.any('access location'), field);
    fields.end();
  }
}
