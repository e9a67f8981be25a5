import { refuse, RefusalError } from '../../contract/result.ts';
import { expectTag, fieldsOf, onlyChild } from './der/der-fields.ts';
import { DerError, type DerNode } from './der/read-der.ts';
import { readOid, readSmallInteger } from './der/read-values.ts';
import { contextConstructed, tag } from './der/tag.ts';
import { oid } from './oid.ts';

export type DigestName = 'sha256' | 'sha384' | 'sha512';

/** What a signature algorithm identifier asks for. `digest` is what the scheme hashes with; Ed25519 hashes by itself. */
export type SignatureScheme =
  | { readonly scheme: 'ecdsa'; readonly digest: DigestName }
  | { readonly scheme: 'rsa-pkcs1'; readonly digest: DigestName }
  | { readonly scheme: 'rsa-pss'; readonly digest: DigestName; readonly saltLenBytes: number }
  | { readonly scheme: 'ed25519' };

/** AlgorithmIdentifier (RFC 5280 §4.1.1.2). */
export interface AlgorithmIdentifier {
  readonly raw: Uint8Array;
  readonly oid: string;
  readonly parameters: DerNode | undefined;
}

export const digestLenBytes: Readonly<Record<DigestName, number>> = { sha256: 32, sha384: 48, sha512: 64 };

const digests: Readonly<Record<string, DigestName>> = {
  [oid.sha256]: 'sha256',
  [oid.sha384]: 'sha384',
  [oid.sha512]: 'sha512',
};

const rsaDigests: Readonly<Record<string, DigestName>> = {
  [oid.sha256WithRsa]: 'sha256',
  [oid.sha384WithRsa]: 'sha384',
  [oid.sha512WithRsa]: 'sha512',
};

const ecdsaDigests: Readonly<Record<string, DigestName>> = {
  [oid.ecdsaWithSha256]: 'sha256',
  [oid.ecdsaWithSha384]: 'sha384',
  [oid.ecdsaWithSha512]: 'sha512',
};

/** Algorithms that a person should see refused by name: broken, obsolete, or not in Drydock's short list. */
const refusedNames: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.2': 'MD2',
  '1.2.840.113549.2.4': 'MD4',
  '1.2.840.113549.2.5': 'MD5',
  '1.2.840.113549.1.1.2': 'MD2 with RSA',
  '1.2.840.113549.1.1.3': 'MD4 with RSA',
  '1.2.840.113549.1.1.4': 'MD5 with RSA',
  '1.2.840.113549.1.1.5': 'SHA-1 with RSA',
  '1.3.14.3.2.29': 'SHA-1 with RSA',
  '1.2.840.113549.1.1.14': 'SHA-224 with RSA',
  '1.2.840.10040.4.1': 'DSA',
  '1.2.840.10040.4.3': 'SHA-1 with DSA',
  '2.16.840.1.101.3.4.3.1': 'SHA-224 with DSA',
  '2.16.840.1.101.3.4.3.2': 'SHA-256 with DSA',
  '1.2.840.10045.4.1': 'SHA-1 with ECDSA',
  '1.2.840.10045.4.3.1': 'SHA-224 with ECDSA',
  [oid.sha1]: 'SHA-1',
  '2.16.840.1.101.3.4.2.4': 'SHA-224',
  '1.3.101.113': 'Ed448',
  '1.2.840.10045.3.1.1': 'P-192',
  '1.3.132.0.33': 'P-224',
  '1.3.132.0.35': 'P-521',
  '1.3.132.0.10': 'secp256k1',
};

/** A person's name for an algorithm that is not accepted. */
export function nameAlgorithm(dotted: string): string {
  const name = refusedNames[dotted];
  return name === undefined ? `the unknown algorithm ${dotted}` : name;
}

export function readAlgorithm(node: DerNode, field: string): AlgorithmIdentifier {
  const fields = fieldsOf(node, field);
  const dotted = readOid(fields.next(tag.oid, 'algorithm'), field);
  const parameters = fields.anyOptional();
  fields.end();
  return { raw: node.raw, oid: dotted, parameters };
}

/** The digest that an identifier names; parameters absent or NULL (RFC 5754 §2). Throws a refusal by name. */
export function digestOf(algorithm: AlgorithmIdentifier, field: string): DigestName {
  const digest = digests[algorithm.oid];
  if (digest === undefined) throw refusedAlgorithm(algorithm.oid, field);
  if (algorithm.parameters !== undefined) expectTag(algorithm.parameters, tag.null, `${field}'s parameters`);
  return digest;
}

/**
 * The scheme that a signature algorithm identifier names, its parameters checked (RFC 5758 §3.2, RFC 8410 §3, RFC 4055 §3 and §5).
 * Throws `trust.algorithm-refused` by name, and `DerError` for parameters of the wrong form.
 */
export function schemeOf(algorithm: AlgorithmIdentifier, field: string): SignatureScheme {
  const ecdsa = ecdsaDigests[algorithm.oid];
  if (ecdsa !== undefined) {
    expectNoParameters(algorithm, field);
    return { scheme: 'ecdsa', digest: ecdsa };
  }
  const rsa = rsaDigests[algorithm.oid];
  if (rsa !== undefined) {
    expectNullParameters(algorithm, field);
    return { scheme: 'rsa-pkcs1', digest: rsa };
  }
  if (algorithm.oid === oid.ed25519) {
    expectNoParameters(algorithm, field);
    return { scheme: 'ed25519' };
  }
  if (algorithm.oid === oid.rsassaPss) {
    if (algorithm.parameters === undefined) throw new DerError(`${field} lacks its RSASSA-PSS parameters`);
    return { scheme: 'rsa-pss', ...readPssParameters(algorithm.parameters, field) };
  }
  throw refusedAlgorithm(algorithm.oid, field);
}

export function expectNoParameters(algorithm: AlgorithmIdentifier, field: string): void {
  if (algorithm.parameters !== undefined) throw new DerError(`${field} has parameters where there are none`);
}

export function expectNullParameters(algorithm: AlgorithmIdentifier, field: string): void {
  if (algorithm.parameters === undefined) throw new DerError(`${field} lacks its NULL parameters`);
  expectTag(algorithm.parameters, tag.null, `${field}'s parameters`);
}

export interface PssParameters {
  readonly digest: DigestName;
  readonly saltLenBytes: number;
}

/**
 * RSASSA-PSS-params (RFC 4055 §3.1). The defaults are SHA-1, so both hash fields must be there, name one digest, and the salt must be
 * at least as long as it.
 */
export function readPssParameters(node: DerNode, field: string): PssParameters {
  const fields = fieldsOf(node, field);
  const hash = fields.optional(contextConstructed(0));
  const mask = fields.optional(contextConstructed(1));
  const salt = fields.optional(contextConstructed(2));
  fields.end();
  if (hash === undefined || mask === undefined)
    throw refusedAlgorithm(oid.sha1, `${field} (the default of RSASSA-PSS)`);
  const digest = digestOf(readAlgorithm(onlyChild(hash, field), field), field);
  const maskFunction = readAlgorithm(onlyChild(mask, field), field);
  if (maskFunction.oid !== oid.mgf1 || maskFunction.parameters === undefined)
    throw refusedAlgorithm(maskFunction.oid, field);
  const maskDigest = digestOf(readAlgorithm(maskFunction.parameters, field), field);
  if (maskDigest !== digest) throw new DerError(`${field} masks with another digest than it signs with`);
  const saltLenBytes =
    salt === undefined ? 20 : readSmallInteger(onlyChild(salt, field), `the salt length of ${field}`, 1024);
  if (saltLenBytes < digestLenBytes[digest]) throw new DerError(`${field} has a salt shorter than its digest`);
  return { digest, saltLenBytes };
}

export function refusedAlgorithm(dotted: string, field: string): RefusalError {
  const name = nameAlgorithm(dotted);
  return new RefusalError(
    refuse('trust.algorithm-refused', `Drydock does not accept ${name} in ${field}.`, { algorithm: name, oid: dotted }),
  );
}
