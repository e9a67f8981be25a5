import type { WordTable } from '../../words/words.ts';
import { placeTitles } from '../place-titles.ts';

export const aboutWords = {
  title: placeTitles.about,
  stationKey: { en: 'Key of this station (SHA-256)', de: 'Schlüssel dieser Station (SHA-256)' },
  keyText: {
    en: 'Reports and the audit log are verified with it. Your auditor should have it on paper.',
    de: 'Mit ihm werden Berichte und das Audit-Protokoll geprüft. Ihre Prüfer sollten ihn auf Papier haben.',
  },
  health: { en: 'Health of the station', de: 'Zustand der Station' },
  looking: { en: 'The station looks at itself …', de: 'Die Station prüft sich selbst …' },
  lookAgain: { en: 'Check again', de: 'Noch einmal prüfen' },
  passed: { en: 'Sound', de: 'In Ordnung' },
  warning: { en: 'Needs attention', de: 'Braucht Aufmerksamkeit' },
  failed: { en: 'Not sound', de: 'Nicht in Ordnung' },
  algorithms: { en: 'Algorithms', de: 'Verfahren' },
  database: { en: 'Database', de: 'Datenbank' },
  audit: { en: 'Audit log', de: 'Audit-Protokoll' },
  clock: { en: 'Clock', de: 'Uhr' },
  usb: { en: 'USB', de: 'USB' },
  disk: { en: 'Disk', de: 'Platte' },
  key: { en: 'Station key', de: 'Stationsschlüssel' },
  versions: { en: 'Versions', de: 'Versionen' },
  algorithmsText: {
    en: 'Does the cryptography give the known answers to known questions?',
    de: 'Gibt die Kryptografie auf bekannte Fragen die bekannten Antworten?',
  },
  databaseText: {
    en: 'Is the database whole, and of this release?',
    de: 'Ist die Datenbank heil und von dieser Version?',
  },
  auditText: {
    en: 'Is the log unchanged and signed, as far as it was verified?',
    de: 'Ist das Protokoll, soweit geprüft, unverändert und unterschrieben?',
  },
  clockText: { en: 'Can the clock be believed?', de: 'Ist der Uhr zu glauben?' },
  usbText: {
    en: 'Can units on the bench be seen and opened?',
    de: 'Sind Geräte am Arbeitsplatz zu sehen und zu öffnen?',
  },
  diskText: { en: 'Is there room for bundles and the log?', de: 'Ist für Bundles und Protokoll Platz?' },
  stationKeyText: {
    en: 'Is the key that signs the log and the reports well kept?',
    de: 'Ist der Schlüssel, der Protokoll und Berichte unterschreibt, gut verwahrt?',
  },
  genuine: { en: 'Is this program genuine?', de: 'Ist dieses Programm echt?' },
  genuineText: {
    en: 'A program cannot vouch for itself. The operating system checks the signature of the installer when it is opened; compare the installer’s SHA-256 with the one that your organisation published, on another machine, before you install.',
    de: 'Ein Programm kann nicht für sich selbst bürgen. Das Betriebssystem prüft die Unterschrift des Installationspakets beim Öffnen; vergleichen Sie vor der Installation auf einem anderen Rechner dessen SHA-256 mit dem, den Ihre Organisation bekannt gab.',
  },
  licences: { en: 'Made by others', de: 'Von anderen gemacht' },
  licencesText: {
    en: 'Drydock is shipped with these packages. Their licences stand here as they were written.',
    de: 'Drydock wird mit diesen Paketen ausgeliefert. Ihre Lizenzen stehen hier, wie sie geschrieben wurden.',
  },
  noLicences: {
    en: 'This program was started from its source and never built: there is no list.',
    de: 'Dieses Programm läuft aus seinem Quelltext und wurde nie gebaut: Es gibt keine Liste.',
  },
  findLicence: {
    en: 'Find a package, a licence or words of its text',
    de: 'Paket, Lizenz oder Wörter des Textes suchen',
  },
  licenceCount: {
    en: { one: '{count} package', other: '{count} packages' },
    de: { one: '{count} Paket', other: '{count} Pakete' },
  },
  noText: { en: 'This package brings no text of its licence.', de: 'Dieses Paket bringt keinen Lizenztext mit.' },
} as const satisfies WordTable;
