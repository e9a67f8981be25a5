import type { WordTable } from '../words/words.ts';

export const paperWords = {
  jobReport: { en: 'Report', de: 'Bericht' },
  jobReportText: {
    en: 'A signed PDF on {paper} for people and the same as JSON for machines. Either all files are written or none.',
    de: 'Ein unterschriebenes PDF in {paper} für Menschen und dasselbe als JSON für Maschinen. Es werden alle Dateien geschrieben oder keine.',
  },
  notEnded: {
    en: 'This update has not ended: a report states only what has ended. End it at the bench first.',
    de: 'Diese Aktualisierung ist nicht beendet: Ein Bericht nennt nur, was beendet ist. Beenden Sie sie zuerst am Arbeitsplatz.',
  },
  exportReport: { en: 'Export report', de: 'Bericht ausgeben' },
  written: { en: 'The report stands in the folder {folder}.', de: 'Der Bericht liegt im Ordner {folder}.' },
  digestOf: { en: 'SHA-256 of {name}', de: 'SHA-256 von {name}' },
  showFolder: { en: 'Show folder', de: 'Ordner zeigen' },
  verifyThis: {
    en: 'An auditor verifies it on any machine. The key in this command is this station’s: let them compare it with the one they got from you before.',
    de: 'Eine Prüferin prüft ihn auf einem beliebigen Rechner. Der Schlüssel im Befehl ist der dieser Station: Er ist mit dem zu vergleichen, den die Prüferin schon früher bekam.',
  },
  command: { en: 'command', de: 'Befehl' },
} as const satisfies WordTable;
