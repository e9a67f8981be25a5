import type { trustErrors } from '../../../contract/error-code/trust.ts';
import type { Words } from '../words.ts';
import { nextSteps } from './next-steps.ts';
import type { RefusalTable, RefusalWords } from './refusal-table.ts';

const broken: Words = { en: 'The signature is not valid', de: 'Die Unterschrift ist ungültig' };
const unreadable: Words = {
  en: 'The signature file does not have the required form',
  de: 'Die Unterschriftsdatei hat nicht die verlangte Form',
};
const signAnew: Words = {
  en: 'The vendor has to sign the bundle again. Send them the text with the code.',
  de: 'Der Hersteller muss das Bundle neu unterschreiben. Schicken Sie ihm den Text mit dem Code.',
};

const stampUnreadable: RefusalWords = {
  title: { en: 'A timestamp does not have the required form', de: 'Ein Zeitstempel hat nicht die verlangte Form' },
  next: signAnew,
};
const stampUntrusted: RefusalWords = {
  title: {
    en: 'A timestamp is from an authority that the station does not trust',
    de: 'Ein Zeitstempel ist von einer Stelle, der die Station nicht vertraut',
  },
  next: {
    en: 'The vendor needs one from an authority whose root is pinned here. Ask an administrator which.',
    de: 'Der Hersteller braucht einen von einer Stelle, deren Wurzel hier verankert ist. Fragen Sie einen Administrator, welche.',
  },
};
const stampWrong: RefusalWords = {
  title: { en: 'A timestamp does not fit its signature', de: 'Ein Zeitstempel passt nicht zu seiner Unterschrift' },
  next: nextSteps.doNotUse,
};

/** Signatures under bundles: what makes one count, or not. */
export const signatureRefusals = {
  'trust.cms-not-der': { title: unreadable, next: signAnew },
  'trust.cms-malformed': { title: unreadable, next: signAnew },
  'trust.cms-not-signed-data': { title: unreadable, next: signAnew },
  'trust.cms-content-included': { title: unreadable, next: signAnew },
  'trust.cms-no-signer': { title: unreadable, next: signAnew },
  'trust.cms-signer-certificate': { title: unreadable, next: signAnew },
  'trust.cms-signed-attributes': { title: unreadable, next: signAnew },
  'trust.cms-digest-algorithm': { title: unreadable, next: signAnew },
  'trust.cms-digest-mismatch': { title: broken, next: nextSteps.doNotUse },
  'trust.cms-signature-invalid': { title: broken, next: nextSteps.doNotUse },
  'trust.signature-invalid': { title: broken, next: nextSteps.doNotUse },
  'trust.revoked': {
    title: { en: 'A signer’s certificate was revoked', de: 'Das Zertifikat eines Unterzeichners wurde widerrufen' },
    next: nextSteps.doNotUse,
  },
  'trust.threshold-not-met': {
    title: { en: 'Too few have signed', de: 'Zu wenige haben unterschrieben' },
    next: {
      en: 'Ask the sender for the file with every signature.',
      de: 'Bitten Sie den Absender um die Datei mit allen Unterschriften.',
    },
  },
  'trust.timestamp-malformed': stampUnreadable,
  'trust.timestamp-signer': stampUnreadable,
  'trust.timestamp-authority': stampUntrusted,
  'trust.timestamp-purpose': stampUntrusted,
  'trust.timestamp-signature-invalid': stampWrong,
  'trust.timestamp-imprint': stampWrong,
  'trust.timestamp-time': {
    title: { en: 'A timestamp names an impossible time', de: 'Ein Zeitstempel nennt eine unmögliche Zeit' },
    next: {
      en: 'Compare this machine’s clock with a watch. If it is right, do not use the file and tell its sender.',
      de: 'Vergleichen Sie die Uhr dieses Rechners mit einer anderen. Stimmt sie, benutzen Sie die Datei nicht und sagen Sie es dem Absender.',
    },
  },
  'trust.timestamp-missing': {
    title: { en: 'A signature has no timestamp', de: 'Einer Unterschrift fehlt der Zeitstempel' },
    next: signAnew,
  },
} as const satisfies Partial<RefusalTable<keyof typeof trustErrors>>;
