import type { Quirks } from './quirk.ts';

/** What a unit says of itself is shown to people and compared: printable ASCII of a sane length. */
const SERIAL = /^[\x20-\x7e]{1,128}$/;

/**
 * The serial number in a string that was read as UTF-16; null where there is none that can be used. Some units pack one byte per
 * character into the descriptor, which reads as half as many characters of nowhere.
 */
export function readSerialText(text: unknown, quirks: Quirks): string | null {
  if (typeof text !== 'string' || text.length > 128) return null;
  const serial = quirks.has('serial-as-bytes')
    ? Buffer.from(text, 'utf16le').toString('utf8').replace(/\0+$/, '')
    : text;
  return SERIAL.test(serial) ? serial : null;
}
