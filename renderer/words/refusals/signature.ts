import type { Words } from '../words.ts';
import type { RefusalTable } from './refusal-table.ts';

const broken: Words = { en: 'The signature is not valid', de: 'Die Unterschrift ist ungültig' };
const doNotUse: Words = {
  en: 'Do not use this file. Tell the sender, and whoever is responsible for security here.',
  de: 'Benutzen Sie diese Datei nicht. Sagen Sie es dem Absender und dem, der hier für die Sicherheit verantwortlich ist.',
};
const unreadable: Words = {
  en: 'The signature file does not have the form that is asked for',
  de: 'Die Unterschriftsdatei hat nicht die verlangte Form',
};
const signAnew: Words = {
  en: 'The maker has to sign the bundle anew. Send them the text with the code.',
  de: 'Der Hersteller muss das Bundle neu unterschreiben. Schicken Sie ihm den Text mit dem Code.',
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
  'trust.cms-digest-mismatch': { title: broken, next: doNotUse },
  'trust.cms-signature-invalid': { title: broken, next: doNotUse },
  'trust.signature-invalid': { title: broken, next: doNotUse },
  'trust.revoked': {
    title: { en: 'A signer’s certificate was revoked', de: 'Das Zertifikat eines Unterzeichners wurde widerrufen' },
    next: doNotUse,
  },
} as const satisfies RefusalTable;
