import type { bundleErrors } from '../../../contract/error-code/bundle.ts';
import type { Words } from '../words.ts';
import { nextSteps } from './next-steps.ts';
import type { RefusalTable } from './refusal-table.ts';

const stored: Words = {
  en: 'The station’s own copy of the bundle is no longer whole',
  de: 'Die eigene Kopie der Station ist nicht mehr vollständig',
};
const importAgain: Words = {
  en: 'Import the bundle’s file again, and tell an administrator: something changed the data folder.',
  de: 'Importieren Sie die Datei des Bundles noch einmal und sagen Sie es einem Administrator: Etwas hat den Datenordner verändert.',
};

/** An import that did not come to its end, and what goes wrong with bundles that are here. */
export const bundleStockRefusals = {
  'bundle.import-cancelled': {
    title: { en: 'The import was cancelled', de: 'Der Import wurde abgebrochen' },
    next: {
      en: 'Nothing of the file was kept. Import it again when you want it.',
      de: 'Nichts von der Datei wurde behalten. Importieren Sie sie wieder, wenn Sie sie brauchen.',
    },
  },
  'bundle.import-unknown': {
    title: { en: 'There is no import to cancel', de: 'Es gibt keinen Import abzubrechen' },
    next: {
      en: 'It may have just ended: look at the list of bundles. Only the person who started an import can cancel it.',
      de: 'Er ist vielleicht gerade zu Ende gegangen: Sehen Sie in die Liste der Bundles. Einen Import kann nur abbrechen, wer ihn begonnen hat.',
    },
  },
  'bundle.import-id-taken': {
    title: { en: 'This import is under way already', de: 'Dieser Import läuft schon' },
    next: {
      en: 'Wait for its end, then try again.',
      de: 'Warten Sie sein Ende ab und versuchen Sie es dann noch einmal.',
    },
  },
  'bundle.sbom-too-many': {
    title: { en: 'The SBOM is too large to be compared', de: 'Die SBOM ist zu groß zum Vergleichen' },
    next: {
      en: 'Export it and compare it with a tool for SBOMs. The bundle itself is not affected.',
      de: 'Exportieren Sie sie und vergleichen Sie sie mit einem Werkzeug für SBOMs. Das Bundle selbst betrifft das nicht.',
    },
  },
  'bundle.other-product': {
    title: { en: 'The bundles are for different products', de: 'Die Bundles sind für verschiedene Produkte' },
    next: { en: 'Choose a bundle of the same product.', de: 'Wählen Sie ein Bundle desselben Produkts.' },
  },
  'bundle.stored-missing': { title: stored, next: importAgain },
  'bundle.stored-damaged': { title: stored, next: importAgain },
  'bundle.output-exists': {
    title: { en: 'The folder already has a file of that name', de: 'Der Ordner hat schon eine Datei dieses Namens' },
    next: {
      en: 'Choose another folder. Nothing was overwritten.',
      de: 'Wählen Sie einen anderen Ordner. Es wurde nichts überschrieben.',
    },
  },
  'bundle.output-failed': {
    title: { en: 'The file could not be written', de: 'Die Datei ließ sich nicht schreiben' },
    next: {
      en: 'Choose another folder, or make room on the disk.',
      de: 'Wählen Sie einen anderen Ordner, oder schaffen Sie Platz auf der Platte.',
    },
  },
  'bundle.document-unknown': {
    title: { en: 'The bundle has no such document', de: 'Das Bundle hat dieses Dokument nicht' },
    next: nextSteps.lookAgain,
  },
  'bundle.description-invalid': {
    title: {
      en: 'The bundle’s description does not have its documented form',
      de: 'Die Beschreibung des Bundles hat nicht die dokumentierte Form',
    },
    next: nextSteps.correctInput,
  },
} as const satisfies Partial<RefusalTable<keyof typeof bundleErrors>>;
