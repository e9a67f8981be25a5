import type { WordTable } from '../words/words.ts';

/** Texts of the components that every screen uses. */
export const designWords = {
  required: { en: 'required', de: 'Pflichtfeld' },
  showPassword: { en: 'Show password', de: 'Passwort zeigen' },
  hidePassword: { en: 'Hide password', de: 'Passwort verbergen' },
  capsLock: { en: 'Caps Lock is on.', de: 'Die Feststelltaste ist an.' },
  showDigest: { en: 'Show all digits', de: 'Alle Stellen zeigen' },
  hideDigest: { en: 'Show fewer digits', de: 'Weniger Stellen zeigen' },
  copyDigest: { en: 'Copy {name}', de: '{name} kopieren' },
  copied: { en: 'Copied', de: 'Kopiert' },
  copyCode: { en: 'Copy code and text', de: 'Code und Text kopieren' },
  close: { en: 'Close', de: 'Schließen' },
  cancel: { en: 'Cancel', de: 'Abbrechen' },
  whatToDo: { en: 'What to do', de: 'Was zu tun ist' },
  yourPassword: { en: 'Your password', de: 'Ihr Passwort' },
  yourCode: { en: 'Code of your authenticator app', de: 'Code Ihrer Authenticator-App' },
  codeHint: {
    en: 'Six digits, or one of your recovery codes.',
    de: 'Sechs Ziffern, oder einer Ihrer Ersatzcodes.',
  },
  passwordSigns: {
    en: 'It signs as {name}. Nobody else can sign with your key.',
    de: 'Es unterschreibt als {name}. Niemand sonst kann mit Ihrem Schlüssel unterschreiben.',
  },
  typeName: { en: 'Type {name} to go on', de: 'Zum Fortfahren {name} eintippen' },
  nameDiffers: { en: 'This is not {name} yet.', de: 'Das ist noch nicht {name}.' },
  phaseDone: { en: 'done', de: 'fertig' },
  phaseNow: { en: 'now', de: 'läuft' },
  phaseFailed: { en: 'failed', de: 'fehlgeschlagen' },
  phaseToDo: { en: 'to come', de: 'kommt noch' },
  bytesOf: { en: '{done} of {total}', de: '{done} von {total}' },
  timeLeft: { en: '{time} left', de: 'noch {time}' },
  mayUnplug: { en: 'Safe to unplug', de: 'Darf abgesteckt werden' },
  doNotUnplug: { en: 'Do not unplug', de: 'Nicht abstecken' },
  training: { en: 'Training', de: 'Übung' },
  trainingText: {
    en: 'Virtual units and public keys: nothing done here proves anything about real equipment.',
    de: 'Virtuelle Geräte und öffentliche Schlüssel: Nichts hiervon beweist etwas über echte Geräte.',
  },
  places: { en: 'Places', de: 'Bereiche' },
} as const satisfies WordTable;
