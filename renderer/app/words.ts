import type { WordTable } from '../words/words.ts';

/** Texts of the frame around every screen. */
export const appWords = {
  lock: { en: 'Lock', de: 'Sperren' },
  logOut: { en: 'Log out', de: 'Abmelden' },
  yourAccount: { en: 'Your account', de: 'Ihr Konto' },
  display: { en: 'Display', de: 'Anzeige' },
  help: { en: 'Keys', de: 'Tasten' },
  helpTitle: { en: 'Keys that work here', de: 'Tasten, die hier gelten' },
  helpScan: {
    en: 'A barcode scanner works anywhere in the window: its text goes to the work order or asset tag, whatever has the focus.',
    de: 'Ein Barcode-Scanner wirkt überall im Fenster: Sein Text geht in den Arbeitsauftrag oder die Inventarnummer, gleich, was den Fokus hat.',
  },
  helpBare: { en: 'Keys without Ctrl, such as ?', de: 'Tasten ohne Strg, etwa ?' },
  helpEnter: { en: 'Do the one next thing', de: 'Das eine Nächste tun' },
  helpTab: { en: 'Go to the next control', de: 'Zum nächsten Bedienelement' },
  helpOpen: { en: 'Show these keys', de: 'Diese Tasten zeigen' },
  language: { en: 'Language', de: 'Sprache' },
  languageSystem: { en: 'As the machine', de: 'Wie der Rechner' },
  theme: { en: 'Look', de: 'Aussehen' },
  themeLight: { en: 'Light', de: 'Hell' },
  themeDark: { en: 'Dark', de: 'Dunkel' },
  themeContrast: { en: 'High contrast', de: 'Hoher Kontrast' },
  motion: { en: 'Motion', de: 'Bewegung' },
  motionReduced: { en: 'Nothing moves', de: 'Nichts bewegt sich' },
  paper: { en: 'Paper of reports', de: 'Papier der Berichte' },
  offline: { en: 'Offline', de: 'Offline' },
  offlineTitle: {
    en: 'No depot server is set up: Drydock opens no network connection at all.',
    de: 'Kein Depotserver ist eingerichtet: Drydock öffnet keinerlei Netzverbindung.',
  },
  clockGood: { en: 'Clock believed', de: 'Uhr glaubwürdig' },
  clockBad: { en: 'Clock not believed', de: 'Uhr unglaubwürdig' },
  clockTitle: {
    en: 'Certificates and approvals are judged by the station’s clock.',
    de: 'Zertifikate und Freigaben werden nach der Uhr der Station beurteilt.',
  },
  trustNone: { en: 'Nothing trusted yet', de: 'Noch nichts vertraut' },
  trustStale: { en: 'Revocation list out of date', de: 'Sperrliste veraltet' },
  trustWaits: { en: 'Trust change waits', de: 'Vertrauensänderung wartet' },
  trustGood: {
    en: { one: '{count} trusted root', other: '{count} trusted roots' },
    de: { one: '{count} vertraute Wurzel', other: '{count} vertraute Wurzeln' },
  },
  trustTitle: {
    en: 'Bundles count only where they are signed down to one of these roots.',
    de: 'Bundles gelten nur, wenn sie bis zu einer dieser Wurzeln unterschrieben sind.',
  },
  notYours: { en: 'Your roles do not show this', de: 'Ihre Rollen zeigen das nicht' },
  notYoursText: {
    en: 'What stands here belongs to another role. Choose a place on the left.',
    de: 'Was hier steht, gehört zu einer anderen Rolle. Wählen Sie links einen Bereich.',
  },
  skip: { en: 'Skip to the content', de: 'Zum Inhalt springen' },
  starting: { en: 'Drydock is starting', de: 'Drydock startet' },
  noAnswer: { en: 'Drydock cannot start', de: 'Drydock kann nicht starten' },
  tryAgain: { en: 'Try again', de: 'Noch einmal versuchen' },
  standIn: { en: 'Stand-in shell', de: 'Ersatzhülle' },
  standInTitle: {
    en: 'This window runs in a stand-in for Electron, for development and tests.',
    de: 'Dieses Fenster läuft in einem Ersatz für Electron, zum Entwickeln und Testen.',
  },
} as const satisfies WordTable;
