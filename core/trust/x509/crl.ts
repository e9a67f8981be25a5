import type { Result } from '../../../contract/result.ts';
import { type AlgorithmIdentifier, readAlgorithm } from '../algorithm.ts';
import { expectTag, fieldsOf, onlyChild } from '../der/der-fields.ts';
import {
  checkBoolean,
  checkInteger,
  DerError,
  type DerLimits,
  type DerNode,
  readDer,
  readHeader,
} from '../der/read-der.ts';
import { readStrictly } from '../der/read-strictly.ts';
import { readNamedBits, readSmallInteger, smallIntegerOf } from '../der/read-values.ts';
import { readGeneralizedTime, readTime } from '../der/read-time.ts';
import { contextConstructed, contextPrimitive, tag } from '../der/tag.ts';
import { oid } from '../oid.ts';
import { type AuthorityKeyIdentifier, readAuthorityKeyIdentifier } from './certificate-extensions.ts';
import { type Extension, readExtensions, readExtensionValue } from './extension.ts';
import { readGeneralNames } from './general-name.ts';
import { type DistinguishedName, readName } from './name.ts';
import { readSignedObject, type SignedObject } from './signed-object.ts';

/** A certificate revocation list (RFC 5280 §5.1), read and not yet trusted. */
export interface Crl extends SignedObject {
  readonly version: number;
  readonly tbsSignatureAlgorithm: AlgorithmIdentifier;
  readonly issuer: DistinguishedName;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
  /** Serial number (hex of its content octets) → when it was revoked. */
  readonly revoked: ReadonlyMap<string, Date>;
  readonly extensionList: readonly Extension[];
  /** OIDs of critical entry extensions, which change what an entry means. */
  readonly criticalEntryExtensions: ReadonlySet<string>;
  readonly authorityKeyIdentifier: AuthorityKeyIdentifier | undefined;
  /** §5.2.3; undefined where the list has none. */
  readonly crlNumber: bigint | undefined;
  /** It speaks of other issuers' certificates too. */
  readonly isIndirect: boolean;
  /** It leaves certificates or reasons out on purpose: what it does not list may still be revoked. */
  readonly isPartial: boolean;
}

const maxLenBytes = 2 * 1024 * 1024;

/** Entries, even with extensions, have more than four bytes a value; so the work on a list is bounded by its bytes. */
function limitsFor(der: Uint8Array): DerLimits {
  return { maxLenBytes, maxDepth: 24, maxNodes: 1024 + Math.floor(der.length / 4) };
}

/** Reads one DER CRL: `trust.crl-malformed`, `trust.extension-duplicate`. Verifies nothing. */
export function parseCrl(der: Uint8Array): Result<Crl> {
  return readStrictly('trust.crl-malformed', 'The revocation list', () => readCrl(readDer(der, limitsFor(der))));
}

/** The issuer's name as it stands in a list (§5.1), found without reading the rest: `trust.crl-malformed`. */
export function readCrlIssuer(der: Uint8Array): Result<Uint8Array> {
  return readStrictly('trust.crl-malformed', 'The revocation list', () => {
    const tbs = stepInto(der, stepInto(der, 0));
    const first = readHeader(der, tbs);
    const algorithm = first.tag === tag.integer ? readHeader(der, first.end) : first;
    const issuer = readHeader(der, algorithm.end);
    if (algorithm.tag !== tag.sequence || issuer.tag !== tag.sequence)
      throw new DerError('it does not name its issuer');
    return der.subarray(algorithm.end, issuer.end);
  });
}

/** Where the content of the SEQUENCE at `offset` begins. */
function stepInto(der: Uint8Array, offset: number): number {
  const header = readHeader(der, offset);
  if (header.tag !== tag.sequence) throw new DerError('it is not a SEQUENCE where it should be');
  return header.contentOffset;
}

export function serialKey(serial: Uint8Array): string {
  return Buffer.from(serial).toString('hex');
}

function readCrl(node: DerNode): Crl {
  const { outer, tbs } = readSignedObject(node, 'the CRL');
  return { ...outer, ...readTbsCertList(tbs) };
}

function readTbsCertList(tbs: DerNode): Omit<Crl, keyof SignedObject> {
  const fields = fieldsOf(tbs, 'tbsCertList');
  const version = readVersion(fields.optional(tag.integer));
  const tbsSignatureAlgorithm = readAlgorithm(fields.next(tag.sequence, 'signature algorithm'), 'tbsCertList');
  const issuer = readName(fields.next(tag.sequence, 'issuer'), 'the issuer');
  const thisUpdate = readTime(fields.any('thisUpdate'), 'thisUpdate');
  const nextUpdateNode = fields.optional(tag.utcTime) ?? fields.optional(tag.generalizedTime);
  const entries = readEntries(fields.optional(tag.sequence), version);
  const extensionsNode = fields.optional(contextConstructed(0));
  fields.end();
  if (extensionsNode !== undefined && version !== 2) throw new DerError('a v1 CRL has extensions');
  const extensionList =
    extensionsNode === undefined ? [] : readExtensions(onlyChild(extensionsNode, 'crlExtensions'), 'the CRL');
  return {
    version,
    tbsSignatureAlgorithm,
    issuer,
    thisUpdate,
    nextUpdate: nextUpdateNode && readTime(nextUpdateNode, 'nextUpdate'),
    ...entries,
    extensionList,
    ...readCrlExtensions(extensionList),
  };
}

/** §5.1.2.1: absent for v1, 1 for v2. */
function readVersion(node: DerNode | undefined): number {
  if (node === undefined) return 1;
  if (readSmallInteger(node, 'version') !== 1) throw new DerError('version is not v2');
  return 2;
}

type Entries = Pick<Crl, 'revoked' | 'criticalEntryExtensions'>;

/** §5.1.2.6: the list is left out rather than empty; some issuers write an empty one, which says the same. */
function readEntries(node: DerNode | undefined, version: number): Entries {
  const revoked = new Map<string, Date>();
  const criticalEntryExtensions = new Set<string>();
  for (const entry of node?.children ?? []) {
    const fields = fieldsOf(entry, 'a CRL entry');
    const serial = fields.next(tag.integer, 'serial number').content;
    const revokedAt = readTime(fields.any('revocationDate'), 'revocationDate');
    const extensionsNode = fields.optional(tag.sequence);
    fields.end();
    if (extensionsNode !== undefined && version !== 2) throw new DerError('a v1 CRL has entry extensions');
    const extensions = extensionsNode === undefined ? [] : readExtensions(extensionsNode, 'a CRL entry');
    extensions.forEach(checkEntryExtension);
    for (const extension of extensions) if (extension.critical) criticalEntryExtensions.add(extension.oid);
    revoked.set(serialKey(serial), revokedAt);
  }
  return { revoked, criticalEntryExtensions };
}

/** §5.3.1 to §5.3.3. */
function checkEntryExtension(extension: Extension): void {
  switch (extension.oid) {
    case oid.reasonCode:
      checkReason(readExtensionValue(extension));
      break;
    case oid.invalidityDate:
      readGeneralizedTime(readExtensionValue(extension), 'invalidityDate');
      break;
    case oid.certificateIssuer:
      readGeneralNames(
        expectTag(readExtensionValue(extension), tag.sequence, 'certificateIssuer'),
        'certificateIssuer',
      );
      break;
  }
}

/** §5.3.1: 7 is not used; removeFromCRL (8) stands in delta CRLs only, which Drydock does not take. */
function checkReason(node: DerNode): void {
  expectTag(node, tag.enumerated, 'reasonCode');
  const reason = smallIntegerOf(node.content, 'reasonCode', 10);
  if (reason === 7 || reason === 8) throw new DerError(`reasonCode is ${reason}, which no complete CRL has`);
}

type ReadExtensions = Pick<Crl, 'authorityKeyIdentifier' | 'crlNumber' | 'isIndirect' | 'isPartial'>;

function readCrlExtensions(extensions: readonly Extension[]): ReadExtensions {
  const find = (type: string): DerNode | undefined => {
    const extension = extensions.find((candidate) => candidate.oid === type);
    return extension && readExtensionValue(extension);
  };
  const keyIdentifier = find(oid.authorityKeyIdentifier);
  const number = find(oid.crlNumber);
  const point = find(oid.issuingDistributionPoint);
  return {
    authorityKeyIdentifier: keyIdentifier && readAuthorityKeyIdentifier(keyIdentifier),
    crlNumber: number && readCrlNumber(number),
    isIndirect: point !== undefined && readIsIndirect(point),
    // §5.2.5: each field of the extension narrows the list, and an empty one is forbidden.
    isPartial: point !== undefined,
  };
}

/** §5.2.3: not negative, at most 20 octets. */
function readCrlNumber(node: DerNode): bigint {
  expectTag(node, tag.integer, 'cRLNumber');
  checkInteger(node.content);
  if (node.content.length > 20 || (node.content[0] ?? 0x80) >= 0x80)
    throw new DerError('cRLNumber is negative or too long');
  return BigInt(`0x${Buffer.from(node.content).toString('hex')}`);
}

/** §5.2.5: distributionPoint, onlyContainsUserCerts, onlyContainsCACerts, onlySomeReasons, indirectCRL, onlyContainsAttributeCerts. */
function readIsIndirect(node: DerNode): boolean {
  const fields = fieldsOf(node, 'issuingDistributionPoint');
  fields.optional(contextConstructed(0));
  const flag = (number: number): boolean => {
    const value = fields.optional(contextPrimitive(number));
    if (value === undefined) return false;
    checkBoolean(value.content);
    if (value.content[0] === 0) throw new DerError('issuingDistributionPoint spells out a default FALSE (BER)');
    return true;
  };
  flag(1);
  flag(2);
  const reasons = fields.optional(contextPrimitive(3));
  if (reasons !== undefined) readNamedBits(reasons, 'onlySomeReasons');
  const isIndirect = flag(4);
  flag(5);
  fields.end();
  return isIndirect;
}
