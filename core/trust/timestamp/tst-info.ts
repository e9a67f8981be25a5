import { type DigestName, digestLenBytes, digestOf, readAlgorithm } from '../algorithm.ts';
import { fieldsOf, onlyChild } from '../der/der-fields.ts';
import { checkInteger, DerError, type DerNode, readDer } from '../der/read-der.ts';
import { readFractionalTime } from '../der/read-time.ts';
import { readOctets, readOid, readSmallInteger, readTrueFlag, smallIntegerOf } from '../der/read-values.ts';
import { contextConstructed, contextPrimitive, tag } from '../der/tag.ts';
import { serialKey } from '../x509/crl.ts';
import { readExtensions } from '../x509/extension.ts';
import { type GeneralName, readGeneralName } from '../x509/general-name.ts';

/** What a time-stamping authority signs (RFC 3161 §2.4.2), read and not yet trusted. */
export interface TstInfo {
  /** OID of the authority's policy. */
  readonly policy: string;
  readonly imprint: { readonly digest: DigestName; readonly octets: Uint8Array };
  /** Hexadecimal. */
  readonly serial: string;
  readonly genTime: Date;
  /** By how much the true time may differ from `genTime`, rounded up; 0 where the authority does not say. */
  readonly accuracyMs: number;
  readonly tsa: GeneralName | undefined;
}

/** Real ones have 100 to 300 bytes; a directoryName and extensions may add some. */
const limits = { maxLenBytes: 16 * 1024, maxDepth: 16, maxNodes: 512 };
const maxSerialLenBytes = 20;
const maxNonceLenBytes = 64;
/** A clock that may be off by more than a day proves nothing that is of use here. */
const maxAccuracySeconds = 86_400;

/** Reads the eContent of a token. Throws `DerError`, and a refusal by name for a digest that Drydock does not use. */
export function readTstInfo(bytes: Uint8Array): TstInfo {
  const fields = fieldsOf(readDer(bytes, limits), 'TSTInfo');
  const version = readSmallInteger(fields.next(tag.integer, 'version'), 'the version of TSTInfo');
  if (version !== 1) throw new DerError(`TSTInfo has version ${version}, not 1`);
  const policy = readOid(fields.next(tag.oid, 'policy'), 'the policy');
  const imprint = readImprint(fields.next(tag.sequence, 'messageImprint'));
  const serial = readSerial(fields.next(tag.integer, 'serialNumber'));
  const genTime = readFractionalTime(fields.next(tag.generalizedTime, 'genTime'), 'genTime');
  const accuracyMs = readAccuracy(fields.optional(tag.sequence));
  readTrueFlag(fields.optional(tag.boolean), 'ordering');
  // The nonce binds a token to the query of who asked for it; whoever verifies later knows nothing of that.
  checkNonce(fields.optional(tag.integer));
  const tsa = readTsa(fields.optional(contextConstructed(0)));
  checkExtensions(fields.optional(contextConstructed(1)));
  fields.end();
  return { policy, imprint, serial, genTime, accuracyMs, tsa };
}

/** MessageImprint (§2.4.1): the length is the digest's own. */
function readImprint(node: DerNode): TstInfo['imprint'] {
  const fields = fieldsOf(node, 'messageImprint');
  const algorithm = readAlgorithm(fields.next(tag.sequence, 'hashAlgorithm'), 'the messageImprint');
  const octets = readOctets(fields.next(tag.octetString, 'hashedMessage'), 'the messageImprint');
  fields.end();
  const digest = digestOf(algorithm, 'the messageImprint of a timestamp');
  if (octets.length !== digestLenBytes[digest])
    throw new DerError(`the messageImprint has ${octets.length} bytes, which is not the length of ${digest}`);
  return { digest, octets };
}

/** §2.4.2: up to 160 bits. */
function readSerial({ content }: DerNode): string {
  if ((content[0] ?? 0x80) >= 0x80) throw new DerError('the serialNumber of a timestamp is negative');
  const significant = content[0] === 0 && content.length > 1 ? content.subarray(1) : content;
  if (significant.length > maxSerialLenBytes) throw new DerError('the serialNumber of a timestamp exceeds 160 bits');
  return serialKey(significant);
}

/** Accuracy (§2.4.2): millis and micros from 1 to 999. */
function readAccuracy(node: DerNode | undefined): number {
  if (node === undefined) return 0;
  const fields = fieldsOf(node, 'accuracy');
  const seconds = fields.optional(tag.integer);
  const millis = readSubsecond(fields.optional(contextPrimitive(0)), 'millis');
  const micros = readSubsecond(fields.optional(contextPrimitive(1)), 'micros');
  fields.end();
  const wholeSeconds =
    seconds === undefined ? 0 : readSmallInteger(seconds, 'the accuracy in seconds', maxAccuracySeconds);
  return wholeSeconds * 1000 + millis + (micros > 0 ? 1 : 0);
}

function readSubsecond(node: DerNode | undefined, name: string): number {
  if (node === undefined) return 0;
  checkInteger(node.content);
  const value = smallIntegerOf(node.content, name, 999);
  if (value === 0) throw new DerError(`${name} of the accuracy is 0 where RFC 3161 §2.4.2 wants 1 to 999`);
  return value;
}

function checkNonce(node: DerNode | undefined): void {
  if (node !== undefined && node.content.length > maxNonceLenBytes)
    throw new DerError(`the nonce has more than ${maxNonceLenBytes} bytes`);
}

function readTsa(node: DerNode | undefined): GeneralName | undefined {
  return node && readGeneralName(onlyChild(node, 'tsa'), 'tsa');
}

/** `[1] IMPLICIT Extensions`: Drydock processes none, so a critical one refuses (RFC 3161 §2.4.2, RFC 5280 §4.2). */
function checkExtensions(node: DerNode | undefined): void {
  if (node === undefined) return;
  const critical = readExtensions({ ...node, tag: tag.sequence }, 'TSTInfo').find((extension) => extension.critical);
  if (critical !== undefined) throw new DerError(`TSTInfo has the unknown critical extension ${critical.oid}`);
}
