import { refuse, type Refusal } from '../../../contract/result.ts';
import { oid } from '../oid.ts';
import type { Certificate } from '../x509/certificate.ts';
import { describeName } from '../x509/name.ts';
import { isWellFormed } from '../x509/name-syntax.ts';
import { checkAlgorithmsAgree } from './check-issued.ts';

/** Critical extensions whose meaning the path validation carries out. */
const processedExtensions: ReadonlySet<string> = new Set([
  oid.keyUsage,
  oid.subjectAltName,
  oid.issuerAltName,
  oid.basicConstraints,
  oid.nameConstraints,
  oid.extendedKeyUsage,
  oid.certificatePolicies,
]);

/** "Conforming CAs MUST mark this extension as non-critical." */
const neverCritical: ReadonlySet<string> = new Set([
  oid.authorityKeyIdentifier, // RFC 5280 §4.2.1.1
  oid.subjectKeyIdentifier, // §4.2.1.2
  oid.subjectDirectoryAttributes, // §4.2.1.8
  oid.freshestCrl, // §4.2.1.15
  oid.authorityInfoAccess, // §4.2.2.1
  oid.subjectInfoAccess, // §4.2.2.2
]);

/** What holds for every certificate of a path, the anchor's included, whatever its place (RFC 5280 §4.1, §4.2). */
export function checkProfile(certificate: Certificate): Refusal | undefined {
  return (
    checkVersion(certificate) ??
    checkAlgorithmsAgree(certificate) ??
    checkSerial(certificate) ??
    checkNames(certificate) ??
    checkCriticality(certificate) ??
    checkPolicyDemands(certificate) ??
    checkKey(certificate)
  );
}

/** §4.1.2.1: without version 3 there is no basicConstraints, so anyone could be a CA. §4.1.2.8: no unique identifiers. */
function checkVersion(certificate: Certificate): Refusal | undefined {
  const name = describeName(certificate.subject);
  if (certificate.version !== 3) {
    return refuse(
      'trust.certificate-version',
      `The certificate "${name}" is X.509 version ${certificate.version}; version 3 is needed.`,
    );
  }
  if (certificate.hasUniqueIds) {
    return refuse(
      'trust.certificate-profile',
      `The certificate "${name}" has unique identifiers, which RFC 5280 §4.1.2.8 forbids.`,
    );
  }
  return undefined;
}

/** §4.1.2.2. */
function checkSerial(certificate: Certificate): Refusal | undefined {
  const [first = 0] = certificate.serial;
  const isPositive = first < 0x80 && certificate.serial.some((octet) => octet !== 0);
  if (isPositive && certificate.serial.length <= 20) return undefined;
  return refuse(
    'trust.certificate-serial',
    `The certificate "${describeName(certificate.subject)}" has a serial number that is zero, negative or longer than 20 octets (RFC 5280 §4.1.2.2).`,
  );
}

function checkNames(certificate: Certificate): Refusal | undefined {
  const { issuer, subject, extensions, extensionList } = certificate;
  const refuseProfile = (what: string): Refusal =>
    refuse('trust.certificate-profile', `The certificate "${describeName(subject)}" ${what}.`);
  // §4.1.2.4
  if (issuer.rdns.length === 0) return refuseProfile('has an empty issuer (RFC 5280 §4.1.2.4)');
  if (subject.rdns.length === 0) {
    // §4.1.2.6: a CA needs a subject; others may do with a critical subjectAltName.
    if (extensions.basicConstraints?.ca === true) return refuseProfile('is a CA without a subject (RFC 5280 §4.1.2.6)');
    const altName = extensionList.find((extension) => extension.oid === oid.subjectAltName);
    if (altName?.critical !== true)
      return refuseProfile('has neither a subject nor a critical subjectAltName (RFC 5280 §4.2.1.6)');
  }
  // §4.2.1.6
  if (extensions.subjectAltName?.every(isWellFormed) === false)
    return refuseProfile('has a malformed name in subjectAltName (RFC 5280 §4.2.1.6)');
  return undefined;
}

/** §4.2: an unknown critical extension is refused; so is one whose criticality is the opposite of what its definition demands. */
function checkCriticality(certificate: Certificate): Refusal | undefined {
  const name = describeName(certificate.subject);
  for (const { oid: type, critical } of certificate.extensionList) {
    if (critical && neverCritical.has(type)) {
      return refuse(
        'trust.certificate-profile',
        `The certificate "${name}" marks the extension ${type} critical, which RFC 5280 §4.2 forbids.`,
        { oid: type },
      );
    }
    if (critical && !processedExtensions.has(type) && !policyExtensions.has(type)) {
      return refuse(
        'trust.extension-unknown-critical',
        `The certificate "${name}" has the critical extension ${type}, which Drydock does not process.`,
        {
          oid: type,
        },
      );
    }
    // §4.2.1.10
    if (!critical && type === oid.nameConstraints) {
      return refuse(
        'trust.certificate-profile',
        `The certificate "${name}" has name constraints that are not critical (RFC 5280 §4.2.1.10).`,
      );
    }
  }
  return undefined;
}

/** A pointer to a practice statement, and a notice for people: neither says anything to software. */
const knownQualifiers: ReadonlySet<string> = new Set([oid.cpsQualifier, oid.userNoticeQualifier]);

const policyExtensions: ReadonlySet<string> = new Set([
  oid.policyConstraints,
  oid.inhibitAnyPolicy,
  oid.policyMappings,
]);

/**
 * Drydock asks for no policy (user-initial-policy-set is any-policy), so certificatePolicies alone refuses nothing. Extensions that *demand*
 * policy processing are refused, marked critical (as §4.2.1.11 and §4.2.1.14 want) or not; policyMappings where critical.
 */
function checkPolicyDemands(certificate: Certificate): Refusal | undefined {
  const demand = certificate.extensionList.find(
    ({ oid: type, critical }) =>
      type === oid.policyConstraints || type === oid.inhibitAnyPolicy || (critical && type === oid.policyMappings),
  );
  if (demand === undefined) return checkPolicyQualifiers(certificate);
  return refuse(
    'trust.policy-unprocessed',
    `The certificate "${describeName(certificate.subject)}" demands certificate policy processing (extension ${demand.oid}), which Drydock does not do.`,
    { oid: demand.oid },
  );
}

/** §4.2.1.4: critical policies are understood with every qualifier, or the certificate is refused. */
function checkPolicyQualifiers({ subject, extensions, extensionList }: Certificate): Refusal | undefined {
  const critical = extensionList.some((extension) => extension.oid === oid.certificatePolicies && extension.critical);
  const unknown = extensions.policyQualifiers.find((type) => !knownQualifiers.has(type));
  if (!critical || unknown === undefined) return undefined;
  return refuse(
    'trust.policy-unprocessed',
    `The certificate "${describeName(subject)}" has critical certificate policies with the qualifier ${unknown}, which Drydock does not know (RFC 5280 §4.2.1.4).`,
    { oid: unknown },
  );
}

function checkKey(certificate: Certificate): Refusal | undefined {
  const { publicKey } = certificate;
  if (publicKey.ok) return undefined;
  return {
    ...publicKey,
    reason: `The key of the certificate "${describeName(certificate.subject)}" is refused: ${publicKey.reason}`,
  };
}
