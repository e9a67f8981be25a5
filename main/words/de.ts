import type { ShellWords } from './shell-words.ts';

export const german: ShellWords = {
  choose: {
    bundle: 'Firmware-Paket',
    certificate: 'Zertifikat oder öffentlicher Schlüssel',
    crl: 'Sperrliste',
    'trust-package': 'Vertrauenspaket',
    'trust-signature': 'Signatur eines Vertrauenspakets',
    policy: 'Richtlinie',
    report: 'Bericht (JSON)',
    checkpoint: 'Aufbewahrter Prüfpunkt',
    'verifier-key': 'Prüfschlüssel',
    'witness-request': 'Bitte um Gegenzeichnung',
    'export-folder': 'Zielordner',
    'data-folder': 'Ordner für die Daten der Station',
  },
  allFiles: 'Alle Dateien',
  close: {
    title: 'Geräte werden aktualisiert',
    message: (units) => (units === 1 ? 'Ein Gerät wird aktualisiert.' : `${units} Geräte werden aktualisiert.`),
    detail: (places) =>
      `${places.join('\n')}\n\nWenn Sie Drydock jetzt schließen, hört die Arbeit daran auf. Lassen Sie die Geräte eingesteckt: jeder Auftrag lässt sich fortsetzen, sobald Drydock wieder offen ist.`,
    keepWorking: 'Weiterarbeiten',
    closeAll: 'Anhalten und schließen',
  },
  startFailed: {
    title: 'Drydock ist nicht gestartet',
    text: 'In Drydock oder auf dem Rechner ist ein Fehler aufgetreten. Kein Gerät wurde angerührt. Starten Sie das Programm noch einmal; scheitert es wieder, sagen Sie es Ihrer Administration. Der Fehler steht in der Ausgabe des Programms (Standardfehlerausgabe).',
  },
  menu: {
    file: 'Station',
    edit: 'Bearbeiten',
    view: 'Ansicht',
    bench: 'Werkbank',
    bundles: 'Pakete',
    history: 'Verlauf',
    settings: 'Einstellungen',
    about: 'Über Drydock',
    lock: 'Fenster sperren',
    quit: 'Beenden',
    training: 'Übungsbetrieb…',
    station: 'Übungsbetrieb verlassen…',
    developerTools: 'Entwicklerwerkzeuge',
  },
};
