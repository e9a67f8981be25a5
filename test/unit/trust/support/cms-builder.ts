import { createHash, sign } from 'node:crypto';
import { certificate, fixtureFile, privateKeyPem } from './fixture.ts';

/*
 * Builds CMS files that no honest tool writes, signed correctly by the test key over whatever they hold, so that the check under test is the only
 * thing wrong with them. An encoder of its own: the code under test is not used to make its own tests.
 */

export function der(identifier: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const size = body.length;
  const digits: number[] = [];
  for (let rest = size; rest > 0; rest >>= 8) digits.unshift(rest & 0xff);
  const length = size < 0x80 ? [size] : [0x80 | digits.length, ...digits];
  return Buffer.concat([Buffer.from([identifier, ...length]), body]);
}

export const sequence = (...values: readonly Uint8Array[]): Buffer => der(0x30, ...values);
export const set = (...values: readonly Uint8Array[]): Buffer => der(0x31, ...values);
export const octets = (value: Uint8Array): Buffer => der(0x04, value);
export const integer = (value: number): Buffer => der(0x02, Buffer.from([value]));
export const hex = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ''), 'hex');
export const sorted = (values: readonly Uint8Array[]): Buffer[] =>
  values.map((value) => Buffer.from(value)).sort((a, b) => a.compare(b));

export const oids = {
  data: hex('06092a864886f70d010701'),
  signedData: hex('06092a864886f70d010702'),
  contentType: hex('06092a864886f70d010903'),
  messageDigest: hex('06092a864886f70d010904'),
  signingTime: hex('06092a864886f70d010905'),
  signingCertificate: hex('060b2a864886f70d010910020c'),
  signingCertificateV2: hex('060b2a864886f70d010910022f'),
  algorithmProtection: hex('06092a864886f70d010934'),
  sha256: hex('0609608648016503040201'),
  sha384: hex('0609608648016503040202'),
  sha512: hex('0609608648016503040203'),
  ecdsaWithSha256: hex('06082a8648ce3d040302'),
  ed25519: hex('06032b6570'),
} as const;

export const content = fixtureFile('cms/content.bin');
export const attribute = (type: Uint8Array, ...values: readonly Uint8Array[]): Buffer => sequence(type, set(...values));
export const contentType = attribute(oids.contentType, oids.data);
export const messageDigest = attribute(oids.messageDigest, octets(createHash('sha256').update(content).digest()));
export const time = (text: string): Buffer => der(0x17, Buffer.from(text, 'latin1'));
export const signingTime = attribute(oids.signingTime, time('261122090000Z'));

/** The issuer Name and serialNumber TLVs of a fixture certificate with a serial number of up to 127 octets. */
export function issuerAndSerial(name: string): Buffer {
  return issuerAndSerialOf(certificate(name));
}

export function issuerAndSerialOf(certificateDer: Uint8Array): Buffer {
  const [tbs = Buffer.alloc(0)] = children(certificateDer);
  const [, serial, , issuer] = children(tbs);
  if (serial === undefined || issuer === undefined) throw new Error('not a v3 certificate');
  return sequence(issuer, serial);
}

/** TLVs inside the TLV `value`. */
export function children(value: Uint8Array): Buffer[] {
  const found: Buffer[] = [];
  const [start] = bounds(value, 0);
  for (let at = start; at < value.length;) {
    const [, end] = bounds(value, at);
    found.push(Buffer.from(value.subarray(at, end)));
    at = end;
  }
  return found;
}

function bounds(bytes: Uint8Array, at: number): [start: number, end: number] {
  const first = bytes[at + 1] ?? 0;
  if (first < 0x80) return [at + 2, at + 2 + first];
  const octetCount = first & 0x7f;
  const size = Buffer.from(bytes).readUIntBE(at + 2, octetCount);
  return [at + 2 + octetCount, at + 2 + octetCount + size];
}

export interface SignerParts {
  readonly version: number;
  readonly identifier: Buffer;
  readonly digestAlgorithm: Buffer;
  /** In the order in which they go into the file; `null` leaves the field out. */
  readonly attributes: readonly Uint8Array[] | null;
  readonly signatureAlgorithm: Buffer;
  readonly key: string;
  /** What is signed, given the attributes as a SET. */
  readonly signedBytes: (attributeSet: Buffer) => Uint8Array;
  readonly changeSignature: (signature: Buffer) => Buffer;
  readonly after: readonly Uint8Array[];
}

export const honestSigner: SignerParts = {
  version: 1,
  identifier: issuerAndSerial('leaf'),
  digestAlgorithm: sequence(oids.sha256),
  attributes: sorted([contentType, messageDigest, signingTime]),
  signatureAlgorithm: sequence(oids.ecdsaWithSha256),
  key: 'leaf',
  signedBytes: (attributeSet) => attributeSet,
  changeSignature: (signature) => signature,
  after: [],
};

export function signer(changes: Partial<SignerParts> = {}): Buffer {
  const parts = { ...honestSigner, ...changes };
  const toSign = parts.signedBytes(set(...(parts.attributes ?? [])));
  const key = privateKeyPem(parts.key);
  const signature = parts.key.endsWith('ed') ? sign(null, toSign, key) : sign('sha256', toSign, key);
  return sequence(
    integer(parts.version),
    parts.identifier,
    parts.digestAlgorithm,
    ...(parts.attributes === null ? [] : [der(0xa0, ...parts.attributes)]),
    parts.signatureAlgorithm,
    octets(parts.changeSignature(signature)),
    ...parts.after,
  );
}

export interface CmsParts {
  readonly version: number;
  readonly digestAlgorithms: readonly Uint8Array[];
  readonly encapsulated: Buffer;
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly signers: readonly Uint8Array[];
  readonly after: readonly Uint8Array[];
}

export function buildCms(changes: Partial<CmsParts> = {}): Buffer {
  const parts: CmsParts = {
    version: 1,
    digestAlgorithms: [sequence(oids.sha256)],
    encapsulated: sequence(oids.data),
    certificates: sorted([certificate('leaf'), certificate('ica')]),
    crls: [],
    signers: [signer()],
    after: [],
    ...changes,
  };
  const signedData = sequence(
    integer(parts.version),
    set(...parts.digestAlgorithms),
    parts.encapsulated,
    ...(parts.certificates.length === 0 ? [] : [der(0xa0, ...parts.certificates)]),
    ...(parts.crls.length === 0 ? [] : [der(0xa1, ...parts.crls)]),
    set(...parts.signers),
    ...parts.after,
  );
  return sequence(oids.signedData, der(0xa0, signedData));
}
