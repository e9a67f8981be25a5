import { createPublicKey, type KeyObject } from 'node:crypto';
import { refuse, RefusalError, type Result } from '../../contract/result.ts';
import {
  type AlgorithmIdentifier,
  expectNoParameters,
  expectNullParameters,
  type PssParameters,
  readAlgorithm,
  readPssParameters,
  refusedAlgorithm,
} from './algorithm.ts';
import { fieldsOf } from './der/der-fields.ts';
import { DerError, type DerNode, readDer } from './der/read-der.ts';
import { readStrictly } from './der/read-strictly.ts';
import { readBitOctets, readOid } from './der/read-values.ts';
import { tag } from './der/tag.ts';
import { writeDer, writeNull, writeOid, writeSequence } from './der/write-der.ts';
import { sha256Hex, type Sha256Hex } from '../digest.ts';
import { oid } from './oid.ts';

/** A SubjectPublicKeyInfo of a kind that Drydock uses. */
export interface PublicKey {
  readonly spkiDer: Uint8Array;
  readonly sha256: Sha256Hex;
  readonly key: KeyObject;
  readonly kind: PublicKeyKind;
}

export type PublicKeyKind =
  | { readonly type: 'ec'; readonly curve: 'P-256' | 'P-384' }
  | { readonly type: 'ed25519' }
  | { readonly type: 'rsa'; readonly bits: number; readonly pss: RsaRestriction };

/** An id-RSASSA-PSS key serves PSS only, and perhaps only one digest (RFC 4055 §1.2, §3.1). */
export type RsaRestriction = 'any-scheme' | 'pss-only' | PssParameters;

/** RSA below this is refused anywhere in a chain. */
export const minChainRsaBits = 2048;
/** RSA below this is refused for a signer. */
export const minSignerRsaBits = 3072;
/** Above this a check costs more than it is worth to an attacker who asks for many. */
const maxRsaBits = 8192;
const maxSpkiLenBytes = 4096;

/** Reads a SubjectPublicKeyInfo on its own: `trust.key-malformed`, `trust.algorithm-refused`, `trust.key-weak`. */
export function parsePublicKey(spkiDer: Uint8Array): Result<PublicKey> {
  return readStrictly('trust.key-malformed', 'The public key', () =>
    readPublicKey(readDer(spkiDer, { maxLenBytes: maxSpkiLenBytes, maxDepth: 8, maxNodes: 64 })),
  );
}

/** SubjectPublicKeyInfo (RFC 5280 §4.1.2.7). Throws `DerError` or a refusal by name. */
export function readPublicKey(node: DerNode): PublicKey {
  const fields = fieldsOf(node, 'the public key');
  const algorithm = readAlgorithm(fields.next(tag.sequence, 'algorithm'), 'the public key');
  const octets = readBitOctets(fields.next(tag.bitString, 'key'), 'the public key');
  fields.end();
  const { kind, keyDer } = readKind(algorithm, octets, node.raw);
  return { spkiDer: node.raw, sha256: sha256Hex(node.raw), key: importKey(keyDer), kind };
}

function readKind(
  algorithm: AlgorithmIdentifier,
  octets: Uint8Array,
  spkiDer: Uint8Array,
): { kind: PublicKeyKind; keyDer: Uint8Array } {
  switch (algorithm.oid) {
    case oid.ecPublicKey:
      return { kind: { type: 'ec', curve: readCurve(algorithm, octets) }, keyDer: spkiDer };
    case oid.ed25519:
      expectNoParameters(algorithm, 'the public key');
      if (octets.length !== 32) throw new DerError('an Ed25519 key does not have 32 bytes');
      return { kind: { type: 'ed25519' }, keyDer: spkiDer };
    case oid.rsaEncryption:
      expectNullParameters(algorithm, 'the public key');
      return { kind: { type: 'rsa', bits: readRsaBits(octets), pss: 'any-scheme' }, keyDer: spkiDer };
    case oid.rsassaPss:
      return {
        kind: { type: 'rsa', bits: readRsaBits(octets), pss: readRestriction(algorithm) },
        keyDer: plainRsaSpki(octets),
      };
    default:
      throw refusedAlgorithm(algorithm.oid, 'a public key');
  }
}

/** RFC 5480 §2.1.1: a named curve, never explicit parameters; §2.2: the uncompressed point. */
function readCurve(algorithm: AlgorithmIdentifier, point: Uint8Array): 'P-256' | 'P-384' {
  if (algorithm.parameters?.tag !== tag.oid) throw new DerError('an EC key does not name its curve (RFC 5480 §2.1.1)');
  const curveOid = readOid(algorithm.parameters, 'the curve');
  const curve = curveOid === oid.p256 ? 'P-256' : curveOid === oid.p384 ? 'P-384' : undefined;
  if (curve === undefined) throw refusedAlgorithm(curveOid, 'a public key');
  const lenBytes = curve === 'P-256' ? 65 : 97;
  if (point.length !== lenBytes || point[0] !== 0x04)
    throw new DerError('an EC key is not an uncompressed point of its curve');
  return curve;
}

/** RSAPublicKey (RFC 8017 §A.1.1). Small and even exponents open known forgeries, so 65537 is the least. */
function readRsaBits(octets: Uint8Array): number {
  const fields = fieldsOf(readDer(octets, { maxLenBytes: maxSpkiLenBytes, maxDepth: 2, maxNodes: 3 }), 'the RSA key');
  const modulus = readPositive(fields.next(tag.integer, 'modulus'));
  const exponent = readPositive(fields.next(tag.integer, 'exponent'));
  fields.end();
  const bits = modulus.length * 8 - (Math.clz32(modulus[0] ?? 0) - 24);
  const isOddExponent = ((exponent[exponent.length - 1] ?? 0) & 1) === 1;
  if (!isOddExponent || exponent.length < 3 || exponent.length > 32)
    throw weakKey('an RSA key whose exponent is even, below 65537 or above 2^256');
  if (((modulus[modulus.length - 1] ?? 0) & 1) === 0) throw weakKey('an RSA key whose modulus is even');
  if (bits < minChainRsaBits) throw weakKey(`a ${bits}-bit RSA key (${minChainRsaBits} is the least)`);
  if (bits > maxRsaBits) throw weakKey(`a ${bits}-bit RSA key (${maxRsaBits} is the most)`);
  return bits;
}

function readPositive(node: DerNode): Uint8Array {
  if ((node.content[0] ?? 0x80) >= 0x80) throw new DerError('an RSA key has a negative number');
  return node.content[0] === 0 ? node.content.subarray(1) : node.content;
}

function readRestriction(algorithm: AlgorithmIdentifier): RsaRestriction {
  return algorithm.parameters === undefined ? 'pss-only' : readPssParameters(algorithm.parameters, 'the public key');
}

/** BoringSSL has no id-RSASSA-PSS keys: the same key under rsaEncryption, its restriction kept in `kind`. */
function plainRsaSpki(octets: Uint8Array): Uint8Array {
  const algorithm = writeSequence(writeOid(oid.rsaEncryption), writeNull());
  return writeSequence(algorithm, writeDer(tag.bitString, Buffer.from([0]), octets));
}

function importKey(keyDer: Uint8Array): KeyObject {
  try {
    return createPublicKey({ key: Buffer.from(keyDer), format: 'der', type: 'spki' });
  } catch (cause) {
    throw new DerError('the public key is not a valid key of its kind', { cause });
  }
}

function weakKey(what: string): RefusalError {
  return new RefusalError(refuse('trust.key-weak', `Drydock does not accept ${what}.`));
}

/** `P-256`, `Ed25519`, `RSA 3072`: for a person. */
export function describeKey(kind: PublicKeyKind): string {
  switch (kind.type) {
    case 'ec':
      return kind.curve;
    case 'ed25519':
      return 'Ed25519';
    case 'rsa':
      return `RSA ${kind.bits}`;
  }
}
