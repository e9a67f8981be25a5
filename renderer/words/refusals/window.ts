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
  'window.port-taken': {
    title: { en: 'Another unit is plugged in there', de: 'Dort ist ein anderes Gerät angesteckt' },
    next: {
      en: 'Pull that one first, or take another port.',
      de: 'Ziehen Sie zuerst dieses ab, oder nehmen Sie einen anderen Anschluss.',
    },
  },
  'window.locked': { title: { en: 'The window is locked', de: 'Das Fenster ist gesperrt' } },
} as const satisfies RefusalTable;
