import { tag } from './tag.ts';

/** One DER value: identifier, shortest length, content (X.690 §8.1, §10.1). */
export function writeDer(identifier: number, ...content: readonly Uint8Array[]): Buffer {
  const lenBytes = content.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([Buffer.from([identifier]), writeLength(lenBytes), ...content]);
}

export function writeSequence(...values: readonly Uint8Array[]): Buffer {
  return writeDer(tag.sequence, ...values);
}

/** SET OF (or, with another identifier, one under an implicit tag): its values in ascending order (X.690 §11.6). */
export function writeSetOf(values: readonly Uint8Array[], identifier: number = tag.set): Buffer {
  return writeDer(identifier, ...[...values].sort((a, b) => Buffer.compare(a, b)));
}

export function writeOid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return writeDer(tag.oid, Buffer.from([first * 40 + second, ...rest].flatMap(base128)));
}

/** A small INTEGER from 0 to 127. */
export function writeSmallInteger(value: number): Buffer {
  if (!Number.isInteger(value) || value < 0 || value > 127) throw new RangeError('not an integer from 0 to 127');
  return writeDer(tag.integer, Buffer.from([value]));
}

export function writeOctets(octets: Uint8Array): Buffer {
  return writeDer(tag.octetString, octets);
}

export function writeNull(): Buffer {
  return writeDer(tag.null);
}

/** UTCTime through 2049, GeneralizedTime from 2050 (RFC 5652 §11.3); fractions of a second are cut off. */
export function writeTime(time: Date): Buffer {
  const digits = time
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:T]/g, '');
  const year = time.getUTCFullYear();
  return year >= 1950 && year < 2050
    ? writeDer(tag.utcTime, Buffer.from(digits.slice(2), 'latin1'))
    : writeDer(tag.generalizedTime, Buffer.from(digits, 'latin1'));
}

function base128(component: number): number[] {
  const octets = [component & 0x7f];
  for (let rest = Math.floor(component / 128); rest > 0; rest = Math.floor(rest / 128))
    octets.unshift((rest & 0x7f) | 0x80);
  return octets;
}

function writeLength(lenBytes: number): Buffer {
  if (lenBytes < 0x80) return Buffer.from([lenBytes]);
  const octets: number[] = [];
  for (let rest = lenBytes; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest & 0xff);
  return Buffer.from([0x80 | octets.length, ...octets]);
}
