import { median } from '../median.ts';
import { makeImage } from './cell.ts';
import { computeFloor, type Floor } from './floor.ts';
import type { HostTime, Measurement } from './measurement.ts';

/** The table of single units and that of the gang, in Markdown, as far as there is something to say. */
export function formatTables(measured: readonly Measurement[]): string {
  const single = measured.filter(({ cell }) => cell.part === 'single');
  const gang = measured.filter(({ cell }) => cell.part === 'gang');
  return [...(single.length > 0 ? [formatSingle(single)] : []), ...(gang.length > 0 ? [formatGang(gang)] : [])].join(
    '\n\n',
  );
}

function formatSingle(measured: readonly Measurement[]): string {
  const rows = measured.map(({ cell, station, dfuUtil }) => {
    const floor = computeFloor(cell, makeImage(cell.imageBytes));
    const ms = medianMs(station);
    return [
      `${cell.bus}, ${cell.pollMs} ms`,
      `${cell.transferBytes} × ${cell.imageBytes / cell.transferBytes}`,
      floor.ms.toFixed(0),
      range(station),
      range(dfuUtil),
      ratio(ms, medianMs(dfuUtil)),
      ratio(ms, floor.ms),
      ratio(medianMs(dfuUtil), floor.ms),
      perTransfer(station, floor),
      perTransfer(dfuUtil, floor),
    ];
  });
  return table(
    [
      'Bus, poll time',
      'Bytes × blocks',
      'Floor, ms',
      'Station, ms',
      'dfu-util, ms',
      'Station ÷ dfu-util',
      'Station ÷ floor',
      'dfu-util ÷ floor',
      'Station: above the floor per transfer, µs',
      'dfu-util: the same',
    ],
    rows,
  );
}

function formatGang(measured: readonly Measurement[]): string {
  const one = measured.find(({ cell }) => cell.units === 1);
  const oneMs = medianMs(one?.station ?? []);
  const rows = measured.map(({ cell, station, dfuUtil }) => [
    String(cell.units),
    computeFloor(cell, makeImage(cell.imageBytes)).ms.toFixed(0),
    range(station),
    ratio(medianMs(station), oneMs),
    range(dfuUtil),
    ratio(medianMs(station), medianMs(dfuUtil)),
  ]);
  return table(
    [
      'Units at once',
      'Floor of one, ms',
      'Station, ms',
      '÷ one unit',
      'dfu-util, one after another, ms',
      'Station ÷ dfu-util',
    ],
    rows,
  );
}

function perTransfer(times: readonly HostTime[], floor: Floor): string {
  const [first] = times;
  if (first === undefined) return '–';
  return (((medianMs(times) - floor.ms) / first.transfers) * 1000).toFixed(0);
}

function medianMs(times: readonly HostTime[]): number {
  return median(times.map(({ ms }) => ms));
}

function ratio(ms: number, referenceMs: number): string {
  const value = ms / referenceMs;
  return Number.isFinite(value) ? value.toFixed(3) : '–';
}

function range(times: readonly HostTime[]): string {
  if (times.length === 0) return '–';
  const all = times.map(({ ms }) => ms);
  return `${median(all).toFixed(0)} (${Math.min(...all).toFixed(0)}–${Math.max(...all).toFixed(0)})`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
