import type { trustErrors } from '../../../contract/error-code/trust.ts';
import type { Words } from '../words.ts';
import { nextSteps } from './next-steps.ts';
import type { RefusalTable, RefusalWords } from './refusal-table.ts';

const malformed: RefusalWords = {
  title: {
    en: 'A certificate does not have the required form',
    de: 'Ein Zertifikat hat nicht die verlangte Form',
  },
  next: nextSteps.askSender,
};
const notAllowed: RefusalWords = {
  title: { en: 'A certificate is not meant for this use', de: 'Ein Zertifikat ist nicht für diesen Zweck bestimmt' },
  next: nextSteps.askSender,
};
const weak: RefusalWords = {
  title: {
    en: 'A kind of key or signature is not accepted',
    de: 'Eine Art von Schlüssel oder Unterschrift wird nicht angenommen',
  },
  next: nextSteps.askSender,
};
const otherList: RefusalWords = {
  title: { en: 'The revocation list cannot be used', de: 'Die Sperrliste ist nicht benutzbar' },
  next: nextSteps.askSender,
};
const currentList: Words = {
  en: 'Ask the vendor for the current revocation list, and have an administrator import it.',
  de: 'Bitten Sie den Hersteller um die aktuelle Sperrliste, und lassen Sie sie von einem Administrator importieren.',
};

/** Certificates, the path from a signer to a pinned root, and revocation lists. */
export const certificateRefusals = {
  'trust.certificate-malformed': malformed,
  'trust.certificate-version': malformed,
  'trust.certificate-serial': malformed,
  'trust.certificate-profile': malformed,
  'trust.extension-duplicate': malformed,
  'trust.extension-unknown-critical': malformed,
  'trust.algorithm-refused': weak,
  'trust.algorithm-mismatch': malformed,
  'trust.key-malformed': malformed,
  'trust.key-weak': weak,
  'trust.no-path': {
    title: {
      en: 'The station does not trust the signer',
      de: 'Die Station vertraut dem Unterzeichner nicht',
    },
    next: {
      en: 'Do not use this file. If you expected it, ask an administrator whether the vendor’s root is pinned.',
      de: 'Benutzen Sie diese Datei nicht. Wenn Sie sie erwartet haben, fragen Sie einen Administrator, ob die Wurzel des Herstellers verankert ist.',
    },
  },
  'trust.budget-exceeded': {
    title: {
      en: 'The file holds more certificates than can be checked',
      de: 'Die Datei hat mehr Zertifikate, als sich prüfen lassen',
    },
    next: nextSteps.askSender,
  },
  'trust.not-yet-valid': {
    title: { en: 'A certificate is not valid yet', de: 'Ein Zertifikat gilt noch nicht' },
    next: {
      en: 'Compare this machine’s clock with a watch. If it is right, use the file when the certificate is valid.',
      de: 'Vergleichen Sie die Uhr dieses Rechners mit einer anderen. Stimmt sie, benutzen Sie die Datei, wenn das Zertifikat gilt.',
    },
  },
  'trust.not-a-ca': notAllowed,
  'trust.leaf-is-ca': notAllowed,
  'trust.path-length': notAllowed,
  'trust.key-usage': notAllowed,
  'trust.extended-key-usage': notAllowed,
  'trust.key-identifier': malformed,
  'trust.name-constraint': notAllowed,
  'trust.policy-unprocessed': malformed,
  'trust.crl-malformed': otherList,
  'trust.crl-unsupported': otherList,
  'trust.crl-not-current': {
    title: { en: 'The revocation list is not current', de: 'Die Sperrliste ist nicht aktuell' },
    next: currentList,
  },
  'trust.crl-issuer': otherList,
  'trust.crl-number': {
    title: {
      en: 'The revocation list is older than one seen before',
      de: 'Die Sperrliste ist älter als eine schon gesehene',
    },
    next: nextSteps.doNotUse,
  },
  'trust.crl-missing': {
    title: { en: 'A revocation list is missing', de: 'Eine Sperrliste fehlt' },
    next: currentList,
  },
  'trust.crl-stale': {
    title: { en: 'The revocation list is too old for the policy', de: 'Die Sperrliste ist für die Richtlinie zu alt' },
    next: currentList,
  },
  'trust.crl-partial': otherList,
} as const satisfies Partial<RefusalTable<keyof typeof trustErrors>>;
