import { refuse, type Refusal } from '../../../contract/result.ts';
import { oid } from '../oid.ts';
import { describeKey, minSignerRsaBits } from '../public-key.ts';
import type { Certificate } from '../x509/certificate.ts';
import { keyUsageBit } from '../x509/certificate-extensions.ts';
import { describeName } from '../x509/name.ts';

/** What the signer's certificate must show. */
export interface LeafRules {
  /** Key purpose that the leaf's extendedKeyUsage must name, as an OID. */
  readonly eku: string;
  /** Whether a leaf without extendedKeyUsage is refused. */
  readonly requireEku: boolean;
  /** Whether a leaf without keyUsage is refused. */
  readonly requireKu: boolean;
  readonly allowCaLeaf: boolean;
}

export function refuseUnreadableClock(): Refusal {
  return refuse('trust.clock-unreadable', 'The time to judge certificates at is not a date; set date and time.');
}

/** RFC 5280 §6.1.3 (a)(2). Both ends of the validity are inside it (§4.1.2.5). */
export function checkValidity(certificate: Certificate, at: Date): Refusal | undefined {
  // NaN compares false with everything, which would let every certificate pass.
  if (Number.isNaN(at.getTime())) return refuseUnreadableClock();
  const name = describeName(certificate.subject);
  const atText = at.toISOString();
  const detail = { subject: name, fingerprintSha256: certificate.fingerprintSha256, at: atText };
  if (at.getTime() < certificate.notBefore.getTime()) {
    const since = certificate.notBefore.toISOString();
    return refuse(
      'trust.not-yet-valid',
      `The certificate "${name}" is not valid before ${since}; the station's clock says ${atText}.`,
      {
        ...detail,
        notBefore: since,
      },
    );
  }
  if (at.getTime() > certificate.notAfter.getTime()) {
    const since = certificate.notAfter.toISOString();
    return refuse(
      'trust.expired',
      `The certificate "${name}" expired on ${since}; the station's clock says ${atText}.`,
      { ...detail, notAfter: since },
    );
  }
  return undefined;
}

/** RFC 5280 §6.1.4 (k), (n) and the CA rules of §4.2.1.2, §4.2.1.3, §4.2.1.9. */
export function checkCaRole(certificate: Certificate): Refusal | undefined {
  const name = describeName(certificate.subject);
  const { basicConstraints, keyUsage, subjectKeyIdentifier } = certificate.extensions;
  if (basicConstraints?.ca !== true) {
    return refuse(
      'trust.not-a-ca',
      `The certificate "${name}" issued another one but is not a CA (basicConstraints, RFC 5280 §6.1.4 (k)).`,
    );
  }
  if (certificate.extensionList.find((extension) => extension.oid === oid.basicConstraints)?.critical !== true) {
    return refuse(
      'trust.not-a-ca',
      `The CA certificate "${name}" does not mark basicConstraints critical (RFC 5280 §4.2.1.9).`,
    );
  }
  if (keyUsage?.has(keyUsageBit.keyCertSign) !== true) {
    return refuse(
      'trust.key-usage',
      `The CA certificate "${name}" has no keyUsage that allows keyCertSign (RFC 5280 §6.1.4 (n), §4.2.1.3).`,
    );
  }
  if (subjectKeyIdentifier === undefined) {
    return refuse(
      'trust.key-identifier',
      `The CA certificate "${name}" has no subjectKeyIdentifier (RFC 5280 §4.2.1.2).`,
    );
  }
  return undefined;
}

/** The signer: no CA, allowed to sign, for this purpose, with a strong key. */
export function checkLeafRole(certificate: Certificate, rules: LeafRules): Refusal | undefined {
  return (
    checkLeafIsNoCa(certificate, rules) ??
    checkLeafKeyUsage(certificate, rules) ??
    checkLeafPurpose(certificate, rules) ??
    checkLeafKeyStrength(certificate)
  );
}

function checkLeafIsNoCa(certificate: Certificate, rules: LeafRules): Refusal | undefined {
  const name = describeName(certificate.subject);
  const { basicConstraints, keyUsage, nameConstraints } = certificate.extensions;
  if (basicConstraints?.ca === true) {
    if (rules.allowCaLeaf) return undefined;
    return refuse(
      'trust.leaf-is-ca',
      `The signer's certificate "${name}" is a CA certificate; a signer needs one of its own.`,
    );
  }
  // RFC 5280 §4.2.1.9: no keyCertSign without cA.
  if (keyUsage?.has(keyUsageBit.keyCertSign) === true) {
    return refuse(
      'trust.key-usage',
      `The signer's certificate "${name}" allows keyCertSign without being a CA (RFC 5280 §4.2.1.9).`,
    );
  }
  // §4.2.1.10: in CA certificates only.
  if (nameConstraints !== undefined) {
    return refuse(
      'trust.certificate-profile',
      `The signer's certificate "${name}" has name constraints without being a CA (RFC 5280 §4.2.1.10).`,
    );
  }
  return undefined;
}

/** §4.2.1.3: a key that signs anything but certificates and CRLs needs digitalSignature or contentCommitment. */
function checkLeafKeyUsage(certificate: Certificate, rules: LeafRules): Refusal | undefined {
  const { keyUsage } = certificate.extensions;
  const name = describeName(certificate.subject);
  if (keyUsage === undefined) {
    return rules.requireKu
      ? refuse('trust.key-usage', `The signer's certificate "${name}" has no keyUsage.`)
      : undefined;
  }
  if (usesOf(certificate).some((bit) => keyUsage.has(bit))) return undefined;
  return refuse(
    'trust.key-usage',
    `The signer's certificate "${name}" does not allow digitalSignature (RFC 5280 §4.2.1.3).`,
  );
}

/** A CA that is accepted as the leaf is there for its certificates and CRLs. */
function usesOf({ extensions }: Certificate): readonly number[] {
  const { digitalSignature, contentCommitment, keyCertSign, crlSign } = keyUsageBit;
  const forContent = [digitalSignature, contentCommitment];
  return extensions.basicConstraints?.ca === true ? [...forContent, keyCertSign, crlSign] : forContent;
}

/** §4.2.1.12: the purpose itself; anyExtendedKeyUsage does not stand for it. */
function checkLeafPurpose(certificate: Certificate, rules: LeafRules): Refusal | undefined {
  const purposes = certificate.extensions.extendedKeyUsage;
  const name = describeName(certificate.subject);
  if (purposes === undefined) {
    if (!rules.requireEku) return undefined;
    return refuse(
      'trust.extended-key-usage',
      `The signer's certificate "${name}" has no extendedKeyUsage; ${rules.eku} is needed.`,
      { eku: rules.eku },
    );
  }
  if (purposes.includes(rules.eku)) return undefined;
  return refuse(
    'trust.extended-key-usage',
    `The signer's certificate "${name}" is not issued for the purpose ${rules.eku}.`,
    {
      eku: rules.eku,
      found: purposes.join(' '),
    },
  );
}

function checkLeafKeyStrength(certificate: Certificate): Refusal | undefined {
  if (!certificate.publicKey.ok) return certificate.publicKey;
  const { kind } = certificate.publicKey.value;
  if (kind.type !== 'rsa' || kind.bits >= minSignerRsaBits) return undefined;
  return refuse(
    'trust.key-weak',
    `The signer's certificate "${describeName(certificate.subject)}" has an ${describeKey(kind)} key; a signer needs at least RSA ${minSignerRsaBits}.`,
  );
}

/** A CA that names purposes can only pass those on; anyExtendedKeyUsage passes on all. */
export function checkCaPurpose(certificate: Certificate, eku: string): Refusal | undefined {
  const purposes = certificate.extensions.extendedKeyUsage;
  if (purposes === undefined || purposes.includes(eku) || purposes.includes(oid.anyExtendedKeyUsage)) return undefined;
  return refuse(
    'trust.extended-key-usage',
    `The CA certificate "${describeName(certificate.subject)}" may not issue for the purpose ${eku}.`,
    {
      eku,
      found: purposes.join(' '),
    },
  );
}
