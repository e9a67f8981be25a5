import { refuse, RefusalError, type Result } from '../../../contract/result.ts';
import { type AlgorithmIdentifier, readAlgorithm } from '../algorithm.ts';
import { expectTag, fieldsOf, onlyChild, setOf, unorderedSetOf } from '../der/der-fields.ts';
import { DerError, type DerNode, readDer } from '../der/read-der.ts';
import { readStrictly } from '../der/read-strictly.ts';
import { readOctets, readOid, readSmallInteger } from '../der/read-values.ts';
import { contextConstructed, contextPrimitive, tag } from '../der/tag.ts';
import { oid } from '../oid.ts';
import { type DistinguishedName, readName } from '../x509/name.ts';

/** How a signer names its certificate (RFC 5652 §5.3). */
export type SignerIdentifier =
  | { readonly form: 'issuer-and-serial'; readonly issuer: DistinguishedName; readonly serial: Uint8Array }
  | { readonly form: 'key-id'; readonly keyId: Uint8Array };

export interface SignerInfo {
  readonly identifier: SignerIdentifier;
  readonly digestAlgorithm: AlgorithmIdentifier;
  /** `[0] IMPLICIT SET OF Attribute` as it stands in the file; undefined where there is none. */
  readonly signedAttributes: DerNode | undefined;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
  /** `[1] IMPLICIT SET OF Attribute`: anyone's, and not looked into here. */
  readonly unsignedAttributes: DerNode | undefined;
}

/** SignedData (RFC 5652 §5.1), read and not yet verified. */
export interface SignedData {
  readonly certificatesDer: readonly Uint8Array[];
  readonly crlsDer: readonly Uint8Array[];
  readonly signerInfos: readonly SignerInfo[];
}

/** SignedData that brings its content along, as a timestamp token does. */
export interface EncapsulatingSignedData extends SignedData {
  readonly content: Uint8Array;
}

/** What is expected of a SignedData beyond its form. */
interface Profile<Content> {
  readonly contentType: string;
  readonly readContent: (eContent: DerNode | undefined) => Content;
  readonly readSet: typeof setOf;
}

const detached: Profile<void> = { contentType: oid.data, readContent: checkDetached, readSet: setOf };

/** Bounds of a signature file, before any work is done on it. */
export const cmsLimits = { maxLenBytes: 4 * 1024 * 1024, maxDepth: 32, maxNodes: 400_000 };
const maxCertificates = 64;
const maxCrls = 32;
const maxSigners = 16;
const howToSign = 'sign with "openssl cms -sign -binary -outform DER" and without -stream';

/**
 * Reads a detached signature file: `trust.cms-not-der`, `trust.cms-not-signed-data`, `trust.cms-content-included`,
 * `trust.cms-no-signer`, `trust.cms-malformed`.
 */
export function parseSignedData(cms: Uint8Array): Result<SignedData> {
  if (cms[0] !== tag.sequence) {
    return refuse('trust.cms-not-der', `The signature file is not DER; it may be PEM or S/MIME text: ${howToSign}.`);
  }
  const root = readStrictly('trust.cms-not-der', 'The signature file', () => readDer(cms, cmsLimits));
  if (!root.ok) return { ...root, reason: `${root.reason.slice(0, -1)}; ${howToSign}.` };
  return readStrictly('trust.cms-malformed', 'The signature file', () => readContentInfo(root.value));
}

/**
 * SignedData around a content of `contentType`, which is inside it (RFC 5652 §5.2), as others make it: certificates and CRLs may stand in any
 * order, as public time-stamping authorities send them. Throws `DerError` and the refusals of {@link parseSignedData}.
 */
export function readEncapsulatingSignedData(node: DerNode, contentType: string): EncapsulatingSignedData {
  return readSignedData(openContentInfo(node), {
    contentType,
    readContent: readEncapsulated,
    readSet: unorderedSetOf,
  });
}

function readContentInfo(node: DerNode): SignedData {
  const { certificatesDer, crlsDer, signerInfos } = readSignedData(openContentInfo(node), detached);
  return { certificatesDer, crlsDer, signerInfos };
}

/** ContentInfo (§3). */
function openContentInfo(node: DerNode): DerNode {
  const fields = fieldsOf(node, 'the signature file');
  const type = readOid(fields.next(tag.oid, 'content type'), 'the content type');
  if (type !== oid.signedData) {
    throw new RefusalError(
      refuse(
        'trust.cms-not-signed-data',
        `The signature file is of the CMS type ${type}, not SignedData; ${howToSign}.`,
        { type },
      ),
    );
  }
  const content = onlyChild(fields.next(contextConstructed(0), 'content'), 'the content');
  fields.end();
  return content;
}

function readSignedData<Content>(
  node: DerNode,
  { contentType, readContent, readSet }: Profile<Content>,
): SignedData & { readonly content: Content } {
  const fields = fieldsOf(node, 'SignedData');
  const version = readSmallInteger(fields.next(tag.integer, 'version'), 'version');
  const digestAlgorithms = fields.next(tag.set, 'digestAlgorithms');
  const content = readContent(readContentField(fields.next(tag.sequence, 'encapContentInfo'), contentType));
  const certificates = fields.optional(contextConstructed(0));
  const crls = fields.optional(contextConstructed(1));
  const signers = fields.next(tag.set, 'signerInfos');
  fields.end();

  if (signers.children.length === 0)
    throw new RefusalError(refuse('trust.cms-no-signer', 'The signature file has no signer.'));
  const versionedInfos = setOf(signers, 'signerInfos', maxSigners).map(readSignerInfo);
  // §5.1: with plain certificates only, version 3 where a signer has version 3 or the content is not id-data, else 1.
  const expected = contentType !== oid.data || versionedInfos.some((info) => info.version === 3) ? 3 : 1;
  if (version !== expected)
    throw new DerError(`SignedData has version ${version} where RFC 5652 §5.1 wants ${expected}`);
  const signerInfos = versionedInfos.map(({ info }) => info);
  checkDigestList(digestAlgorithms, signerInfos);
  return {
    certificatesDer: plainSequences(certificates, 'certificates', maxCertificates, readSet),
    crlsDer: plainSequences(crls, 'crls', maxCrls, readSet),
    signerInfos,
    content,
  };
}

/** §5.2: the eContent field where there is one, of the one type that is expected. */
function readContentField(node: DerNode, contentType: string): DerNode | undefined {
  const fields = fieldsOf(node, 'encapContentInfo');
  const type = readOid(fields.next(tag.oid, 'eContentType'), 'eContentType');
  const content = fields.optional(contextConstructed(0));
  fields.end();
  if (type !== contentType) {
    const expected = contentType === oid.data ? 'id-data' : contentType;
    throw new DerError(`eContentType is ${type} where ${expected} is expected`);
  }
  return content;
}

function readEncapsulated(eContent: DerNode | undefined): Uint8Array {
  if (eContent === undefined) throw new DerError('SignedData lacks its content (eContent)');
  return readOctets(onlyChild(eContent, 'eContent'), 'eContent');
}

/** §5.2: no eContent, so that there is one content: the file that was signed. */
function checkDetached(eContent: DerNode | undefined): void {
  if (eContent !== undefined) {
    throw new RefusalError(
      refuse(
        'trust.cms-content-included',
        `The signature file brings its own content; a detached one is needed: ${howToSign} and without -nodetach.`,
      ),
    );
  }
}

/** §5.1: each signer's digest algorithm stands in the list. */
function checkDigestList(node: DerNode, signerInfos: readonly SignerInfo[]): void {
  const listed = new Set(
    setOf(node, 'digestAlgorithms', maxSigners).map((child) => readAlgorithm(child, 'digestAlgorithms').oid),
  );
  const missing = signerInfos.find(({ digestAlgorithm }) => !listed.has(digestAlgorithm.oid));
  if (missing !== undefined)
    throw new DerError(`digestAlgorithms lacks a signer's digest ${missing.digestAlgorithm.oid}`);
}

/** §10.2.1, §10.2.2: X.509 certificates and CRLs only, none of the other choices. */
function plainSequences(
  node: DerNode | undefined,
  field: string,
  max: number,
  readSet: typeof setOf,
): readonly Uint8Array[] {
  if (node === undefined) return [];
  return readSet(node, field, max).map((child) => expectTag(child, tag.sequence, `an entry of ${field}`).raw);
}

function readSignerInfo(node: DerNode): { version: number; info: SignerInfo } {
  const fields = fieldsOf(node, 'a signer');
  const version = readSmallInteger(fields.next(tag.integer, 'version'), 'version');
  const identifier = readIdentifier(fields.any('signer identifier'));
  const digestAlgorithm = readAlgorithm(fields.next(tag.sequence, 'digestAlgorithm'), 'digestAlgorithm');
  const signedAttributes = fields.optional(contextConstructed(0));
  const signatureAlgorithm = readAlgorithm(fields.next(tag.sequence, 'signatureAlgorithm'), 'signatureAlgorithm');
  const signature = readOctets(fields.next(tag.octetString, 'signature'), 'signature');
  const unsignedAttributes = fields.optional(contextConstructed(1));
  fields.end();
  const expected = identifier.form === 'key-id' ? 3 : 1;
  if (version !== expected) throw new DerError(`a signer has version ${version} where RFC 5652 §5.3 wants ${expected}`);
  return {
    version,
    info: { identifier, digestAlgorithm, signedAttributes, signatureAlgorithm, signature, unsignedAttributes },
  };
}

function readIdentifier(node: DerNode): SignerIdentifier {
  if (node.tag === contextPrimitive(0)) return { form: 'key-id', keyId: node.content };
  const fields = fieldsOf(node, 'issuerAndSerialNumber');
  const issuer = readName(fields.next(tag.sequence, 'issuer'), 'the issuer');
  const serial = fields.next(tag.integer, 'serialNumber').content;
  fields.end();
  return { form: 'issuer-and-serial', issuer, serial };
}
