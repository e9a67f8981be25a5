import type { mcubootErrors } from '../../../contract/error-code/mcuboot.ts';
import { nextSteps } from './next-steps.ts';
import type { RefusalTable, RefusalWords } from './refusal-table.ts';

const malformed: RefusalWords = {
  title: {
    en: 'An image does not have the form that boot loaders need',
    de: 'Ein Image ist nicht so gebaut, wie Bootloader es brauchen',
  },
  next: nextSteps.askVendor,
};

/** Images of MCUboot. Nothing of a bundle with such an image comes into the store, so no unit is touched. */
export const mcubootRefusals = {
  'mcuboot.header-invalid': malformed,
  'mcuboot.tlv-invalid': malformed,
  'mcuboot.trailer-present': {
    title: { en: 'An image would be installed without a test boot', de: 'Ein Image würde ohne Probelauf installiert' },
    next: nextSteps.askVendor,
  },
  'mcuboot.trailing-bytes': malformed,
  'mcuboot.counter-invalid': malformed,
  'mcuboot.dependency-invalid': malformed,
  'mcuboot.tlv-unprotected': malformed,
  'mcuboot.encrypted': {
    title: {
      en: 'An image is encrypted and cannot be checked here',
      de: 'Ein Image ist verschlüsselt und hier nicht prüfbar',
    },
    next: nextSteps.askVendor,
  },
  'mcuboot.hash-missing': malformed,
  'mcuboot.hash-mismatch': {
    title: { en: 'An image is damaged or was changed', de: 'Ein Image ist beschädigt oder wurde verändert' },
    next: nextSteps.doNotUse,
  },
  'mcuboot.signature-missing': {
    title: { en: 'An image is not signed', de: 'Ein Image ist nicht unterschrieben' },
    next: nextSteps.doNotUse,
  },
  'mcuboot.algorithm-unsupported': {
    title: {
      en: 'An image is signed in a way that Drydock does not check',
      de: 'Ein Image ist auf eine Art unterschrieben, die Drydock nicht prüft',
    },
    next: nextSteps.askVendor,
  },
  'mcuboot.key-unknown': {
    title: {
      en: 'An image is signed with a key that is not trusted here',
      de: 'Ein Image ist mit einem Schlüssel unterschrieben, dem hier nicht vertraut wird',
    },
    next: {
      en: 'Units would refuse it, too. Ask an administrator whether the vendor has announced a new image key.',
      de: 'Auch die Geräte würden es ablehnen. Fragen Sie einen Administrator, ob der Hersteller einen neuen Image-Schlüssel angekündigt hat.',
    },
  },
  'mcuboot.signature-invalid': {
    title: { en: 'The signature of an image is not valid', de: 'Die Unterschrift eines Images ist ungültig' },
    next: nextSteps.doNotUse,
  },
} as const satisfies RefusalTable<keyof typeof mcubootErrors>;
