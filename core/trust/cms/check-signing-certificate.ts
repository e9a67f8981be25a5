import { createHash } from 'node:crypto';
import { refuse, type Refusal } from '../../../contract/result.ts';
import { digestOf, readAlgorithm } from '../algorithm.ts';
import { fieldsOf } from '../der/der-fields.ts';
import { DerError, type DerNode } from '../der/read-der.ts';
import { readStrictly } from '../der/read-strictly.ts';
import { readOctets } from '../der/read-values.ts';
import { tag } from '../der/tag.ts';
import type { Certificate } from '../x509/certificate.ts';
import { readGeneralNames } from '../x509/general-name.ts';
import { describeName, sameBytes } from '../x509/name.ts';
import type { SignedAttributes } from './signed-attributes.ts';

/**
 * Where the signer says which certificate it signed with, it must be the one found (RFC 5035 §3, §5): another certificate of the same key would
 * carry other rights. SHA-1 occurs in version 1 of the attribute only; there it can refuse, never vouch.
 */
export function checkSigningCertificate(attributes: SignedAttributes, certificate: Certificate): Refusal | undefined {
  const result = readStrictly('trust.cms-signed-attributes', 'The signing-certificate attribute', () => {
    const { signingCertificate, signingCertificateV2 } = attributes;
    return (
      (signingCertificate === undefined || isFirstCertificate(signingCertificate, certificate, () => 'sha1')) &&
      (signingCertificateV2 === undefined || isFirstCertificate(signingCertificateV2, certificate, readHashAlgorithm))
    );
  });
  if (!result.ok) return result;
  if (result.value) return undefined;
  return refuse(
    'trust.cms-signed-attributes',
    `The signing-certificate attribute names another certificate than "${describeName(certificate.subject)}" (RFC 5035 §5).`,
  );
}

/** ESSCertID or ESSCertIDv2: the first of the list is the signer's. */
function isFirstCertificate(
  node: DerNode,
  certificate: Certificate,
  hashOf: (algorithm: DerNode | undefined) => string,
): boolean {
  const fields = fieldsOf(node, 'the attribute');
  const [first] = fields.next(tag.sequence, 'certificate list').children;
  fields.optional(tag.sequence);
  fields.end();
  if (first === undefined) throw new DerError('the attribute names no certificate');

  const id = fieldsOf(first, 'the certificate identifier');
  const leading = id.any('hash');
  const hasAlgorithm = leading.tag === tag.sequence;
  const digest = createHash(hashOf(hasAlgorithm ? leading : undefined))
    .update(certificate.der)
    .digest();
  const named = readOctets(hasAlgorithm ? id.any('hash') : leading, 'the certificate hash');
  const issuerSerial = id.optional(tag.sequence);
  id.end();
  return sameBytes(named, digest) && (issuerSerial === undefined || isIssuerSerial(issuerSerial, certificate));
}

/** RFC 5035 §4: SHA-256 is the default. */
function readHashAlgorithm(node: DerNode | undefined): string {
  return node === undefined
    ? 'sha256'
    : digestOf(readAlgorithm(node, 'the hash algorithm'), 'the signing-certificate attribute');
}

function isIssuerSerial(node: DerNode, certificate: Certificate): boolean {
  const fields = fieldsOf(node, 'issuerSerial');
  const names = readGeneralNames(fields.next(tag.sequence, 'issuer'), 'issuer');
  const serial = fields.next(tag.integer, 'serialNumber').content;
  fields.end();
  const issuerMatches = names.some(
    (name) => name.form === 'directoryName' && sameBytes(name.name.raw, certificate.issuer.raw),
  );
  return issuerMatches && sameBytes(serial, certificate.serial);
}
