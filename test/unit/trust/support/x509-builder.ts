import { createHash, createPublicKey, sign } from 'node:crypto';
import { der, hex, integer, octets, oids, sequence, set } from './cms-builder.ts';
import { privateKeyPem } from './fixture.ts';

/** Certificates and CRLs that OpenSSL does not make, validly signed with the public test keys by an encoder that is not ours under test. */

export const spkiOf = (key: string): Buffer =>
  createPublicKey(privateKeyPem(key)).export({ type: 'spki', format: 'der' });
export const keyIdOf = (key: string): Buffer => createHash('sha1').update(spkiOf(key)).digest();
export const commonName = (text: string): Buffer =>
  sequence(set(sequence(hex('0603550403'), der(0x0c, Buffer.from(text)))));
export const utcTime = (text: string): Buffer => der(0x17, Buffer.from(text));
const algorithm = sequence(oids.ecdsaWithSha256);

export function extension(oidHex: string, value: Uint8Array, critical = false): Buffer {
  return sequence(der(0x06, hex(oidHex)), ...(critical ? [hex('0101ff')] : []), octets(value));
}

function signed(tbs: Buffer, key: string, outer = algorithm): Buffer {
  const signature = sign('sha256', tbs, privateKeyPem(key));
  return sequence(tbs, outer, der(0x03, Buffer.from([0]), signature));
}

export interface CertificateParts {
  readonly version: Buffer;
  readonly issuer: Buffer;
  readonly issuerKey: string;
  readonly subject: Buffer;
  readonly key: string;
  readonly spki: Buffer;
  readonly ca: boolean;
  readonly pathLen: number | undefined;
  readonly extra: readonly Uint8Array[];
  /** Fields between the key and the extensions. */
  readonly uniqueIds: readonly Uint8Array[];
  readonly serial: number;
  /** keyUsage of what is no CA. */
  readonly usage: Buffer;
  /** UTCTime of both ends. */
  readonly validity: readonly [string, string];
  /** What the certificate says of its own key and of its issuer's. */
  readonly keyId: Buffer;
  readonly issuerKeyId: Buffer;
  readonly outerAlgorithm: Buffer;
}

const basicConstraints = (pathLen: number | undefined): Buffer =>
  sequence(hex('0101ff'), ...(pathLen === undefined ? [] : [integer(pathLen)]));

export function buildCertificate(changes: Partial<CertificateParts>): Buffer {
  const parts: CertificateParts = {
    version: hex('a003020102'),
    issuer: commonName('Crafted root'),
    issuerKey: 'root',
    subject: commonName('Crafted leaf'),
    key: 'leaf',
    spki: spkiOf(changes.key ?? 'leaf'),
    ca: false,
    pathLen: undefined,
    extra: [],
    uniqueIds: [],
    serial: 0x11,
    usage: hex('03020780'),
    validity: ['200101000000Z', '491231235959Z'],
    keyId: keyIdOf(changes.key ?? 'leaf'),
    issuerKeyId: keyIdOf(changes.issuerKey ?? 'root'),
    outerAlgorithm: algorithm,
    ...changes,
  };
  const role = parts.ca
    ? [extension('551d13', basicConstraints(parts.pathLen), true), extension('551d0f', hex('03020106'), true)]
    : [extension('551d0f', parts.usage, true), extension('551d25', hex('300a06082b06010505070303'))];
  const keyIds = [
    extension('551d0e', octets(parts.keyId)),
    extension('551d23', sequence(der(0x80, parts.issuerKeyId))),
  ];
  const tbs = sequence(
    parts.version,
    integer(parts.serial),
    algorithm,
    parts.issuer,
    sequence(...parts.validity.map(utcTime)),
    parts.subject,
    parts.spki,
    ...parts.uniqueIds,
    der(0xa3, sequence(...role, ...keyIds, ...parts.extra)),
  );
  return signed(tbs, parts.issuerKey, parts.outerAlgorithm);
}

export const craftedRoot = (changes: Partial<CertificateParts> = {}): Buffer =>
  buildCertificate({ subject: commonName('Crafted root'), key: 'root', ca: true, ...changes });

export interface CrlParts {
  readonly issuer: Buffer;
  readonly issuerKey: string;
  readonly number: number;
  readonly thisUpdate: string;
  readonly revoked: number;
  readonly extra: readonly Uint8Array[];
  readonly nextUpdate: readonly Uint8Array[];
  readonly entryExtensions: readonly Uint8Array[];
  readonly outerAlgorithm: Buffer;
}

/** A CRL, of the crafted root where nothing else is said, that lists a serial number of no certificate here. */
export function buildCrl(changes: Partial<CrlParts> = {}): Buffer {
  const parts: CrlParts = {
    issuer: commonName('Crafted root'),
    issuerKey: 'root',
    number: 1,
    thisUpdate: '260101000000Z',
    revoked: 0x55,
    extra: [],
    nextUpdate: [utcTime('300101000000Z')],
    entryExtensions: [],
    outerAlgorithm: algorithm,
    ...changes,
  };
  const entry = sequence(
    integer(parts.revoked),
    utcTime('250101000000Z'),
    ...(parts.entryExtensions.length === 0 ? [] : [sequence(...parts.entryExtensions)]),
  );
  const tbs = sequence(
    integer(1),
    algorithm,
    parts.issuer,
    utcTime(parts.thisUpdate),
    ...parts.nextUpdate,
    sequence(entry),
    der(0xa0, sequence(extension('551d14', integer(parts.number)), ...parts.extra)),
  );
  return signed(tbs, parts.issuerKey, parts.outerAlgorithm);
}
