import type { stationErrors } from '../../../contract/error-code/station.ts';
import { nextSteps } from './next-steps.ts';
import type { RefusalTable } from './refusal-table.ts';

export const stationRefusals = {
  'station.in-use': {
    title: { en: 'Drydock is already running on this data folder', de: 'Drydock läuft schon mit diesem Datenordner' },
    next: {
      en: 'Use the window that is open, or end the other program and start again.',
      de: 'Benutzen Sie das offene Fenster, oder beenden Sie das andere Programm und starten Sie neu.',
    },
  },
  'station.database-newer': {
    title: {
      en: 'The data was written by a newer Drydock',
      de: 'Die Daten wurden von einem neueren Drydock geschrieben',
    },
    next: {
      en: 'Install that release again. Nothing was changed.',
      de: 'Installieren Sie diese Version wieder. Es wurde nichts geändert.',
    },
  },
  'station.database-damaged': {
    title: { en: 'The station’s database is damaged', de: 'Die Datenbank der Station ist beschädigt' },
    next: {
      en: 'Do not try to repair it. Keep the folder as it is for your auditor, and restore the last backup.',
      de: 'Versuchen Sie keine Reparatur. Lassen Sie den Ordner für die Prüfung, wie er ist, und spielen Sie die letzte Sicherung ein.',
    },
  },
  'station.disk-full': {
    title: { en: 'The disk is full', de: 'Die Platte ist voll' },
    next: {
      en: 'Make room on the disk of the data folder, then start again.',
      de: 'Schaffen Sie Platz auf der Platte des Datenordners und starten Sie dann neu.',
    },
  },
  'station.storage-failed': {
    title: {
      en: 'The data folder cannot be read or written',
      de: 'Der Datenordner lässt sich nicht lesen oder schreiben',
    },
    next: {
      en: 'Check the disk and the rights of the folder, then start again.',
      de: 'Prüfen Sie die Platte und die Rechte am Ordner und starten Sie dann neu.',
    },
  },
  'station.key-damaged': {
    title: {
      en: 'The station’s signing key cannot be used',
      de: 'Der Signierschlüssel der Station ist nicht benutzbar',
    },
    next: {
      en: 'Restore the last backup. Without its key the station signs no report.',
      de: 'Spielen Sie die letzte Sicherung ein. Ohne ihren Schlüssel unterschreibt die Station keinen Bericht.',
    },
  },
  'station.algorithm-missing': {
    title: {
      en: 'This Drydock lacks an algorithm that it needs',
      de: 'Diesem Drydock fehlt ein Verfahren, das es braucht',
    },
    next: {
      en: 'Nothing was changed. Install Drydock again from its own package.',
      de: 'Nichts wurde geändert. Installieren Sie Drydock neu aus seinem eigenen Paket.',
    },
  },
  'station.fault': {
    title: { en: 'Something in the program went wrong', de: 'Im Programm ist etwas schiefgegangen' },
    next: {
      en: 'Try once more. If it happens again, restart Drydock: jobs that run can be resumed.',
      de: 'Versuchen Sie es noch einmal. Geschieht es wieder, starten Sie Drydock neu: Laufende Aufträge können fortgesetzt werden.',
    },
  },
  'station.not-logged-in': {
    title: { en: 'Nobody is logged in', de: 'Niemand ist angemeldet' },
    next: nextSteps.logIn,
  },
  'station.permission-denied': {
    title: { en: 'Your roles do not allow this', de: 'Ihre Rollen erlauben das nicht' },
    next: {
      en: 'Ask somebody who has the role, or an administrator to give it to you.',
      de: 'Bitten Sie jemanden mit dieser Rolle, oder einen Administrator, sie Ihnen zu geben.',
    },
  },
  'station.input-invalid': {
    title: {
      en: 'Something that was entered does not have the right form',
      de: 'Eine Eingabe hat nicht die richtige Form',
    },
    next: nextSteps.correctInput,
  },
  'station.not-initialised': {
    title: { en: 'This folder holds no station yet', de: 'In diesem Ordner liegt noch keine Station' },
    next: { en: 'Set one up first.', de: 'Richten Sie zuerst eine ein.' },
  },
  'station.already-initialised': {
    title: { en: 'This folder already holds a station', de: 'In diesem Ordner liegt schon eine Station' },
    next: { en: 'Nothing was changed. Log in to it.', de: 'Nichts wurde geändert. Melden Sie sich an ihr an.' },
  },
  'station.file-exists': {
    title: { en: 'There is another file of that name', de: 'Dort liegt schon eine andere Datei dieses Namens' },
    next: {
      en: 'Nothing was overwritten. Choose another folder.',
      de: 'Es wurde nichts überschrieben. Wählen Sie einen anderen Ordner.',
    },
  },
  'station.file-unreadable': {
    title: { en: 'What was chosen cannot be read', de: 'Was gewählt wurde, ist nicht lesbar' },
    next: {
      en: 'Check that the medium is still there, and choose it again.',
      de: 'Prüfen Sie, ob das Medium noch da ist, und wählen Sie noch einmal.',
    },
  },
  'station.operation-unknown': {
    title: { en: 'The station does not know this operation', de: 'Die Station kennt diesen Vorgang nicht' },
    next: { en: 'Nothing was done. Restart Drydock.', de: 'Es wurde nichts getan. Starten Sie Drydock neu.' },
  },
} as const satisfies RefusalTable<keyof typeof stationErrors>;
