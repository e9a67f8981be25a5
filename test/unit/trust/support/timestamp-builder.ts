import { createHash, sign } from 'node:crypto';
import { verifyFile } from './cms-case.ts';
import {
  attribute,
  children,
  der,
  hex,
  integer,
  issuerAndSerialOf,
  octets,
  oids,
  sequence,
  set,
  sorted,
} from './cms-builder.ts';
import { certificate, fixtureFile, pemBody } from './fixture.ts';
import type { CmsInput } from '../../../../core/trust/verify-cms.ts';

/** Timestamp tokens that no honest authority sends, validly signed by the public test key; see cms-builder.ts. */

export const tsaCertificate = (name: string): Buffer => pemBody(fixtureFile(`timestamp/certs/${name}.pem`));
export const stamped = (name: string): Buffer => fixtureFile(`timestamp/stamped/${name}.der`);
export const token = (name: string): Buffer => fixtureFile(`timestamp/tokens/${name}.der`);

/** After every genTime of the fixtures, which `openssl ts` takes from the system's clock. */
export const afterStamps = new Date('2027-03-01T00:00:00Z');

/** Rules of a station that pins the authorities' root. */
export const pinned = {
  at: afterStamps,
  tsaRootsDer: [tsaCertificate('tsa-root')],
} satisfies Partial<CmsInput>;

export const verifyStamped = (cms: Uint8Array, rules: Partial<CmsInput> = {}): ReturnType<typeof verifyFile> =>
  verifyFile(cms, { ...pinned, ...rules });

const tstInfoType = hex('060b2a864886f70d0109100104');
const tokenType = hex('060b2a864886f70d010910020e');
export const generalizedTime = (text: string): Buffer => der(0x18, Buffer.from(text, 'latin1'));

/** The file of one signer that the tokens here are about, and its signature. */
export const unstamped = fixtureFile('cms/p256.der');
export const itsSignature = signatureOf(unstamped);

function signerOf(cms: Uint8Array): { before: Buffer[]; fields: Buffer[] } {
  const [, wrapped = Buffer.alloc(0)] = children(cms);
  const [signedData = Buffer.alloc(0)] = children(wrapped);
  const before = children(signedData);
  const [info = Buffer.alloc(0)] = children(before.pop() ?? Buffer.alloc(0));
  return { before, fields: children(info) };
}

function signatureOf(cms: Uint8Array): Buffer {
  const field = signerOf(cms).fields.find(([identifier]) => identifier === 0x04);
  if (field === undefined) throw new Error('the signer has no signature');
  // ECDSA signatures of P-256 are shorter than 128 bytes.
  return field.subarray(2);
}

/** The file of one signer with these unsigned attributes. */
export function withUnsigned(...attributes: readonly Uint8Array[]): Buffer {
  return withCopies(1, ...attributes);
}

/** The same with the signer in it so many times. */
export function withCopies(copies: number, ...attributes: readonly Uint8Array[]): Buffer {
  const { before, fields } = signerOf(unstamped);
  const info = sequence(...fields, der(0xa1, ...attributes));
  const signers = Array.from({ length: copies }, () => info);
  return sequence(oids.signedData, der(0xa0, sequence(...before, set(...signers))));
}

export const tokenAttribute = (...tokens: readonly Uint8Array[]): Buffer => attribute(tokenType, ...sorted(tokens));
export const stampWith = (...tokens: readonly Uint8Array[]): Buffer => withUnsigned(tokenAttribute(...tokens));

export interface TstInfoParts {
  readonly version: Buffer;
  readonly policy: Buffer;
  readonly hashAlgorithm: Buffer;
  readonly imprint: Uint8Array;
  readonly serial: Buffer;
  readonly genTime: Buffer;
  /** Accuracy, ordering, nonce, tsa and extensions. */
  readonly rest: readonly Uint8Array[];
}

export function tstInfo(changes: Partial<TstInfoParts> = {}): Buffer {
  const parts: TstInfoParts = {
    version: integer(1),
    policy: hex('06032a0304'),
    hashAlgorithm: sequence(oids.sha256),
    imprint: createHash('sha256').update(itsSignature).digest(),
    serial: integer(7),
    genTime: generalizedTime('20270101120000Z'),
    rest: [],
    ...changes,
  };
  return sequence(
    parts.version,
    parts.policy,
    sequence(parts.hashAlgorithm, octets(parts.imprint)),
    parts.serial,
    parts.genTime,
    ...parts.rest,
  );
}

export interface TokenParts {
  readonly version: number;
  readonly contentType: Buffer;
  /** `null` leaves eContent out. */
  readonly content: Buffer | null;
  readonly authority: string;
  readonly certificates: readonly Uint8Array[];
  readonly signedContentType: Buffer;
  /** Signed attributes beside content-type and message-digest. */
  readonly signingCertificate: readonly Uint8Array[];
  readonly digestAlgorithm: Buffer;
  readonly signatureAlgorithm: Buffer;
  readonly messageDigest: (content: Buffer) => Buffer;
  readonly key: string;
  readonly signers: 'one' | 'two' | 'none';
}

/** ESSCertIDv2 of a certificate, by its SHA-256 (RFC 5816). */
export const namesCertificate = (certificateDer: Uint8Array): Buffer =>
  attribute(
    oids.signingCertificateV2,
    sequence(sequence(sequence(octets(createHash('sha256').update(certificateDer).digest())))),
  );

export function buildToken(changes: Partial<TokenParts> = {}): Buffer {
  const authority = changes.authority ?? 'tsa';
  const parts: TokenParts = {
    version: 3,
    contentType: tstInfoType,
    content: tstInfo(),
    authority,
    certificates: [tsaCertificate(authority)],
    signedContentType: tstInfoType,
    signingCertificate: [namesCertificate(tsaCertificate(authority))],
    digestAlgorithm: sequence(oids.sha256),
    signatureAlgorithm: sequence(oids.ecdsaWithSha256),
    messageDigest: (content) => createHash('sha256').update(content).digest(),
    key: 'tsa',
    signers: 'one',
    ...changes,
  };
  const content = parts.content ?? Buffer.alloc(0);
  const attributes = sorted([
    attribute(oids.contentType, parts.signedContentType),
    attribute(oids.messageDigest, octets(parts.messageDigest(content))),
    ...parts.signingCertificate,
  ]);
  const signer = (identifier: Buffer): Buffer =>
    sequence(
      integer(1),
      identifier,
      parts.digestAlgorithm,
      der(0xa0, ...attributes),
      parts.signatureAlgorithm,
      octets(sign('sha256', set(...attributes), fixtureFile(`timestamp/keys/${parts.key}.pem`))),
    );
  const itself = issuerAndSerialOf(tsaCertificate(authority));
  const signers = {
    one: [signer(itself)],
    two: sorted([signer(itself), signer(issuerAndSerialOf(certificate('leaf')))]),
    none: [],
  }[parts.signers];
  const signedData = sequence(
    integer(parts.version),
    set(parts.digestAlgorithm),
    sequence(parts.contentType, ...(parts.content === null ? [] : [der(0xa0, octets(parts.content))])),
    ...(parts.certificates.length === 0 ? [] : [der(0xa0, ...parts.certificates)]),
    set(...signers),
  );
  return sequence(oids.signedData, der(0xa0, signedData));
}
