import type { DeviceEvent } from '../../contract/events.ts';
import type { PlaceLabel } from '../../contract/schema/bench-place.ts';
import type { BenchUnit } from '../../contract/schema/device.ts';
import { printable } from './printable.ts';
import { mark, paint } from './style.ts';

const accessWords = { ok: '', denied: 'may not be opened', driver: 'held by a driver', unknown: '' } as const;

/** A unit of a list: where, what, and below it what a person should do about it. */
export function describeUnit(unit: BenchUnit): string {
  return [lineOf(unit), ...adviceOn(unit).map((advice) => `    ${mark.warning()} ${advice}`)].join('\n');
}

/** What happened on the bench, as a line. */
export function describeDeviceEvent(event: DeviceEvent): string {
  switch (event.type) {
    case 'device.arrived':
      return `${paint('green', '+')} ${describeUnit(event.unit)}`;
    case 'device.left':
      return `${paint('gray', '-')} ${lineOf(event.unit)}`;
    case 'device.no-usb':
      return `${mark.warning()} ${event.reason}`;
    case 'device.usb-ready':
      return `${mark.passed()} The machine's USB can be read.`;
  }
}

/** `3 Bench 3 left`, or nothing. */
export function describePlace(place: PlaceLabel | null): string {
  if (place === null) return '';
  return place.number === null ? place.name : `${place.number} ${place.name}`;
}

function lineOf(unit: BenchUnit): string {
  const { position, place, vendorId, productId, serial, profile, mode, access } = unit;
  const usbId = `${hex(vendorId)}:${hex(productId)}`;
  const kind = `${profile ?? 'no profile knows it'}${mode === 'dfu' ? ' (DFU mode)' : ''}`;
  const words = accessWords[access] === '' ? '' : `, ${accessWords[access]}`;
  return `${position.padEnd(10)} ${describePlace(place).padEnd(18)} ${usbId}  ${(serial ?? '—').padEnd(20)} ${kind}${words}`;
}

function adviceOn({ serial, profile, profileNote, clones, accessHint }: BenchUnit): string[] {
  return [
    ...(clones.length === 0
      ? []
      : [
          `The serial ${serial ?? ''} is also at ${clones.join(', ')}: clones. Each is updated at its own position; do not swap them.`,
        ]),
    ...(profile !== null && serial === null
      ? ['It has no serial number, so no job can be bound to it; ask its vendor for one.']
      : []),
    ...(profileNote === undefined ? [] : [printable(profileNote)]),
    ...(accessHint === null ? [] : [accessHint]),
  ];
}

function hex(id: number): string {
  return id.toString(16).padStart(4, '0');
}
