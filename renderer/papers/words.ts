import type { WordTable } from '../words/words.ts';

export const paperWords = {
  jobReport: { en: 'Report', de: 'Bericht' },
  jobReportText: {
    en: 'A signed PDF on {paper} for people and the same as JSON for machines. Either all files are written or none.',
    de: 'Ein unterschriebenes PDF in {paper} für Menschen und dasselbe als JSON für Maschinen. Es werden alle Dateien geschrieben oder keine.',
  },
  notEnded: {
    en: 'This update has not ended: a report states only what has ended. End it at the bench first.',
    de: 'Diese Aktualisierung ist nicht beendet: Ein Bericht nennt nur, was beendet ist. Beenden Sie sie zuerst an der Werkbank.',
  },
  exportReport: { en: 'Export report', de: 'Bericht exportieren' },
  written: {
    en: 'The report was written to the folder {folder}.',
    de: 'Der Bericht wurde in den Ordner {folder} geschrieben.',
  },
  digestOf: { en: 'SHA-256 of {name}', de: 'SHA-256 von {name}' },
  showFolder: { en: 'Show folder', de: 'Ordner zeigen' },
  verifyThis: {
    en: 'An auditor can verify it on any machine. The key in this command is this station’s: it has to be compared with the one that the auditor got before.',
    de: 'Eine Prüfstelle kann ihn auf jedem Rechner prüfen. Der Schlüssel im Befehl ist der dieser Station: Er ist mit dem zu vergleichen, den die Prüfstelle schon früher bekam.',
  },
  command: { en: 'command', de: 'Befehl' },
} as const satisfies WordTable;
