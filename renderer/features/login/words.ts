import type { WordTable } from '../../words/words.ts';

export const loginWords = {
  title: { en: 'Log in', de: 'Anmelden' },
  username: { en: 'Username', de: 'Benutzername' },
  password: { en: 'Password', de: 'Passwort' },
  logIn: { en: 'Log in', de: 'Anmelden' },
  sessionEnded: {
    en: 'The session has ended: it reached its longest time, or the account was changed. Updates go on. Whoever was logged in comes back to the same place.',
    de: 'Die Sitzung ist zu Ende: Ihre Höchstdauer war erreicht, oder das Konto wurde geändert. Aktualisierungen gehen weiter. Wer angemeldet war, kommt an dieselbe Stelle zurück.',
  },
  forgot: {
    en: 'Forgotten? An administrator gives you a new initial password.',
    de: 'Vergessen? Ein Administrator gibt Ihnen ein neues Anfangspasswort.',
  },
  trainingPeople: { en: 'Learn as one of these people', de: 'Üben als eine dieser Personen' },
  trainingPerson: { en: '{name}, {role}', de: '{name}, {role}' },
  changeTitle: { en: 'Choose your own password', de: 'Wählen Sie Ihr eigenes Passwort' },
  changeLead: {
    en: '{name}, the password that you were given works for this one step only. With your own password the station makes a signing key that only you can use.',
    de: '{name}, das Passwort, das Sie bekommen haben, taugt nur für diesen einen Schritt. Mit Ihrem eigenen Passwort macht die Station einen Signierschlüssel, den nur Sie benutzen können.',
  },
  currentPassword: { en: 'Password that you were given', de: 'Passwort, das Sie bekommen haben' },
  newPassword: { en: 'Your new password', de: 'Ihr neues Passwort' },
  change: { en: 'Set password', de: 'Passwort setzen' },
  repeat: { en: 'Repeat the new password', de: 'Neues Passwort wiederholen' },
  repeatDiffers: { en: 'The two passwords differ.', de: 'Die beiden Passwörter sind verschieden.' },
  rules: { en: 'Rules for passwords', de: 'Regeln für Passwörter' },
  ruleLength: {
    en: '15 characters or more, spaces and any script included.',
    de: 'Mindestens 15 Zeichen; Leerzeichen und jede Schrift zählen.',
  },
  ruleWords: {
    en: 'A few words that have nothing to do with each other are good, and easy to type.',
    de: 'Ein paar Wörter, die nichts miteinander zu tun haben, sind gut und leicht zu tippen.',
  },
  ruleNames: {
    en: 'Not on a list of common passwords, no simple pattern, not your name or the station’s.',
    de: 'Auf keiner Liste häufiger Passwörter, kein einfaches Muster, nicht Ihr Name oder der der Station.',
  },
  ruleNone: {
    en: 'Capitals, digits or symbols are not required, and it does not expire.',
    de: 'Großbuchstaben, Ziffern oder Sonderzeichen sind nicht nötig, und es läuft nicht ab.',
  },
  lengthSoFar: { en: '{count} of 15 characters', de: '{count} von 15 Zeichen' },
  lengthEnough: { en: '{count} characters: long enough', de: '{count} Zeichen: lang genug' },
  lockTitle: { en: 'Locked', de: 'Gesperrt' },
  lockLead: {
    en: 'Updates go on. {name} unlocks the window with the password.',
    de: 'Aktualisierungen gehen weiter. {name} entsperrt das Fenster mit dem Passwort.',
  },
  unlock: { en: 'Unlock', de: 'Entsperren' },
  lockedUntil: { en: 'You can try again from {time}.', de: 'Der nächste Versuch ist ab {time} möglich.' },
  logOut: { en: 'Log out', de: 'Abmelden' },
  logOutOther: { en: 'Log {name} out', de: '{name} abmelden' },
  logOutOtherText: {
    en: 'Does somebody else need the station? Anybody here may log {name} out. Running updates go on to their end; standing orders of {name} start no further unit.',
    de: 'Braucht jemand anderes die Station? Jeder hier darf {name} abmelden. Laufende Aktualisierungen gehen bis zum Ende weiter; Daueraufträge von {name} starten kein weiteres Gerät.',
  },
  glances: { en: 'On the bench now', de: 'Jetzt an der Werkbank' },
  looking: { en: 'Reading the bench…', de: 'Die Werkbank wird gelesen …' },
  noJobs: { en: 'No update is running.', de: 'Es läuft keine Aktualisierung.' },
  place: { en: 'Place {number}', de: 'Platz {number}' },
  placeUnnumbered: { en: 'Place without a number', de: 'Platz ohne Nummer' },
  needsPerson: { en: 'Needs you', de: 'Wartet auf Sie' },
} as const satisfies WordTable;
