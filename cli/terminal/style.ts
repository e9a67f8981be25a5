import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Colours text where standard output is a terminal that wants it (NO_COLOR, FORCE_COLOR and pipes are respected). */
export function paint(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout });
}

/** Colour carries state only, and never without a mark and a word (docs: design language). */
export const mark = {
  passed: () => paint('green', '✓'),
  refused: () => paint('red', '✗'),
  working: () => paint('blue', '→'),
  warning: () => paint('yellow', '!'),
};

/** A digest as people compare it: groups of four, first and last eight. */
export function shortDigest(hex: string): string {
  return `${hex.slice(0, 4)} ${hex.slice(4, 8)}…${hex.slice(-8, -4)} ${hex.slice(-4)}`;
}

/** A digest whole, in groups of four. */
export function groupedDigest(hex: string): string {
  return hex.match(/.{1,4}/g)?.join(' ') ?? hex;
}

/** Local time with the zone; machines get UTC. */
export function localTime(iso: string): string {
  return new Date(iso).toLocaleString(undefined, {
    year: 'numeric',
    month: 'short',
    day: '2-digit',
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  });
}
