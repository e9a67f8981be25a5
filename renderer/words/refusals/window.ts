import type { windowErrors } from '../../../contract/error-code/window.ts';
import { nextSteps } from './next-steps.ts';
import type { RefusalTable } from './refusal-table.ts';

export const windowRefusals = {
  'window.folder-in-use': {
    title: { en: 'This folder holds something else', de: 'In diesem Ordner liegt etwas anderes' },
    next: {
      en: 'Choose an empty folder, or one that already holds a station.',
      de: 'Wählen Sie einen leeren Ordner oder einen, in dem schon eine Station liegt.',
    },
  },
  'window.file-unknown': {
    title: { en: 'Choose the file again', de: 'Wählen Sie die Datei noch einmal' },
    next: {
      en: 'A choice is forgotten when its operator logs out.',
      de: 'Eine Auswahl wird vergessen, wenn sich ihr Operator abmeldet.',
    },
  },
  'window.print-failed': {
    title: { en: 'The label was not printed', de: 'Das Etikett wurde nicht gedruckt' },
    next: {
      en: 'Check that a printer is set up and ready, then print again. The update itself is not affected.',
      de: 'Sehen Sie nach, ob ein Drucker eingerichtet und bereit ist, und drucken Sie noch einmal. Die Aktualisierung selbst bleibt davon unberührt.',
    },
  },
  'window.port-taken': {
    title: { en: 'Another unit is plugged in there', de: 'Dort ist ein anderes Gerät angesteckt' },
    next: {
      en: 'Unplug that one first, or use another port.',
      de: 'Ziehen Sie zuerst dieses ab, oder nehmen Sie einen anderen Anschluss.',
    },
  },
  'window.locked': {
    title: { en: 'The window is locked', de: 'Das Fenster ist gesperrt' },
    next: {
      en: 'Unlock it with your password. Updates that run go on.',
      de: 'Entsperren Sie es mit Ihrem Passwort. Laufende Aktualisierungen gehen weiter.',
    },
  },
  'window.sender-refused': {
    title: { en: 'This did not come from Drydock’s own window', de: 'Das kam nicht aus Drydocks eigenem Fenster' },
    next: {
      en: 'Nothing was done. Restart Drydock, and tell whoever is responsible for security here.',
      de: 'Es wurde nichts getan. Starten Sie Drydock neu und sagen Sie es dem, der hier für die Sicherheit verantwortlich ist.',
    },
  },
  'window.input-too-large': {
    title: { en: 'What was entered is too large', de: 'Die Eingabe ist zu groß' },
    next: nextSteps.correctInput,
  },
  'window.no-station': {
    title: { en: 'No station is open', de: 'Es ist keine Station offen' },
    next: { en: 'Set one up, or begin training.', de: 'Richten Sie eine ein, oder beginnen Sie die Übung.' },
  },
  'window.station-open': {
    title: { en: 'A station is open already', de: 'Es ist schon eine Station offen' },
    next: { en: 'Nothing was changed. Work with that one.', de: 'Nichts wurde geändert. Arbeiten Sie mit dieser.' },
  },
  'window.unit-unknown': {
    title: {
      en: 'The training bench has no such unit or fault',
      de: 'Die Übungs-Werkbank hat dieses Gerät oder diesen Fehler nicht',
    },
    next: nextSteps.lookAgain,
  },
} as const satisfies RefusalTable<keyof typeof windowErrors>;
