import { refuse, type Refusal } from '../../../contract/result.ts';
import { oid } from '../oid.ts';
import type { Certificate } from '../x509/certificate.ts';
import type { GeneralName } from '../x509/general-name.ts';
import { describeName, sameBytes } from '../x509/name.ts';
import { isSameName } from '../x509/name-matching.ts';

/** RFC 3161 §2.3: one extendedKeyUsage, critical, with id-kp-timeStamping and no other purpose. */
export function checkAuthorityPurpose(certificate: Certificate): Refusal | undefined {
  const name = describeName(certificate.subject);
  const purposes = certificate.extensions.extendedKeyUsage ?? [];
  if (purposes.length !== 1 || purposes[0] !== oid.timeStamping) {
    return refuse(
      'trust.timestamp-purpose',
      `The certificate "${name}" signed a timestamp, but is not issued for time-stamping alone (RFC 3161 §2.3).`,
      { found: purposes.join(' ') },
    );
  }
  if (certificate.extensionList.find((extension) => extension.oid === oid.extendedKeyUsage)?.critical === true)
    return undefined;
  return refuse(
    'trust.timestamp-purpose',
    `The certificate "${name}" signed a timestamp, but does not mark its purpose as critical (RFC 3161 §2.3).`,
  );
}

/** RFC 3161 §2.4.2: where the token names its authority, that is one of the subject names of the certificate. */
export function checkAuthorityName(tsa: GeneralName | undefined, certificate: Certificate): Refusal | undefined {
  if (tsa === undefined) return undefined;
  const names: readonly GeneralName[] = [
    { form: 'directoryName', name: certificate.subject },
    ...(certificate.extensions.subjectAltName ?? []),
  ];
  if (names.some((name) => isSameGeneralName(tsa, name))) return undefined;
  return refuse(
    'trust.timestamp-signer',
    `The timestamp names another authority than "${describeName(certificate.subject)}", which signed it (RFC 3161 §2.4.2).`,
  );
}

/** Forms whose content Drydock does not read are never the same. */
function isSameGeneralName(a: GeneralName, b: GeneralName): boolean {
  if ('text' in a) return 'text' in b && a.form === b.form && a.text === b.text;
  if (a.form === 'directoryName') return b.form === 'directoryName' && isSameName(a.name, b.name);
  if (a.form === 'iPAddress') return b.form === 'iPAddress' && sameBytes(a.octets, b.octets);
  if (a.form === 'registeredID') return b.form === 'registeredID' && a.oid === b.oid;
  return false;
}
