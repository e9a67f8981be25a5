import type { Words, WordTable } from '../../words/words.ts';
import type { ScanRefusal } from './scan-target.ts';

export const scanWords = {
  hint: {
    en: 'Scan at any time: a work order, a unit’s label, or an asset tag for the unit that you are at.',
    de: 'Scannen Sie jederzeit: einen Arbeitsauftrag, ein Geräteetikett oder die Inventarnummer des Geräts, bei dem Sie sind.',
  },
  workOrder: { en: 'Scanned work order {text}.', de: 'Arbeitsauftrag {text} gescannt.' },
  assetTag: { en: 'Scanned asset tag {text} for {unit}.', de: 'Inventarnummer {text} für {unit} gescannt.' },
  udi: { en: 'Scanned UDI {text} for {unit}.', de: 'UDI {text} für {unit} gescannt.' },
  instead: { en: '{scanned} It was {before}.', de: '{scanned} Vorher stand da {before}.' },
  found: { en: 'Scanned {serial}: {unit}.', de: '{serial} gescannt: {unit}.' },
  unitAlone: {
    en: 'Scanned a label for {unit}. It names no product, so nothing was filled in.',
    de: 'Etikett für {unit} gescannt. Es nennt kein Produkt, darum wurde nichts eingetragen.',
  },
  made: { en: 'Made on {day}.', de: 'Hergestellt am {day}.' },
  lot: { en: 'Lot {lot}.', de: 'Charge {lot}.' },
  expires: { en: 'Use by {day}.', de: 'Verwendbar bis {day}.' },
  expired: {
    en: 'The use-by date on the label, {day}, has passed.',
    de: 'Das Verfallsdatum auf dem Etikett, {day}, ist überschritten.',
  },
  undo: { en: 'Undo scan', de: 'Scan zurücknehmen' },
  undone: { en: 'The scan was undone.', de: 'Der Scan wurde zurückgenommen.' },
  ask: {
    en: 'These digits read like the label {text}, but the reader did not say so. What are they?',
    de: 'Diese Ziffern lesen sich wie das Etikett {text}, aber der Leser hat das nicht gesagt. Was sind sie?',
  },
  isLabel: { en: 'It is a label', de: 'Es ist ein Etikett' },
  isText: { en: 'It is plain text', de: 'Es ist einfacher Text' },
} as const satisfies WordTable;

/** Why a scan did nothing, in the words of whoever holds the reader. Each says what was read and what it was held against. */
export const scanReasons = {
  'scan.serial-differs': {
    en: 'The label says {said}; the unit at {place} says of itself that it is {found}. Nothing was filled in.',
    de: 'Das Etikett nennt {said}; das Gerät an {place} nennt sich selbst {found}. Es wurde nichts eingetragen.',
  },
  'scan.serial-not-here': {
    en: 'The label says {said}, and no unit on the bench has this serial number. Nothing was filled in.',
    de: 'Das Etikett nennt {said}, und kein Gerät an der Werkbank hat diese Seriennummer. Es wurde nichts eingetragen.',
  },
  'scan.serial-twice': {
    en: 'Several units on the bench have the serial number {said}. Nothing was filled in.',
    de: 'Mehrere Geräte an der Werkbank haben die Seriennummer {said}. Es wurde nichts eingetragen.',
  },
  'scan.product-differs': {
    en: 'This label names the product {said}; the label that was scanned before for the unit at {place} names {found}. What stood there was kept.',
    de: 'Dieses Etikett nennt das Produkt {said}; das vorher für das Gerät an {place} gescannte nennt {found}. Was da stand, blieb stehen.',
  },
  'scan.no-unit-chosen': {
    en: 'The label names the product {said} and no serial number, and no unit is chosen. Nothing was filled in.',
    de: 'Das Etikett nennt das Produkt {said} und keine Seriennummer, und kein Gerät ist gewählt. Es wurde nichts eingetragen.',
  },
  'scan.unit-busy': {
    en: 'The unit at {place} has a job that has not ended; {said} was not added to its papers.',
    de: 'Für das Gerät an {place} läuft ein Auftrag, der nicht zu Ende ist; {said} kam nicht in seine Papiere.',
  },
  'scan.text-unfit': {
    en: 'A job cannot carry {said}: at most 128 plain letters, digits and punctuation marks. Nothing was filled in.',
    de: 'Ein Auftrag kann {said} nicht aufnehmen: höchstens 128 Buchstaben ohne Umlaute, Ziffern und einfache Zeichen. Es wurde nichts eingetragen.',
  },
} as const satisfies Readonly<Record<ScanRefusal, Words>>;
