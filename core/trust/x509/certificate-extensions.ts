import { DerFields, expectTag, fieldsOf, sequenceOf } from '../der/der-fields.ts';
import { checkInteger, DerError, type DerNode } from '../der/read-der.ts';
import {
  readNamedBits,
  readOctets,
  readOid,
  readSmallInteger,
  readTrueFlag,
  smallIntegerOf,
} from '../der/read-values.ts';
import { contextConstructed, contextPrimitive, tag } from '../der/tag.ts';
import { oid } from '../oid.ts';
import { type Extension, readExtensionValue } from './extension.ts';
import { checkAccessDescriptions, type GeneralName, readGeneralName, readGeneralNames } from './general-name.ts';

/** Bits of keyUsage (RFC 5280 §4.2.1.3). */
export const keyUsageBit = { digitalSignature: 0, contentCommitment: 1, keyCertSign: 5, crlSign: 6 } as const;
const lastKeyUsageBit = 8;

export interface BasicConstraints {
  readonly ca: boolean;
  readonly pathLen: number | undefined;
}

export interface AuthorityKeyIdentifier {
  readonly keyId: Uint8Array | undefined;
  readonly issuer: readonly GeneralName[] | undefined;
  readonly serial: Uint8Array | undefined;
}

export interface NameConstraints {
  readonly permitted: readonly GeneralName[];
  readonly excluded: readonly GeneralName[];
}

/** The extensions that Drydock processes, by their names in RFC 5280 §4.2; undefined where the certificate has none. */
export interface CertificateExtensions {
  readonly basicConstraints: BasicConstraints | undefined;
  readonly keyUsage: ReadonlySet<number> | undefined;
  readonly extendedKeyUsage: readonly string[] | undefined;
  readonly subjectKeyIdentifier: Uint8Array | undefined;
  readonly authorityKeyIdentifier: AuthorityKeyIdentifier | undefined;
  readonly subjectAltName: readonly GeneralName[] | undefined;
  readonly nameConstraints: NameConstraints | undefined;
  /** Types of the qualifiers in certificatePolicies. */
  readonly policyQualifiers: readonly string[];
}

/** Reads every extension that Drydock knows, so that a malformed one is found even where nothing would have used it. */
export function readCertificateExtensions(extensions: readonly Extension[]): CertificateExtensions {
  const read = <T>(type: string, readValue: (node: DerNode) => T): T | undefined => {
    const extension = extensions.find((candidate) => candidate.oid === type);
    return extension === undefined ? undefined : readValue(readExtensionValue(extension));
  };
  read(oid.issuerAltName, (node) => readGeneralNames(expectTag(node, tag.sequence, 'issuerAltName'), 'issuerAltName'));
  read(oid.authorityInfoAccess, (node) => checkAccessDescriptions(node, 'authorityInfoAccess'));
  read(oid.subjectInfoAccess, (node) => checkAccessDescriptions(node, 'subjectInfoAccess'));
  read(oid.policyConstraints, checkPolicyConstraints);
  read(oid.inhibitAnyPolicy, (node) => readSmallInteger(node, 'inhibitAnyPolicy'));
  return {
    basicConstraints: read(oid.basicConstraints, readBasicConstraints),
    keyUsage: read(oid.keyUsage, readKeyUsage),
    extendedKeyUsage: read(oid.extendedKeyUsage, readExtendedKeyUsage),
    subjectKeyIdentifier: read(oid.subjectKeyIdentifier, (node) => readKeyId(readOctets(node, 'subjectKeyIdentifier'))),
    authorityKeyIdentifier: read(oid.authorityKeyIdentifier, readAuthorityKeyIdentifier),
    subjectAltName: read(oid.subjectAltName, (node) =>
      readGeneralNames(expectTag(node, tag.sequence, 'subjectAltName'), 'subjectAltName'),
    ),
    nameConstraints: read(oid.nameConstraints, readNameConstraints),
    policyQualifiers: read(oid.certificatePolicies, readCertificatePolicies) ?? [],
  };
}

/** §4.2.1.9: pathLenConstraint is meaningful for a CA only. */
function readBasicConstraints(node: DerNode): BasicConstraints {
  const fields = fieldsOf(node, 'basicConstraints');
  const ca = readTrueFlag(fields.optional(tag.boolean), 'cA');
  const length = fields.optional(tag.integer);
  fields.end();
  if (length !== undefined && !ca)
    throw new DerError('basicConstraints has a path length although cA is FALSE (RFC 5280 §4.2.1.9)');
  return { ca, pathLen: length === undefined ? undefined : readSmallInteger(length, 'pathLenConstraint') };
}

/** §4.2.1.3: at least one bit is set, none beyond decipherOnly. */
function readKeyUsage(node: DerNode): ReadonlySet<number> {
  const bits = readNamedBits(expectTag(node, tag.bitString, 'keyUsage'), 'keyUsage');
  if (bits.size === 0) throw new DerError('keyUsage has no bit set (RFC 5280 §4.2.1.3)');
  if (Math.max(...bits) > lastKeyUsageBit) throw new DerError('keyUsage has a bit that is not defined');
  return bits;
}

/** §4.2.1.12. */
function readExtendedKeyUsage(node: DerNode): readonly string[] {
  return sequenceOf(node, 'extendedKeyUsage', 64).map((purpose) => readOid(purpose, 'a key purpose'));
}

function readKeyId(octets: Uint8Array): Uint8Array {
  if (octets.length === 0 || octets.length > 64) throw new DerError('a key identifier is empty or too long');
  return octets;
}

/** §4.2.1.1: issuer and serial come together or not at all. */
export function readAuthorityKeyIdentifier(node: DerNode): AuthorityKeyIdentifier {
  const fields = fieldsOf(node, 'authorityKeyIdentifier');
  const keyId = fields.optional(contextPrimitive(0));
  const issuer = fields.optional(contextConstructed(1));
  const serial = fields.optional(contextPrimitive(2));
  fields.end();
  if ((issuer === undefined) !== (serial === undefined))
    throw new DerError('authorityKeyIdentifier has an issuer without a serial number, or the reverse');
  if (serial !== undefined) checkInteger(serial.content);
  return {
    keyId: keyId && readKeyId(keyId.content),
    issuer: issuer && readGeneralNames(issuer, 'authorityCertIssuer'),
    serial: serial?.content,
  };
}

/** §4.2.1.10: at least one of both lists; `minimum` is its default 0 (so DER leaves it out) and `maximum` absent. */
function readNameConstraints(node: DerNode): NameConstraints {
  const fields = fieldsOf(node, 'nameConstraints');
  const permitted = readSubtrees(fields.optional(contextConstructed(0)));
  const excluded = readSubtrees(fields.optional(contextConstructed(1)));
  fields.end();
  if (permitted.length + excluded.length === 0) throw new DerError('nameConstraints is empty (RFC 5280 §4.2.1.10)');
  return { permitted, excluded };
}

function readSubtrees(node: DerNode | undefined): readonly GeneralName[] {
  if (node === undefined) return [];
  if (node.children.length === 0) throw new DerError('nameConstraints has an empty list (RFC 5280 §4.2.1.10)');
  if (node.children.length > 1024) throw new DerError('nameConstraints has too many subtrees');
  return node.children.map((subtree) => {
    const fields = fieldsOf(subtree, 'a name constraint');
    const base = readGeneralName(fields.any('base'), 'a name constraint');
    fields.end();
    if (base.form === 'iPAddress') checkAddressRange(base.octets);
    return base;
  });
}

/** An address and a mask of the same length, in CIDR form (§4.2.1.10, RFC 4632). */
function checkAddressRange(octets: Uint8Array): void {
  if (octets.length !== 8 && octets.length !== 32)
    throw new DerError('an iPAddress constraint is not an address and a mask');
  const mask = [...octets.subarray(octets.length / 2)].map((octet) => octet.toString(2).padStart(8, '0')).join('');
  if (mask.includes('01')) throw new DerError('an iPAddress constraint has a mask that is not a prefix');
}

/** §4.2.1.4: read for its form, and for the types of qualifiers; Drydock asks for no policy. */
function readCertificatePolicies(node: DerNode): readonly string[] {
  const types: string[] = [];
  const seen = new Set<string>();
  for (const information of sequenceOf(node, 'certificatePolicies', 64)) {
    const fields = fieldsOf(information, 'certificatePolicies');
    const policy = readOid(fields.next(tag.oid, 'policy'), 'a policy');
    const qualifiers = fields.optional(tag.sequence);
    fields.end();
    if (seen.has(policy))
      throw new DerError(`certificatePolicies names the policy ${policy} twice (RFC 5280 §4.2.1.4)`);
    seen.add(policy);
    if (qualifiers !== undefined)
      types.push(...sequenceOf(qualifiers, 'policyQualifiers', 64).map(readPolicyQualifier));
  }
  return types;
}

function readPolicyQualifier(node: DerNode): string {
  const fields = fieldsOf(node, 'a policy qualifier');
  const type = readOid(fields.next(tag.oid, 'type'), 'a policy qualifier');
  const value = fields.any('value');
  fields.end();
  if (type === oid.cpsQualifier) expectTag(value, tag.ia5String, 'a certification practice statement');
  if (type === oid.userNoticeQualifier) checkUserNotice(value);
  return type;
}

function checkUserNotice(node: DerNode): void {
  const fields = fieldsOf(node, 'a user notice');
  const reference = fields.optional(tag.sequence);
  if (reference !== undefined) {
    const parts = new DerFields(reference.children, 'a notice reference');
    checkDisplayText(parts.any('organization'));
    for (const number of expectTag(parts.any('noticeNumbers'), tag.sequence, 'noticeNumbers').children)
      expectTag(number, tag.integer, 'a notice number');
    parts.end();
  }
  const text = fields.anyOptional();
  if (text !== undefined) checkDisplayText(text);
  fields.end();
}

function checkDisplayText(node: DerNode): void {
  const isText = [tag.utf8String, tag.ia5String, tag.visibleString, tag.bmpString].some((type) => type === node.tag);
  if (!isText) throw new DerError('a user notice has a text of the wrong type');
}

/** §4.2.1.11: not an empty sequence. */
function checkPolicyConstraints(node: DerNode): void {
  const fields = fieldsOf(node, 'policyConstraints');
  const values = [fields.optional(contextPrimitive(0)), fields.optional(contextPrimitive(1))].filter(
    (value) => value !== undefined,
  );
  fields.end();
  if (values.length === 0) throw new DerError('policyConstraints is empty (RFC 5280 §4.2.1.11)');
  for (const value of values) {
    checkInteger(value.content);
    smallIntegerOf(value.content, 'policyConstraints');
  }
}
