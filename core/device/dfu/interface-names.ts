import { accept } from '../../../contract/result.ts';
import type { Refusal, Result } from '../../../contract/result.ts';
import type { UsbLink } from '../usb-link.ts';
import type { DescribedAlternate, DfuAlternate } from './functional-descriptor.ts';

const GET_DESCRIPTOR = 0x06;
const STRING_DESCRIPTOR = 0x03;
/** bLength has eight bits (USB 2.0 §9.6.7). */
const MAX_STRING_BYTES = 255;

/**
 * Reads the interface string of each alternate setting, each string once (USB 2.0 §9.6.7, DFU 1.1 §4.2.3). A unit that has no
 * strings, or ill-formed ones, is told by numbers alone.
 *
 * Refuses where the unit leaves the bus or stops answering.
 */
export async function readAlternateNames(
  link: UsbLink,
  alternates: readonly DescribedAlternate[],
  timeoutMs: number,
): Promise<Result<readonly DfuAlternate[]>> {
  const names = new Map<number, string | null>([[0, null]]);
  if (alternates.some(({ nameIndex }) => nameIndex !== 0)) {
    const languages = await readString(link, 0, 0, timeoutMs);
    if (!languages.ok && isSerious(languages)) return languages;
    const language = languages.ok && languages.value.byteLength >= 4 ? languages.value.readUInt16LE(2) : null;
    for (const { nameIndex } of alternates) {
      if (names.has(nameIndex)) continue;
      const name: Result<string | null> =
        language === null ? accept(null) : await readName(link, nameIndex, language, timeoutMs);
      if (!name.ok) return name;
      names.set(nameIndex, name.value);
    }
  }
  return accept(alternates.map(({ alternate, nameIndex }) => ({ alternate, name: names.get(nameIndex) ?? null })));
}

async function readName(
  link: UsbLink,
  index: number,
  language: number,
  timeoutMs: number,
): Promise<Result<string | null>> {
  const descriptor = await readString(link, index, language, timeoutMs);
  if (descriptor.ok) return accept(toPrintable(descriptor.value.subarray(2)));
  return isSerious(descriptor) ? descriptor : accept(null);
}

/** An empty buffer stands for what is no string descriptor. Some units send more than bLength says; the rest is not part of it. */
async function readString(link: UsbLink, index: number, language: number, timeoutMs: number): Promise<Result<Buffer>> {
  const setup = {
    requestType: 'standard',
    recipient: 'device',
    request: GET_DESCRIPTOR,
    value: (STRING_DESCRIPTOR << 8) | index,
    index: language,
  } as const;
  const answer = await link.transferIn('GET_DESCRIPTOR (string)', setup, MAX_STRING_BYTES, timeoutMs);
  if (!answer.ok) return answer;
  const bytes = Buffer.from(answer.value);
  const lenBytes = bytes[0] ?? 0;
  const isString = bytes[1] === STRING_DESCRIPTOR && lenBytes >= 2 && lenBytes <= bytes.byteLength;
  return accept(isString ? bytes.subarray(0, lenBytes) : Buffer.alloc(0));
}

/** Real strings have been seen with garbage behind the text; what cannot be printed ends it. */
function toPrintable(units: Buffer): string | null {
  const text = units.subarray(0, units.byteLength & ~1).toString('utf16le');
  const [printable = ''] = /^[\x20-\x7e]*/.exec(text) ?? [];
  return printable === '' ? null : printable;
}

function isSerious(refusal: Refusal): boolean {
  return refusal.code === 'device.unplugged' || refusal.code === 'device.timeout';
}
