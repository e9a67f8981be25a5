import type { WordTable } from '../../words/words.ts';

export const factorWords = {
  gateTitle: { en: 'Enrol a second factor', de: 'Zweiten Faktor registrieren' },
  gateLead: {
    en: '{name}, this station requires a code besides the password for your role. Enrol an authenticator app now; nothing else can be done before.',
    de: '{name}, diese Station verlangt von Ihrer Rolle einen Code neben dem Passwort. Registrieren Sie jetzt eine Authenticator-App; vorher geht nichts anderes.',
  },
  enrol: { en: 'Enrol an app', de: 'App registrieren' },
  replace: { en: 'Enrol another app', de: 'Andere App registrieren' },
  newCodes: { en: 'Make new recovery codes', de: 'Neue Wiederherstellungscodes erzeugen' },
  newCodesText: {
    en: 'The previous codes no longer work after that.',
    de: 'Die bisherigen Codes gelten danach nicht mehr.',
  },
  beginText: {
    en: 'You need a phone with an authenticator app, or a token that takes a secret. Neither it nor the station needs a network.',
    de: 'Sie brauchen ein Telefon mit Authenticator-App oder einen Token, der ein Geheimnis aufnimmt. Weder dieses noch die Station braucht ein Netz.',
  },
  replaceText: {
    en: 'The previous app counts until the new one is confirmed. Its recovery codes end with it.',
    de: 'Die bisherige App gilt, bis die neue bestätigt ist. Ihre Wiederherstellungscodes enden mit ihr.',
  },
  yourPassword: { en: 'Your password', de: 'Ihr Passwort' },
  begin: { en: 'Show the secret', de: 'Geheimnis zeigen' },
  stepScan: { en: '1. Scan this with the app', de: '1. Scannen Sie das mit der App' },
  qrLabel: {
    en: 'QR code of the secret, for the camera of your phone',
    de: 'QR-Code des Geheimnisses, für die Kamera Ihres Telefons',
  },
  orType: { en: 'Or type it in', de: 'Oder tippen Sie es ein' },
  secret: { en: 'Secret', de: 'Geheimnis' },
  secretFacts: {
    en: 'Account {account} at {issuer}; time-based, 6 digits, every 30 seconds. It is shown this once, until {time}.',
    de: 'Konto {account} bei {issuer}; zeitbasiert, 6 Ziffern, alle 30 Sekunden. Es wird nur dieses eine Mal gezeigt, bis {time}.',
  },
  stepCode: { en: '2. Type the code that the app shows', de: '2. Tippen Sie den Code, den die App zeigt' },
  code: { en: 'Code from the app', de: 'Code der App' },
  codeHint: { en: '6 digits. A new one comes every 30 seconds.', de: '6 Ziffern. Alle 30 Sekunden kommt ein neuer.' },
  confirm: { en: 'Confirm app', de: 'App bestätigen' },
  again: { en: 'Start again', de: 'Noch einmal beginnen' },
  codesTitle: { en: 'Keep your recovery codes', de: 'Verwahren Sie Ihre Wiederherstellungscodes' },
  codesText: {
    en: 'For the day you lose your phone: each replaces a code, once. Keep them on paper, not on the phone. They are not shown again.',
    de: 'Für den Tag, an dem das Telefon weg ist: Jeder ersetzt einmal einen Code. Verwahren Sie sie auf Papier, nicht auf dem Telefon. Sie werden nicht noch einmal gezeigt.',
  },
  codesOf: {
    en: 'Recovery codes of {name} ({username}), station {station}',
    de: 'Wiederherstellungscodes von {name} ({username}), Station {station}',
  },
  copyCodes: { en: 'Copy codes', de: 'Codes kopieren' },
  copied: { en: 'The recovery codes are copied.', de: 'Die Wiederherstellungscodes sind kopiert.' },
  printCodes: { en: 'Print codes', de: 'Codes drucken' },
  kept: { en: 'I have kept them', de: 'Ich habe sie verwahrt' },
  remove: { en: 'Remove second factor', de: 'Zweiten Faktor entfernen' },
  removeText: {
    en: 'From then on you log in and sign with the password alone. The recovery codes no longer work.',
    de: 'Danach melden Sie sich allein mit dem Passwort an und unterschreiben auch so. Die Wiederherstellungscodes gelten nicht mehr.',
  },
} as const satisfies WordTable;
