import type { bundleErrors } from '../../../contract/error-code/bundle.ts';
import type { Words } from '../words.ts';
import { bundleStockRefusals } from './bundle-stock.ts';
import { nextSteps } from './next-steps.ts';
import type { RefusalTable } from './refusal-table.ts';

const askForWhole: Words = {
  en: 'Copy the file again from where it came. If it is refused once more, ask the sender for a whole one.',
  de: 'Kopieren Sie die Datei noch einmal von dort, woher sie kam. Wird sie wieder abgelehnt, bitten Sie den Absender um eine vollständige.',
};
const doNotUse: Words = {
  en: 'Do not use this file. Its contents are not what was signed. Tell the sender, and whoever is responsible for security here.',
  de: 'Benutzen Sie diese Datei nicht. Ihr Inhalt ist nicht das, was unterschrieben wurde. Sagen Sie es dem Absender und dem, der hier für die Sicherheit verantwortlich ist.',
};
const damaged: Words = { en: 'The file is damaged or not a bundle', de: 'Die Datei ist beschädigt oder kein Bundle' };
const disguised: Words = {
  en: 'The archive is made in a way that could hide something',
  de: 'Das Archiv ist so gemacht, dass es etwas verbergen kann',
};
const otherContent: Words = {
  en: 'The contents are not what was signed',
  de: 'Der Inhalt ist nicht das, was unterschrieben wurde',
};
const manifestWrong: Words = {
  en: 'The bundle’s manifest does not have its documented form',
  de: 'Das Manifest des Bundles hat nicht die dokumentierte Form',
};

/** What may be wrong with a file that is imported as a bundle; what comes after that stands in bundle-stock.ts. */
export const bundleRefusals = {
  'bundle.file-unreadable': {
    title: { en: 'The file cannot be read', de: 'Die Datei lässt sich nicht lesen' },
    next: askForWhole,
  },
  'bundle.file-irregular': {
    title: { en: 'That is not a regular file', de: 'Das ist keine gewöhnliche Datei' },
    next: { en: 'Choose the bundle’s file itself.', de: 'Wählen Sie die Datei des Bundles selbst.' },
  },
  'bundle.archive-not-zip': { title: damaged, next: askForWhole },
  'bundle.archive-damaged': { title: damaged, next: askForWhole },
  'bundle.archive-crc': { title: damaged, next: askForWhole },
  'bundle.archive-too-large': {
    title: { en: 'The file is larger than a bundle may be', de: 'Die Datei ist größer, als ein Bundle sein darf' },
    next: nextSteps.askVendor,
  },
  'bundle.archive-entries': { title: disguised, next: nextSteps.askVendor },
  'bundle.archive-name': { title: disguised, next: nextSteps.askVendor },
  'bundle.archive-entry-unknown': { title: disguised, next: nextSteps.askVendor },
  'bundle.archive-entry-type': { title: disguised, next: nextSteps.askVendor },
  'bundle.archive-encrypted': {
    title: { en: 'The archive is encrypted', de: 'Das Archiv ist verschlüsselt' },
    next: nextSteps.askVendor,
  },
  'bundle.archive-method': { title: disguised, next: nextSteps.askVendor },
  'bundle.archive-ratio': { title: disguised, next: nextSteps.askVendor },
  'bundle.archive-duplicate': { title: disguised, next: nextSteps.askVendor },
  'bundle.archive-overlap': { title: disguised, next: nextSteps.askVendor },
  'bundle.archive-gap': { title: disguised, next: nextSteps.askVendor },
  'bundle.archive-header-mismatch': { title: disguised, next: nextSteps.askVendor },
  'bundle.manifest-missing': {
    title: { en: 'This is not a Drydock bundle', de: 'Das ist kein Drydock-Bundle' },
    next: {
      en: 'The file holds no manifest. Check that it is the firmware bundle and not another archive.',
      de: 'Die Datei enthält kein Manifest. Prüfen Sie, ob es das Firmware-Bundle ist und kein anderes Archiv.',
    },
  },
  'bundle.signature-missing': {
    title: { en: 'Nobody has signed this bundle', de: 'Niemand hat dieses Bundle unterschrieben' },
    next: { en: 'Ask the sender for the signed bundle.', de: 'Bitten Sie den Absender um das unterschriebene Bundle.' },
  },
  'bundle.manifest-invalid': { title: manifestWrong, next: nextSteps.askVendor },
  'bundle.manifest-duplicate-file': { title: manifestWrong, next: nextSteps.askVendor },
  'bundle.manifest-slot-ambiguous': { title: manifestWrong, next: nextSteps.askVendor },
  'bundle.signer-not-allowed': {
    title: {
      en: 'No signer of this bundle is trusted for this product',
      de: 'Keinem Unterzeichner dieses Bundles wird für dieses Produkt vertraut',
    },
    next: {
      en: 'Do not use this file. If you expected it, ask an administrator whether the vendor’s root certificate is on this station.',
      de: 'Benutzen Sie diese Datei nicht. Wenn Sie sie erwartet haben, fragen Sie einen Administrator, ob das Wurzelzertifikat des Herstellers auf dieser Station ist.',
    },
  },
  'bundle.signature-threshold': {
    title: { en: 'Too few have signed this bundle', de: 'Zu wenige haben dieses Bundle unterschrieben' },
    next: {
      en: 'Ask the sender for the bundle with every signature that this product’s policy asks for.',
      de: 'Bitten Sie den Absender um das Bundle mit allen Unterschriften, die die Richtlinie dieses Produkts verlangt.',
    },
  },
  'bundle.lifetime-invalid': { title: manifestWrong, next: nextSteps.askVendor },
  'bundle.not-yet-issued': {
    title: { en: 'The bundle is dated in the future', de: 'Das Bundle ist auf die Zukunft datiert' },
    next: {
      en: 'Compare this machine’s clock with a watch. If it is right, ask the vendor of the bundle.',
      de: 'Vergleichen Sie die Uhr dieses Rechners mit einer anderen. Stimmt sie, fragen Sie den Hersteller des Bundles.',
    },
  },
  'bundle.expired': {
    title: { en: 'The bundle has expired', de: 'Das Bundle ist abgelaufen' },
    next: {
      en: 'Ask the vendor for the current release, and compare this machine’s clock with a watch.',
      de: 'Bitten Sie den Hersteller um den aktuellen Stand und vergleichen Sie die Uhr dieses Rechners mit einer anderen.',
    },
  },
  'bundle.station-too-old': {
    title: { en: 'This Drydock is too old for the bundle', de: 'Dieses Drydock ist zu alt für das Bundle' },
    next: {
      en: 'Ask an administrator to update Drydock.',
      de: 'Bitten Sie einen Administrator, Drydock zu aktualisieren.',
    },
  },
  'bundle.image-unlisted': { title: otherContent, next: doNotUse },
  'bundle.image-missing': { title: otherContent, next: doNotUse },
  'bundle.image-length': { title: otherContent, next: doNotUse },
  'bundle.image-hash': { title: otherContent, next: doNotUse },
  'bundle.image-format': { title: manifestWrong, next: nextSteps.askVendor },
  'bundle.image-counter': {
    title: {
      en: 'An image has another version than the bundle says',
      de: 'Ein Image hat eine andere Version, als das Bundle sagt',
    },
    next: nextSteps.askVendor,
  },
  'bundle.image-key-unknown': {
    title: {
      en: 'An image is signed with a key that is not trusted here',
      de: 'Ein Image ist mit einem Schlüssel unterschrieben, dem hier nicht vertraut wird',
    },
    next: {
      en: 'Units would refuse it, too. Ask an administrator whether the vendor has announced a new image key.',
      de: 'Auch die Geräte würden es ablehnen. Fragen Sie einen Administrator, ob der Hersteller einen neuen Image-Schlüssel angekündigt hat.',
    },
  },
  'bundle.image-signature': { title: otherContent, next: doNotUse },
  'bundle.image-dependency': {
    title: {
      en: 'An image needs another that the bundle does not bring',
      de: 'Ein Image braucht ein anderes, das das Bundle nicht mitbringt',
    },
    next: nextSteps.askVendor,
  },
  'bundle.document-unlisted': { title: otherContent, next: doNotUse },
  'bundle.document-missing': { title: otherContent, next: doNotUse },
  'bundle.document-length': { title: otherContent, next: doNotUse },
  'bundle.document-hash': { title: otherContent, next: doNotUse },
  'bundle.document-content': {
    title: { en: 'A document is not what it says', de: 'Ein Dokument ist nicht, was es zu sein behauptet' },
    next: nextSteps.askVendor,
  },
  'bundle.sbom-invalid': {
    title: { en: 'The list of components cannot be read', de: 'Die Liste der Komponenten ist nicht lesbar' },
    next: nextSteps.askVendor,
  },
  'bundle.profile-unlisted': { title: otherContent, next: doNotUse },
  'bundle.profile-missing': { title: otherContent, next: doNotUse },
  'bundle.profile-length': { title: otherContent, next: doNotUse },
  'bundle.profile-hash': { title: otherContent, next: doNotUse },
  'bundle.profile-product': {
    title: { en: 'A device profile is for another product', de: 'Ein Geräteprofil ist für ein anderes Produkt' },
    next: nextSteps.askVendor,
  },
  'bundle.profile-unsafe': {
    title: {
      en: 'A device profile asks for what no bundle may',
      de: 'Ein Geräteprofil verlangt, was kein Bundle darf',
    },
    next: doNotUse,
  },
  'bundle.delta-too-large': {
    title: { en: 'The difference is too large', de: 'Der Unterschied ist zu groß' },
    next: nextSteps.askVendor,
  },
  'bundle.delta-hash': { title: otherContent, next: doNotUse },
  'bundle.delta-damaged': {
    title: { en: 'The difference cannot be applied', de: 'Der Unterschied lässt sich nicht anwenden' },
    next: nextSteps.askVendor,
  },
  'bundle.delta-base-missing': {
    title: {
      en: 'The bundle needs an older image that is not here',
      de: 'Das Bundle braucht ein älteres Image, das nicht da ist',
    },
    next: {
      en: 'Import the older bundle first, name a unit that still runs it, or ask the sender for the whole bundle.',
      de: 'Importieren Sie zuerst das ältere Bundle, nennen Sie ein Gerät, auf dem es noch läuft, oder bitten Sie den Absender um das vollständige Bundle.',
    },
  },
  'bundle.delta-base-differs': {
    title: { en: 'The unit runs another image', de: 'Auf dem Gerät läuft ein anderes Image' },
    next: {
      en: 'Name a unit that runs the release that the text says, or ask the sender for the whole bundle.',
      de: 'Nennen Sie ein Gerät mit dem Stand, den der Text nennt, oder bitten Sie den Absender um das vollständige Bundle.',
    },
  },
  'bundle.delta-base-unsuitable': {
    title: { en: 'The difference cannot be applied', de: 'Der Unterschied lässt sich nicht anwenden' },
    next: nextSteps.askVendor,
  },
  ...bundleStockRefusals,
} as const satisfies RefusalTable<keyof typeof bundleErrors>;
