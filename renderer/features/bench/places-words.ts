import type { WordTable } from '../../words/words.ts';

export const placesWords = {
  open: { en: 'Places…', de: 'Plätze…' },
  title: { en: 'Places of the bench', de: 'Plätze der Werkbank' },
  lead: {
    en: 'A place is a USB port with the number that is marked on your bench. It stays the same when units or the machine restart.',
    de: 'Ein Platz ist ein USB-Anschluss mit der Nummer, die auf Ihrer Werkbank steht. Er bleibt derselbe, wenn Geräte oder der Rechner neu starten.',
  },
  learn: { en: 'Learn places', de: 'Plätze lernen' },
  learnText: {
    en: 'One unit is enough: you plug it into one place after the other, and each port gets the next number.',
    de: 'Ein Gerät genügt: Sie stecken es an einen Platz nach dem anderen, und jeder Anschluss bekommt die nächste Nummer.',
  },
  first: { en: 'First number', de: 'Erste Nummer' },
  last: { en: 'Last number', de: 'Letzte Nummer' },
  pattern: { en: 'Name, # for the number', de: 'Name, # für die Nummer' },
  patternHint: {
    en: 'Such as “Bench #”. Empty: places keep their names, and new ones are called “Place #”.',
    de: 'Etwa „Werkbank #“. Leer: Plätze behalten ihren Namen, und neue heißen „Place #“.',
  },
  patternLacks: {
    en: 'Write # where the number goes; several places cannot have one name.',
    de: 'Schreiben Sie # für die Nummer; mehrere Plätze können nicht einen Namen haben.',
  },
  lastBefore: {
    en: 'The last number cannot be before the first.',
    de: 'Die letzte Nummer kann nicht vor der ersten liegen.',
  },
  begin: { en: 'Begin learning', de: 'Lernen beginnen' },
  plug: {
    en: 'Plug a unit into place {number}',
    de: 'Stecken Sie ein Gerät an Platz {number}',
  },
  emptyFirst: {
    en: 'Where a unit is plugged in already, pull it and plug it in again when its place is asked for.',
    de: 'Wo schon ein Gerät steckt, ziehen Sie es ab und stecken es wieder an, wenn sein Platz gefragt ist.',
  },
  learned: { en: 'Port {position} is place {number}.', de: 'Anschluss {position} ist Platz {number}.' },
  again: {
    en: 'Port {position} is place {number} already; take the next port.',
    de: 'Anschluss {position} ist schon Platz {number}; nehmen Sie den nächsten.',
  },
  occupied: {
    en: 'At port {position} something was plugged in already; pull it and plug it in again.',
    de: 'An Anschluss {position} steckte schon etwas; ziehen Sie es ab und stecken Sie es wieder an.',
  },
  done: { en: 'All places are learned.', de: 'Alle Plätze sind gelernt.' },
  end: { en: 'End learning', de: 'Lernen beenden' },
  list: { en: 'Known places', de: 'Bekannte Plätze' },
  none: {
    en: 'No place has a name yet. Learn them, or choose a port below.',
    de: 'Noch hat kein Platz einen Namen. Lernen Sie sie, oder wählen Sie unten einen Anschluss.',
  },
  portAt: { en: 'Port {position}', de: 'Anschluss {position}' },
  numbered: { en: '{number} · {name}', de: '{number} · {name}' },
  holds: { en: '{port}: {unit}', de: '{port}: {unit}' },
  change: { en: 'Change', de: 'Ändern' },
  changeOf: { en: 'Change {place}', de: '{place} ändern' },
  forget: { en: 'Forget', de: 'Vergessen' },
  forgetOf: { en: 'Forget {place}', de: '{place} vergessen' },
  one: { en: 'Name one port', de: 'Einen Anschluss benennen' },
  port: { en: 'Port', de: 'Anschluss' },
  noPort: { en: 'Choose a port', de: 'Anschluss wählen' },
  name: { en: 'Name', de: 'Name' },
  number: { en: 'Number', de: 'Nummer' },
  noNumber: { en: 'none', de: 'keine' },
  save: { en: 'Save place', de: 'Platz speichern' },
  saved: { en: 'The place was saved.', de: 'Der Platz wurde gespeichert.' },
  movedTitle: { en: 'A hub is on another port', de: 'Ein Hub hängt an einem anderen Anschluss' },
  moved: {
    en: 'Nothing is at {places}, and units are in the same order below {to} instead of {from}.',
    de: 'An {places} steht nichts, und Geräte stehen in derselben Ordnung unter {to} statt {from}.',
  },
  move: { en: 'Take the places along', de: 'Plätze mitnehmen' },
  lostTitle: { en: 'No unit is at a known place', de: 'Kein Gerät steht an einem bekannten Platz' },
  lost: {
    en: 'All units are on ports that have no number. If cables or hubs were changed, learn the places again.',
    de: 'Alle Geräte hängen an Anschlüssen ohne Nummer. Wenn Kabel oder Hubs geändert wurden, lernen Sie die Plätze neu.',
  },
  learnAgain: { en: 'Learn places again…', de: 'Plätze neu lernen…' },
} as const satisfies WordTable;
