import type { WordTable } from '../../words/words.ts';
import { placeTitles } from '../place-titles.ts';

export const aboutWords = {
  title: placeTitles.about,
  stationKey: { en: 'Key of this station (SHA-256)', de: 'Schlüssel dieser Station (SHA-256)' },
  keyText: {
    en: 'Reports and the audit log are verified with it. Your auditor should have it on paper.',
    de: 'Mit ihm werden Berichte und das Audit-Protokoll geprüft. Ihre Prüfstelle sollte ihn auf Papier haben.',
  },
  health: { en: 'Health of the station', de: 'Zustand der Station' },
  looking: { en: 'The station checks itself…', de: 'Die Station prüft sich selbst …' },
  lookAgain: { en: 'Check again', de: 'Noch einmal prüfen' },
  passed: { en: 'Sound', de: 'In Ordnung' },
  warning: { en: 'Needs attention', de: 'Braucht Aufmerksamkeit' },
  failed: { en: 'Failed', de: 'Nicht in Ordnung' },
  algorithms: { en: 'Algorithms', de: 'Verfahren' },
  database: { en: 'Database', de: 'Datenbank' },
  audit: { en: 'Audit log', de: 'Audit-Protokoll' },
  clock: { en: 'Clock', de: 'Uhr' },
  usb: { en: 'USB', de: 'USB' },
  disk: { en: 'Disk', de: 'Platte' },
  key: { en: 'Station key', de: 'Stationsschlüssel' },
  versions: { en: 'Versions', de: 'Versionen' },
  algorithmsText: {
    en: 'Does the cryptography pass its known-answer tests?',
    de: 'Liefert die Kryptografie zu bekannten Eingaben die bekannten Ergebnisse?',
  },
  databaseText: {
    en: 'Is the database intact, and made for this release?',
    de: 'Ist die Datenbank unbeschädigt und von dieser Version?',
  },
  auditText: {
    en: 'Is the log unchanged and signed, as far as it was verified?',
    de: 'Ist das Protokoll, soweit geprüft, unverändert und unterschrieben?',
  },
  clockText: { en: 'Can the clock be trusted?', de: 'Ist der Uhr zu trauen?' },
  usbText: {
    en: 'Can units on the bench be seen and opened?',
    de: 'Sind Geräte an der Werkbank zu sehen und zu öffnen?',
  },
  diskText: { en: 'Is there room for bundles and the log?', de: 'Ist für Bundles und Protokoll Platz?' },
  stationKeyText: {
    en: 'Is the key that signs the log and the reports kept safe?',
    de: 'Ist der Schlüssel, der Protokoll und Berichte unterschreibt, gut verwahrt?',
  },
  genuine: { en: 'Is this program genuine?', de: 'Ist dieses Programm echt?' },
  genuineText: {
    en: 'A program cannot vouch for itself. The operating system checks the signature of the installer when it is opened. Before you install, compare the installer’s SHA-256 on another machine with the one that your organisation published.',
    de: 'Ein Programm kann nicht für sich selbst bürgen. Das Betriebssystem prüft die Unterschrift des Installationspakets beim Öffnen; vergleichen Sie vor der Installation auf einem anderen Rechner dessen SHA-256 mit dem, den Ihre Organisation bekannt gab.',
  },
  licences: { en: 'Third-party software', de: 'Software Dritter' },
  licencesText: {
    en: 'Drydock is shipped with these packages. Their licences are shown unchanged.',
    de: 'Drydock wird mit diesen Paketen ausgeliefert. Ihre Lizenzen stehen hier unverändert.',
  },
  noLicences: {
    en: 'This program was started from its source code and never built, so there is no list.',
    de: 'Dieses Programm läuft aus seinem Quelltext und wurde nie gebaut: Es gibt keine Liste.',
  },
  findLicence: {
    en: 'Search package, licence or licence text',
    de: 'Paket, Lizenz oder Lizenztext suchen',
  },
  licenceCount: {
    en: { one: '{count} package', other: '{count} packages' },
    de: { one: '{count} Paket', other: '{count} Pakete' },
  },
  noText: { en: 'This package brings no licence text.', de: 'Dieses Paket bringt keinen Lizenztext mit.' },
} as const satisfies WordTable;
