import type { WordTable } from '../../words/words.ts';

export const settingsWords = {
  title: { en: 'Settings', de: 'Einstellungen' },
  empty: { en: 'Nothing to set yet', de: 'Noch nichts einzustellen' },
  emptyText: {
    en: 'Language, look and paper of this machine will stand here. Until then press F8.',
    de: 'Sprache, Aussehen und Papier dieses Rechners werden hier stehen. Drücken Sie bis dahin F8.',
  },
} as const satisfies WordTable;
