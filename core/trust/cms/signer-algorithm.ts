import { refuse, RefusalError, type Result } from '../../../contract/result.ts';
import { type DigestName, digestOf, expectNullParameters, schemeOf, type SignatureScheme } from '../algorithm.ts';
import { fieldsOf } from '../der/der-fields.ts';
import { type DerNode } from '../der/read-der.ts';
import { readStrictly } from '../der/read-strictly.ts';
import { contextConstructed, tag } from '../der/tag.ts';
import { oid } from '../oid.ts';
import { sameBytes } from '../x509/name.ts';
import type { SignerInfo } from './signed-data.ts';

export interface SignerAlgorithms {
  /** What the content was hashed with. */
  readonly digest: DigestName;
  readonly scheme: SignatureScheme;
}

/**
 * A signer's digest and signature algorithm, which must agree: the scheme's own digest is the content's (RFC 5652 §5.4), SHA-512 with Ed25519
 * (RFC 8419 §3.1), and both are those that an algorithm-protection attribute names (RFC 6211 §2).
 */
export function readSignerAlgorithms(info: SignerInfo, protection: DerNode | undefined): Result<SignerAlgorithms> {
  return readStrictly('trust.cms-malformed', 'A signer', () => {
    const digest = digestOf(info.digestAlgorithm, "a signer's digestAlgorithm");
    const scheme = readScheme(info, digest);
    const demanded = scheme.scheme === 'ed25519' ? 'sha512' : scheme.digest;
    if (digest !== demanded)
      throw mismatch(`A signer hashes the content with ${digest} where its signature algorithm wants ${demanded}.`);
    if (protection !== undefined) checkProtection(protection, info);
    return { digest, scheme };
  });
}

/** rsaEncryption in a SignerInfo is RSASSA-PKCS1-v1_5 with the signer's digest (RFC 5754 §3.2); OpenSSL writes it so. */
function readScheme({ signatureAlgorithm }: SignerInfo, digest: DigestName): SignatureScheme {
  if (signatureAlgorithm.oid !== oid.rsaEncryption)
    return schemeOf(signatureAlgorithm, "a signer's signatureAlgorithm");
  expectNullParameters(signatureAlgorithm, "a signer's signatureAlgorithm");
  return { scheme: 'rsa-pkcs1', digest };
}

function checkProtection(node: DerNode, { digestAlgorithm, signatureAlgorithm }: SignerInfo): void {
  const fields = fieldsOf(node, 'the algorithm-protection attribute');
  const digest = fields.next(tag.sequence, 'digestAlgorithm');
  const signature = fields.next(contextConstructed(1), 'signatureAlgorithm');
  fields.end();
  // The implicit tag replaces the first octet only.
  const isSame =
    sameBytes(digest.raw, digestAlgorithm.raw) &&
    sameBytes(signature.raw.subarray(1), signatureAlgorithm.raw.subarray(1));
  if (!isSame)
    throw mismatch('The algorithm-protection attribute names other algorithms than the signer used (RFC 6211).');
}

function mismatch(reason: string): RefusalError {
  return new RefusalError(refuse('trust.cms-digest-algorithm', reason));
}
