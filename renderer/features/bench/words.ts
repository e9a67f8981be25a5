import type { WordTable } from '../../words/words.ts';
import { placeTitles } from '../place-titles.ts';

export const benchWords = {
  title: placeTitles.bench,
  empty: { en: 'No unit on the bench', de: 'Keine Geräte an der Werkbank' },
  emptyText: {
    en: 'Plug in a unit and it appears here within a second, with what it is, what it runs, and whether it can be updated.',
    de: 'Stecken Sie ein Gerät an: Binnen einer Sekunde steht es hier, mit dem, was es ist, was darauf läuft, und ob es sich aktualisieren lässt.',
  },
  workOrder: { en: 'Work order', de: 'Arbeitsauftrag' },
  workOrderHint: {
    en: 'F4 goes here. Every update you start is filed under it.',
    de: 'F4 führt hierher. Jede Aktualisierung wird darunter geführt.',
  },
  workOrderMissing: {
    en: 'Enter the work order first; then start the update.',
    de: 'Geben Sie zuerst den Arbeitsauftrag ein, dann starten Sie die Aktualisierung.',
  },
  workOrderForm: {
    en: 'Use plain letters, digits and punctuation marks only, at most 128.',
    de: 'Nur Buchstaben ohne Umlaute, Ziffern und einfache Zeichen, höchstens 128.',
  },
  keys: {
    en: 'Arrow keys go from place to place. Enter does the next step, F2 shows the details, Space selects.',
    de: 'Pfeiltasten gehen von Platz zu Platz. Eingabe macht den nächsten Schritt, F2 zeigt Details, Leertaste wählt.',
  },
  toWorkOrder: { en: 'Go to the work order', de: 'Zum Arbeitsauftrag' },
  units: { en: { one: '{count} unit', other: '{count} units' }, de: { one: '{count} Gerät', other: '{count} Geräte' } },
  working: { en: '{count} working', de: '{count} in Arbeit' },
  needYou: {
    en: { one: '{count} needs you', other: '{count} need you' },
    de: { one: '{count} wartet auf Sie', other: '{count} warten auf Sie' },
  },
  confirmed: { en: '{count} confirmed', de: '{count} bestätigt' },
  reverted: { en: '{count} reverted', de: '{count} zurückgesetzt' },
  failed: { en: '{count} failed', de: '{count} fehlgeschlagen' },
  refused: { en: '{count} refused', de: '{count} abgelehnt' },
  places: { en: 'Places of the bench', de: 'Plätze der Werkbank' },
  port: { en: 'Port {position}', de: 'Anschluss {position}' },
  unitAt: { en: '{unit} at {place}', de: '{unit} an {place}' },
  nowAt: { en: '{unit} at {place}: {state}', de: '{unit} an {place}: {state}' },
  runs: { en: 'Runs', de: 'Läuft mit' },
  target: { en: 'Gets', de: 'Bekommt' },
  counter: { en: 'version {counter}', de: 'Version {counter}' },
  nothing: { en: 'nothing readable', de: 'nichts Lesbares' },
  unknownYet: { en: 'not known yet', de: 'noch unbekannt' },
  none: { en: 'none', de: 'keine' },
  noSerialWord: { en: 'Unit without serial number', de: 'Gerät ohne Seriennummer' },
  noUnit: { en: 'No unit', de: 'Kein Gerät' },
  details: { en: 'Details', de: 'Details' },
  moves: { en: 'Firmware of {unit}', de: 'Firmware von {unit}' },
  clones: {
    en: 'The same serial number is also at {places}. Do not swap the units.',
    de: 'Dieselbe Seriennummer steht auch an {places}. Vertauschen Sie die Geräte nicht.',
  },
} as const satisfies WordTable;
