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
      en: 'See that a printer is set up and ready, then print again. The update itself is not touched by it.',
      de: 'Sehen Sie nach, ob ein Drucker eingerichtet und bereit ist, und drucken Sie noch einmal. Die Aktualisierung selbst bleibt davon unberührt.',
    },
  },
  'window.locked': { title: { en: 'The window is locked', de: 'Das Fenster ist gesperrt' } },
} as const satisfies RefusalTable;
