import type { operatorErrors } from '../../../contract/error-code/operator.ts';
import { nextSteps } from './next-steps.ts';
import type { RefusalTable } from './refusal-table.ts';

export const operatorRefusals = {
  'operator.login-refused': {
    title: { en: 'Username or password is wrong', de: 'Benutzername oder Passwort ist falsch' },
    next: {
      en: 'Check the username and type the password again. After several wrong attempts the account is locked for a while.',
      de: 'Prüfen Sie den Benutzernamen und tippen Sie das Passwort noch einmal. Nach mehreren Fehlversuchen wird das Konto eine Zeit lang gesperrt.',
    },
  },
  'operator.password-wrong': {
    title: { en: 'The password is wrong', de: 'Das Passwort ist falsch' },
    next: { en: 'Type your own password again.', de: 'Tippen Sie Ihr eigenes Passwort noch einmal.' },
  },
  'operator.throttled': {
    title: { en: 'Wait a moment', de: 'Warten Sie einen Augenblick' },
    next: {
      en: 'Wait as long as the text says, then try again.',
      de: 'Warten Sie so lange, wie der Text es sagt, und versuchen Sie es dann noch einmal.',
    },
  },
  'operator.locked': {
    title: { en: 'The account is locked for a while', de: 'Das Konto ist eine Zeit lang gesperrt' },
    next: {
      en: 'Wait until the lock ends, or ask another administrator to unlock the account.',
      de: 'Warten Sie, bis die Sperre endet, oder bitten Sie einen anderen Administrator, das Konto zu entsperren.',
    },
  },
  'operator.disabled': {
    title: { en: 'This account can no longer be used', de: 'Dieses Konto kann nicht mehr benutzt werden' },
    next: {
      en: 'Ask an administrator: only an administrator can enable it again.',
      de: 'Fragen Sie einen Administrator: Nur ein Administrator kann es wieder aktivieren.',
    },
  },
  'operator.session-expired': {
    title: { en: 'You were logged out', de: 'Sie wurden abgemeldet' },
    next: {
      en: 'Log in again. Updates that run go on.',
      de: 'Melden Sie sich wieder an. Laufende Aktualisierungen gehen weiter.',
    },
  },
  'operator.password-too-short': {
    title: { en: 'The password is too short', de: 'Das Passwort ist zu kurz' },
    next: {
      en: 'Use 15 characters or more, for example four words that have nothing to do with each other.',
      de: 'Nehmen Sie mindestens 15 Zeichen, zum Beispiel vier Wörter, die nichts miteinander zu tun haben.',
    },
  },
  'operator.password-too-long': {
    title: { en: 'The password is too long', de: 'Das Passwort ist zu lang' },
    next: nextSteps.correctInput,
  },
  'operator.password-malformed': {
    title: {
      en: 'The password contains something that is not text',
      de: 'Das Passwort enthält etwas, das kein Text ist',
    },
    next: nextSteps.correctInput,
  },
  'operator.password-common': {
    title: { en: 'Others would guess this password', de: 'Dieses Passwort würden andere erraten' },
    next: {
      en: 'Use one that is on no list and follows no simple pattern.',
      de: 'Nehmen Sie eines, das auf keiner Liste steht und keinem einfachen Muster folgt.',
    },
  },
  'operator.password-contextual': {
    title: {
      en: 'This password is made of names that everyone here knows',
      de: 'Dieses Passwort besteht aus Namen, die hier jeder kennt',
    },
    next: {
      en: 'Leave out your name, the station’s name and “Drydock”.',
      de: 'Lassen Sie Ihren Namen, den Namen der Station und „Drydock“ weg.',
    },
  },
  'operator.password-unchanged': {
    title: { en: 'This is the password that you have now', de: 'Das ist das Passwort, das Sie schon haben' },
    next: {
      en: 'Use another one: somebody else knows the initial password.',
      de: 'Nehmen Sie ein anderes: Das Anfangspasswort kennt noch jemand.',
    },
  },
  'operator.input-invalid': {
    title: { en: 'A name does not have the right form', de: 'Ein Name hat nicht die richtige Form' },
    next: nextSteps.correctInput,
  },
  'operator.code-wrong': {
    title: { en: 'The code is wrong', de: 'Der Code ist falsch' },
    next: {
      en: 'Type the code that the app shows now. If that does not help, compare the clocks of phone and station; without the phone, use a recovery code.',
      de: 'Tippen Sie den Code, den die App jetzt zeigt. Hilft das nicht, vergleichen Sie die Uhren von Telefon und Station; ohne Telefon nehmen Sie einen Wiederherstellungscode.',
    },
  },
  'operator.code-used': {
    title: { en: 'This code was used already', de: 'Dieser Code wurde schon benutzt' },
    next: {
      en: 'Wait for the next code from the app; it comes within 30 seconds.',
      de: 'Warten Sie auf den nächsten Code der App; er kommt binnen 30 Sekunden.',
    },
  },
  'operator.factor-damaged': {
    title: {
      en: 'The station cannot read your second factor',
      de: 'Die Station kann Ihren zweiten Faktor nicht lesen',
    },
    next: {
      en: 'Log in with a recovery code and enrol your app again, or ask another administrator to reset the factor.',
      de: 'Melden Sie sich mit einem Wiederherstellungscode an und registrieren Sie Ihre App neu, oder lassen Sie den Faktor von einem anderen Administrator zurücksetzen.',
    },
  },
  'operator.factor-required': {
    title: { en: 'Your role needs a second factor', de: 'Ihre Rolle braucht einen zweiten Faktor' },
    next: {
      en: 'Enrol an authenticator app first; until then nothing else can be done.',
      de: 'Registrieren Sie zuerst eine Authenticator-App; bis dahin geht nichts anderes.',
    },
  },
  'operator.must-change-password': {
    title: { en: 'Replace the initial password first', de: 'Ersetzen Sie zuerst das Anfangspasswort' },
    next: {
      en: 'Somebody else knows it. Choose your own password; then you can go on.',
      de: 'Jemand anders kennt es. Wählen Sie ein eigenes; dann geht es weiter.',
    },
  },
  'operator.roles-conflict': {
    title: { en: 'An auditor has no other role', de: 'Ein Prüfer hat keine andere Rolle' },
    next: {
      en: 'Nothing was changed. Take the other roles away, or give the auditor’s to somebody else.',
      de: 'Nichts wurde geändert. Nehmen Sie die anderen Rollen weg, oder geben Sie die des Prüfers jemand anderem.',
    },
  },
  'operator.username-taken': {
    title: { en: 'This username is taken', de: 'Dieser Benutzername ist schon vergeben' },
    next: {
      en: 'Choose another one, for example with the initial of the family name. For a person who comes back, enable the previous account again.',
      de: 'Nehmen Sie einen anderen, etwa mit dem Anfangsbuchstaben des Nachnamens. Für eine Person, die zurückkommt, aktivieren Sie das bisherige Konto wieder.',
    },
  },
  'operator.already-initialised': {
    title: { en: 'The station has operators already', de: 'Die Station hat schon Operatoren' },
    next: { en: 'Ask an administrator for an account.', de: 'Bitten Sie einen Administrator um ein Konto.' },
  },
  'operator.unknown': {
    title: { en: 'There is no such operator', de: 'Diesen Operator gibt es nicht' },
    next: nextSteps.lookAgain,
  },
  'operator.last-administrator': {
    title: { en: 'This is the last administrator', de: 'Das ist der letzte Administrator' },
    next: {
      en: 'Nothing was changed. Make somebody else an administrator first.',
      de: 'Nichts wurde geändert. Machen Sie zuerst jemand anderen zum Administrator.',
    },
  },
  'operator.key-missing': {
    title: { en: 'There is no key to sign with yet', de: 'Es gibt noch keinen Schlüssel zum Unterschreiben' },
    next: {
      en: 'Replace the initial password; that makes the key.',
      de: 'Ersetzen Sie das Anfangspasswort; dabei entsteht der Schlüssel.',
    },
  },
  'operator.key-damaged': {
    title: { en: 'Your signing key cannot be opened', de: 'Ihr Signierschlüssel lässt sich nicht öffnen' },
    next: {
      en: 'Nothing was signed. Ask an administrator to reset your password; that makes a new key.',
      de: 'Nichts wurde unterschrieben. Bitten Sie einen Administrator, Ihr Passwort zurückzusetzen; dabei entsteht ein neuer Schlüssel.',
    },
  },
  'operator.code-required': {
    title: { en: 'A code from your second factor is needed', de: 'Ein Code Ihres zweiten Faktors ist nötig' },
    next: {
      en: 'Type the code that your app shows as well as the password.',
      de: 'Tippen Sie zusätzlich zum Passwort den Code, den Ihre App zeigt.',
    },
  },
  'operator.factor-missing': {
    title: { en: 'There is no second factor', de: 'Es gibt keinen zweiten Faktor' },
    next: {
      en: 'Nothing was changed. Enrol an authenticator app first.',
      de: 'Nichts wurde geändert. Registrieren Sie zuerst eine Authenticator-App.',
    },
  },
  'operator.factor-own': {
    title: { en: 'Nobody resets their own second factor', de: 'Niemand setzt seinen eigenen zweiten Faktor zurück' },
    next: {
      en: 'Remove it under Settings with a code or recovery code, or ask another administrator.',
      de: 'Entfernen Sie ihn unter Einstellungen mit einem Code oder Wiederherstellungscode, oder bitten Sie einen anderen Administrator.',
    },
  },
  'operator.factor-guards-password': {
    title: {
      en: 'The password is too short without a second factor',
      de: 'Ohne zweiten Faktor ist das Passwort zu kurz',
    },
    next: {
      en: 'For yourself: set a password of 15 characters or more first. For somebody else: give a new initial password at the same time.',
      de: 'Für sich selbst: Setzen Sie zuerst ein Passwort mit mindestens 15 Zeichen. Für jemand anderen: Geben Sie zugleich ein neues Anfangspasswort.',
    },
  },
  'operator.enrolment-unknown': {
    title: { en: 'The secret is no longer valid', de: 'Das Geheimnis gilt nicht mehr' },
    next: {
      en: 'Start again: a new secret is shown. Remove the old entry from the app.',
      de: 'Beginnen Sie noch einmal: Ein neues Geheimnis wird gezeigt. Entfernen Sie den alten Eintrag aus der App.',
    },
  },
  'operator.roles-own': {
    title: { en: 'Nobody changes their own roles', de: 'Niemand ändert seine eigenen Rollen' },
    next: { en: 'Ask another administrator to do it.', de: 'Bitten Sie einen anderen Administrator darum.' },
  },
  'operator.not-disabled': {
    title: { en: 'The account is active already', de: 'Das Konto ist schon aktiv' },
    next: {
      en: 'Somebody else has enabled it. The initial password that was shown to them counts.',
      de: 'Jemand anderes hat es aktiviert. Es gilt das Anfangspasswort, das dort gezeigt wurde.',
    },
  },
} as const satisfies RefusalTable<keyof typeof operatorErrors>;
