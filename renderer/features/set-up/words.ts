import type { WordTable } from '../../words/words.ts';

export const setUpWords = {
  title: { en: 'Set up Drydock', de: 'Drydock einrichten' },
  lead: {
    en: 'Nothing is set up on this machine yet. What is it for?',
    de: 'Auf diesem Rechner ist noch nichts eingerichtet. Wofür ist er da?',
  },
  station: { en: 'A station for real units', de: 'Eine Station für echte Geräte' },
  stationText: {
    en: 'Keeps its own accounts, keys and audit log. What it signs counts.',
    de: 'Hat eigene Konten, Schlüssel und ein Audit-Protokoll. Was sie unterschreibt, gilt.',
  },
  chooseStation: { en: 'Set up this station', de: 'Diese Station einrichten' },
  training: { en: 'Training mode', de: 'Übungsbetrieb' },
  trainingText: {
    en: 'Eight virtual units, ready bundles and faults on demand, to learn the whole job without risk. Everything is stamped as training.',
    de: 'Acht virtuelle Geräte, fertige Bundles und Fehler auf Wunsch, um die ganze Arbeit ohne Risiko zu lernen. Alles ist als Übung gestempelt.',
  },
  chooseTraining: { en: 'Start training', de: 'Übung beginnen' },
  folder: { en: 'Where its data is kept', de: 'Wo ihre Daten liegen' },
  folderText: {
    en: 'Database, bundles and keys. A local disk with a backup; not a network drive.',
    de: 'Datenbank, Bundles und Schlüssel. Eine lokale Platte mit Sicherung; kein Netzlaufwerk.',
  },
  chooseFolder: { en: 'Choose another folder', de: 'Anderen Ordner wählen' },
  usualFolder: { en: 'Use the default folder', de: 'Standardordner verwenden' },
  newTitle: { en: 'Set up this station', de: 'Diese Station einrichten' },
  newLead: {
    en: 'The first account is an administrator’s, who creates the other accounts and decides what the station trusts. There is no default password.',
    de: 'Das erste Konto ist das eines Administrators: Er legt die anderen Konten an und bestimmt, wem die Station vertraut. Ein Standardpasswort gibt es nicht.',
  },
  stationName: { en: 'Name of the station', de: 'Name der Station' },
  stationNameHint: {
    en: 'As it should appear on every report, for example “Bench 1, Biomedical”.',
    de: 'Wie er auf jedem Bericht stehen soll, zum Beispiel „Werkbank 1, Medizintechnik“.',
  },
  administrator: { en: 'First administrator', de: 'Erster Administrator' },
  printedName: { en: 'Printed name', de: 'Gedruckter Name' },
  printedNameHint: {
    en: 'Stands beside every signature. Write it as it should be read on paper.',
    de: 'Steht neben jeder Unterschrift. Schreiben Sie ihn, wie er auf Papier zu lesen sein soll.',
  },
  username: { en: 'Username', de: 'Benutzername' },
  usernameHint: {
    en: '2 to 32 lower-case letters and digits, with single . _ or - between them. It is given once and never again.',
    de: '2 bis 32 Kleinbuchstaben und Ziffern, dazwischen einzeln . _ oder -. Er wird einmal vergeben und nie wieder.',
  },
  make: { en: 'Create the station', de: 'Station anlegen' },
  freshTitle: { en: 'The station is ready', de: 'Die Station ist bereit' },
  freshLead: {
    en: 'Give its key to your auditor today: reports are verified with it.',
    de: 'Geben Sie ihren Schlüssel heute an Ihre Prüfstelle: Mit ihm werden Berichte geprüft.',
  },
  stationKey: { en: 'Key of this station (SHA-256)', de: 'Schlüssel dieser Station (SHA-256)' },
  keyText: {
    en: 'Note it down on paper, or copy it. It also stands under About.',
    de: 'Notieren Sie ihn auf Papier oder kopieren Sie ihn. Er steht auch unter „Über Drydock“.',
  },
  nextTrust: { en: 'Say whom the station trusts', de: 'Sagen, wem die Station vertraut' },
  nextTrustText: {
    en: 'Until a vendor’s root is pinned, every bundle is refused.',
    de: 'Solange keine Wurzel eines Herstellers verankert ist, wird jedes Bundle abgelehnt.',
  },
  pinRoot: { en: 'Pin a vendor’s root', de: 'Wurzel eines Herstellers verankern' },
  nextPeople: { en: 'Create the other accounts', de: 'Die anderen Konten anlegen' },
  nextPeopleText: {
    en: 'A technician, an approver, and a second administrator who can unlock you.',
    de: 'Ein Techniker, ein Freigeber und ein zweiter Administrator, der Sie entsperren kann.',
  },
  makeAccounts: { en: 'Create accounts', de: 'Konten anlegen' },
  refusedTitle: { en: 'The station cannot be opened', de: 'Die Station lässt sich nicht öffnen' },
  refusedLead: {
    en: 'No unit was touched and no data was changed. Jobs that ran before are kept and can be resumed once the station opens.',
    de: 'Kein Gerät wurde berührt und keine Daten geändert. Frühere Aufträge sind aufgehoben und lassen sich fortsetzen, sobald die Station sich öffnet.',
  },
  tryAgain: { en: 'Try again', de: 'Noch einmal versuchen' },
} as const satisfies WordTable;
