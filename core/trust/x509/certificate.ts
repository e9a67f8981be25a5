import type { Result } from '../../../contract/result.ts';
import { type AlgorithmIdentifier, readAlgorithm } from '../algorithm.ts';
import { fieldsOf, onlyChild } from '../der/der-fields.ts';
import { checkBitString, DerError, type DerNode, readDer } from '../der/read-der.ts';
import { readStrictly } from '../der/read-strictly.ts';
import { readSmallInteger } from '../der/read-values.ts';
import { readTime } from '../der/read-time.ts';
import { contextConstructed, contextPrimitive, tag } from '../der/tag.ts';
import { parsePublicKey, type PublicKey } from '../public-key.ts';
import { type CertificateExtensions, readCertificateExtensions } from './certificate-extensions.ts';
import { type Extension, readExtensions } from './extension.ts';
import { type DistinguishedName, readName } from './name.ts';
import { readSignedObject, type SignedObject } from './signed-object.ts';

/** A certificate (RFC 5280 §4.1), read and not yet trusted. Every `Uint8Array` is a view of `der`. */
export interface Certificate extends SignedObject {
  readonly version: number;
  /** Content octets of the serial number, shortest form. */
  readonly serial: Uint8Array;
  readonly tbsSignatureAlgorithm: AlgorithmIdentifier;
  readonly issuer: DistinguishedName;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly subject: DistinguishedName;
  readonly spkiDer: Uint8Array;
  /** Refused where Drydock does not use keys of this kind. */
  readonly publicKey: Result<PublicKey>;
  readonly hasUniqueIds: boolean;
  readonly extensionList: readonly Extension[];
  readonly extensions: CertificateExtensions;
}

export const certificateLimits = { maxLenBytes: 256 * 1024, maxDepth: 24, maxNodes: 8192 };

/** Reads one DER certificate: `trust.certificate-malformed`, `trust.extension-duplicate`, `trust.algorithm-refused`. Verifies nothing. */
export function parseCertificate(der: Uint8Array): Result<Certificate> {
  return readStrictly('trust.certificate-malformed', 'The certificate', () =>
    readCertificate(readDer(der, certificateLimits)),
  );
}

function readCertificate(node: DerNode): Certificate {
  const { outer, tbs } = readSignedObject(node, 'the certificate');
  return { ...outer, ...readTbsCertificate(tbs) };
}

function readTbsCertificate(tbs: DerNode): Omit<Certificate, keyof SignedObject> {
  const fields = fieldsOf(tbs, 'tbsCertificate');
  const version = readVersion(fields.optional(contextConstructed(0)));
  const serial = fields.next(tag.integer, 'serialNumber').content;
  const tbsSignatureAlgorithm = readAlgorithm(fields.next(tag.sequence, 'signature algorithm'), 'tbsCertificate');
  const issuer = readName(fields.next(tag.sequence, 'issuer'), 'the issuer');
  const validity = fieldsOf(fields.next(tag.sequence, 'validity'), 'validity');
  const notBefore = readTime(validity.any('notBefore'), 'notBefore');
  const notAfter = readTime(validity.any('notAfter'), 'notAfter');
  validity.end();
  const subject = readName(fields.next(tag.sequence, 'subject'), 'the subject');
  const spkiDer = fields.next(tag.sequence, 'subjectPublicKeyInfo').raw;
  const hasUniqueIds = readUniqueIds(
    fields.optional(contextPrimitive(1)),
    fields.optional(contextPrimitive(2)),
    version,
  );
  const extensionList = readExtensionField(fields.optional(contextConstructed(3)), version);
  fields.end();
  return {
    version,
    serial,
    tbsSignatureAlgorithm,
    issuer,
    notBefore,
    notAfter,
    subject,
    spkiDer,
    publicKey: parsePublicKey(spkiDer),
    hasUniqueIds,
    extensionList,
    extensions: readCertificateExtensions(extensionList),
  };
}

/** §4.1.2.1: v1 is the default and therefore left out; v2 and v3 are 1 and 2. */
function readVersion(node: DerNode | undefined): number {
  if (node === undefined) return 1;
  const value = readSmallInteger(onlyChild(node, 'version'), 'version');
  if (value !== 1 && value !== 2) throw new DerError(`version is ${value}, which is not v2 or v3`);
  return value + 1;
}

/** §4.1.2.8: BIT STRINGs, from v2 on. */
function readUniqueIds(issuerId: DerNode | undefined, subjectId: DerNode | undefined, version: number): boolean {
  const ids = [issuerId, subjectId].filter((id) => id !== undefined);
  if (ids.length > 0 && version < 2) throw new DerError('a v1 certificate has unique identifiers');
  for (const id of ids) checkBitString(id.content);
  return ids.length > 0;
}

/** §4.1.2.9: extensions appear in v3 only. */
function readExtensionField(node: DerNode | undefined, version: number): readonly Extension[] {
  if (node === undefined) return [];
  if (version !== 3) throw new DerError(`a v${version} certificate has extensions`);
  return readExtensions(onlyChild(node, 'extensions'), 'the certificate');
}
