import { SvelteMap } from 'svelte/reactivity';
import type { Refusal } from '../../../contract/result.ts';
import type { ScanReading } from '../../../contract/schema/scan.ts';
import { call } from '../../bridge/call.ts';
import { announce } from '../../design/announce.svelte.ts';
import { fill } from '../../words/fill.ts';
import { language } from '../../words/language.svelte.ts';
import { printable } from '../../words/printable.ts';
import { say } from '../../words/say.ts';
import type { Scan } from '../../scanner/burst.ts';
import { bench, keyOf, onNextOperator, papersOf, putPapers } from './bench.svelte.ts';
import type { Card } from './cards.ts';
import { nameOfPlace, nameOfUnit } from './describe.ts';
import { aimScan, type ScanAim, type ScanDeed, type ScannedUnit, type ScanScene } from './scan-target.ts';
import { scanReasons, scanWords } from './scan-words.ts';
import { benchWords } from './words.ts';

/** Where the person is at the moment of a scan. */
export interface ScanPlace {
  readonly aim: ScanAim;
  /** Position of the card that has the focus or whose details are open. */
  readonly current: string | null;
  readonly isOpen: boolean;
}

/** The last scan, as it is shown: what was read and what it did. */
interface LastScan {
  readonly text: string;
  readonly refusal: { readonly code: string; readonly reason: string; readonly isOwn: boolean } | null;
  readonly undo: (() => void) | null;
  /** Digits that a person still has to say what they are. */
  readonly unsure: { readonly reading: ScanReading; readonly sent: string; readonly place: ScanPlace } | null;
}

let last = $state.raw<LastScan | null>(null);
/** Device identifiers that were scanned, by unit, with the UDI that they came with. */
const identifiers = new SvelteMap<string, { readonly udi: string; readonly identifier: string }>();
let round = 0;

export const scans = {
  get last(): LastScan | null {
    return last;
  },
};

/** Nothing that one operator scanned stays for the next. */
onNextOperator(() => {
  round += 1;
  last = null;
  identifiers.clear();
});

/**
 * Takes a scan: the station reads the code, and it goes where it belongs. Resolves to the position of the unit that it meant, so that the screen
 * goes there; null where it meant none. A scan that comes before the answer to the one before it counts, and the older one no more.
 */
export async function takeScan(scan: Scan, place: ScanPlace): Promise<string | null> {
  round += 1;
  const mine = round;
  const sent = `${scan.symbology ?? ''}${scan.text}`;
  const answer = await call('scan.read', { text: sent });
  if (mine !== round) return null;
  if (answer.ok) return apply(answer.value, sent, place);
  show({ text: '', refusal: { ...pick(answer), isOwn: false } });
  return null;
}

/** A person has said what unmarked digits are. */
export function settleScan(is: 'label' | 'text'): string | null {
  if (last?.unsure == null) return null;
  const { reading, sent, place } = last.unsure;
  const settled: ScanReading =
    is === 'label' ? { ...reading, marked: true } : { ...reading, kind: 'plain', text: sent };
  return apply(settled, sent, place);
}

export function undoScan(): void {
  if (last?.undo == null) return;
  last.undo();
  show({ text: say(scanWords.undone) });
}

function apply(reading: ScanReading, sent: string, place: ScanPlace): string | null {
  const deed = aimScan(reading, sceneAt(place));
  if (deed.does === 'ask') {
    show({ text: say(scanWords.ask, { text: reading.text }), unsure: { reading, sent, place } });
    return null;
  }
  if (deed.does === 'refuse') {
    const at = deed.at === null ? '' : placeOf(deed.at.position);
    const values = { said: printable(deed.said), found: deed.found, place: at };
    // Each reason names some of the three; their arguments are checked in the tests of the catalogue.
    const reason = fill(language(), scanReasons[deed.code][language()], values);
    show({ text: '', refusal: { code: deed.code, reason, isOwn: true } });
    return null;
  }
  if (deed.does === 'work-order') {
    const before = bench.workOrder;
    bench.workOrder = deed.text;
    show({
      text: sentence(say(scanWords.workOrder, { text: deed.text }), before, deed.text),
      undo: () => (bench.workOrder = before),
    });
    return null;
  }
  const card = cardAt(deed.at.position);
  if (card === undefined) return null;
  if (deed.does === 'go') show({ text: sayFound(reading, card) });
  else fillPapers(card, deed, reading);
  return card.position;
}

function fillPapers(card: Card, deed: Extract<ScanDeed, { does: 'asset-tag' | 'udi' }>, reading: ScanReading): void {
  const field = deed.does === 'udi' ? 'udi' : 'assetTag';
  const before = papersOf(card)[field];
  putPapers(card, { [field]: deed.text });
  const identifier = reading.fields.deviceIdentifier;
  if (field === 'udi' && identifier !== null) identifiers.set(keyOf(card), { udi: deed.text, identifier });
  const words = deed.does === 'udi' ? scanWords.udi : scanWords.assetTag;
  const text = sentence(say(words, { text: deed.text, unit: unitOf(card) }), before, deed.text);
  show({ text: [text, ...sayDays(reading)].join(' '), undo: () => putPapers(card, { [field]: before }) });
}

function sayFound(reading: ScanReading, card: Card): string {
  const unit = unitOf(card);
  if (reading.kind === 'plain') return say(scanWords.found, { serial: reading.text, unit: placeOf(card.position) });
  return [say(scanWords.unitAlone, { unit }), ...sayDays(reading)].join(' ');
}

/** What else stands on a label that a person at the bench wants to know. */
function sayDays({ fields: { lot, made, expires } }: ScanReading): readonly string[] {
  const isOver = expires !== null && expires < new Date().toISOString().slice(0, 10);
  return [
    ...(lot === null ? [] : [say(scanWords.lot, { lot })]),
    ...(made === null ? [] : [say(scanWords.made, { day: made })]),
    ...(expires === null ? [] : [say(isOver ? scanWords.expired : scanWords.expires, { day: expires })]),
  ];
}

function sentence(text: string, before: string, now: string): string {
  const stood = before.trim();
  return stood === '' || stood === now ? text : say(scanWords.instead, { scanned: text, before: stood });
}

function sceneAt({ aim, current, isOpen }: ScanPlace): ScanScene {
  const units = bench.cards.map(describeUnit);
  const at = units.find(({ position }) => position === current) ?? null;
  return { aim, workOrder: bench.workOrder, current: at, isOpen: isOpen && at !== null, units };
}

function describeUnit(card: Card): ScannedUnit {
  const { position, unit, job } = card;
  const isBusy = job !== null && job.endedAt === null;
  const scanned = identifiers.get(keyOf(card));
  // A UDI that was typed over or emptied binds nobody.
  const deviceIdentifier = scanned !== undefined && papersOf(card).udi === scanned.udi ? scanned.identifier : null;
  // A unit that restarts is not plugged in for a moment; its job knows who it is.
  return { position, serial: unit?.serial ?? (isBusy ? job.serial : null), isBusy, deviceIdentifier };
}

function cardAt(position: string): Card | undefined {
  return bench.cards.find((card) => card.position === position);
}

function placeOf(position: string): string {
  const card = cardAt(position);
  return card === undefined ? position : nameOfPlace(card);
}

function unitOf(card: Card): string {
  return say(benchWords.unitAt, { unit: nameOfUnit(card), place: nameOfPlace(card) });
}

function pick({ code, reason }: Refusal): { readonly code: string; readonly reason: string } {
  return { code, reason };
}

function show(scan: Partial<LastScan> & Pick<LastScan, 'text'>): void {
  last = { refusal: null, undo: null, unsure: null, ...scan };
  // A refusal is an alert and speaks for itself.
  if (last.text !== '') announce(last.text);
}
