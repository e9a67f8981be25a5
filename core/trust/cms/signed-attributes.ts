import { refuse, RefusalError, type Result } from '../../../contract/result.ts';
import { fieldsOf, setOf } from '../der/der-fields.ts';
import { DerError, type DerNode } from '../der/read-der.ts';
import { readStrictly } from '../der/read-strictly.ts';
import { readTime } from '../der/read-time.ts';
import { readOctets, readOid } from '../der/read-values.ts';
import { tag } from '../der/tag.ts';
import { oid } from '../oid.ts';

export interface SignedAttributes {
  /** What the signature covers: the attributes under the tag SET OF instead of `[0]` (RFC 5652 §5.4). */
  readonly signedBytes: Uint8Array;
  readonly messageDigest: Uint8Array;
  readonly signingTime: Date | undefined;
  /** ESS signing-certificate (RFC 2634 §5.4) and its version 2 (RFC 5035 §3). */
  readonly signingCertificate: DerNode | undefined;
  readonly signingCertificateV2: DerNode | undefined;
  /** CMSAlgorithmProtection (RFC 6211). */
  readonly algorithmProtection: DerNode | undefined;
}

const maxAttributes = 32;
const maxValues = 32;

/**
 * The signed attributes of a signer, which must be there: without them the signature of some attributes could be passed off as one of a
 * content that looks like them. They must name `expectedType` as the type of the content. Refuses with `trust.cms-signed-attributes`.
 */
export function parseSignedAttributes(
  node: DerNode | undefined,
  expectedType: string = oid.data,
): Result<SignedAttributes> {
  if (node === undefined) {
    return refuse('trust.cms-signed-attributes', 'A signer has no signed attributes; sign without -noattr.');
  }
  return readStrictly('trust.cms-signed-attributes', 'The signed attributes', () =>
    readSignedAttributes(node, expectedType),
  );
}

function readSignedAttributes(node: DerNode, expectedType: string): SignedAttributes {
  const attributes = readAttributes(node);
  const contentType = readOid(requireValue(attributes, oid.contentType, 'content-type'), 'the content-type attribute');
  // §11.1: the type of the content that is signed, so that a signature of one type is not taken for another.
  if (contentType !== expectedType) {
    const expected = expectedType === oid.data ? 'id-data' : expectedType;
    throw new RefusalError(
      refuse('trust.cms-signed-attributes', `The signed content-type is ${contentType}, not ${expected}.`),
    );
  }
  const messageDigest = readOctets(
    requireValue(attributes, oid.messageDigest, 'message-digest'),
    'the message-digest attribute',
  );
  const signingTime = oneValue(attributes, oid.signingTime, 'signing-time');
  return {
    signedBytes: retagAsSet(node.raw),
    messageDigest,
    signingTime: signingTime && readTime(signingTime, 'the signing-time attribute'),
    signingCertificate: oneValue(attributes, oid.signingCertificate, 'signing-certificate'),
    signingCertificateV2: oneValue(attributes, oid.signingCertificateV2, 'signing-certificate-v2'),
    algorithmProtection: oneValue(attributes, oid.cmsAlgorithmProtection, 'algorithm-protection'),
  };
}

/** Attribute type → its values. §11: no attribute stands twice. */
function readAttributes(node: DerNode): ReadonlyMap<string, readonly DerNode[]> {
  const attributes = new Map<string, readonly DerNode[]>();
  for (const attribute of setOf(node, 'the set of signed attributes', maxAttributes)) {
    const fields = fieldsOf(attribute, 'a signed attribute');
    const type = readOid(fields.next(tag.oid, 'type'), 'an attribute type');
    const values = setOf(fields.next(tag.set, 'values'), `the attribute ${type}`, maxValues);
    fields.end();
    if (attributes.has(type)) throw new DerError(`the attribute ${type} stands twice (RFC 5652 §5.3)`);
    attributes.set(type, values);
  }
  return attributes;
}

/** §11.1 to §11.3: these attributes have exactly one value. */
function oneValue(
  attributes: ReadonlyMap<string, readonly DerNode[]>,
  type: string,
  name: string,
): DerNode | undefined {
  const values = attributes.get(type);
  if (values === undefined) return undefined;
  const [value, ...others] = values;
  if (value === undefined || others.length > 0)
    throw new DerError(`the ${name} attribute has ${values.length} values instead of one`);
  return value;
}

function requireValue(attributes: ReadonlyMap<string, readonly DerNode[]>, type: string, name: string): DerNode {
  const value = oneValue(attributes, type, name);
  if (value === undefined) throw new DerError(`the ${name} attribute is missing (RFC 5652 §5.3)`);
  return value;
}

function retagAsSet(raw: Uint8Array): Uint8Array {
  const signed = Buffer.from(raw);
  signed[0] = tag.set;
  return signed;
}
