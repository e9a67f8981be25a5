import { accept, refuse } from '../../../../contract/result.ts';
import type { Refusal, Result } from '../../../../contract/result.ts';
import type { DfuseSession } from '../../dfuse/dfuse-session.ts';
import type { OptionBit } from '../../profile/dfuse-dual-bank.ts';

interface OptionArea {
  readonly bytes: Buffer<ArrayBuffer>;
  readonly isSet: boolean;
}

/** Reads which bank the option bytes name. Refuses with `device.option-bytes-invalid`, or as reading does. */
export async function readBankBit(rom: DfuseSession, option: OptionBit): Promise<Result<boolean>> {
  const area = await readOptions(rom, option);
  return area.ok ? accept(area.value.isSet) : area;
}

/**
 * Writes the option bytes as they were read, with nothing but the one bit (and its complement) changed. The part loads them by a
 * restart, so that it leaves the bus instead of answering; whether it took them is read afterwards.
 */
export async function writeBankBit(rom: DfuseSession, option: OptionBit, isSet: boolean): Promise<Result<void>> {
  const area = await readOptions(rom, option);
  if (!area.ok) return area;
  const memory = rom.findMemory(option.memory);
  if (!memory.ok) return memory;
  const { bytes } = area.value;
  const mask = 2 ** option.bit;
  flip(bytes, option.wordOffset, mask, isSet);
  if (option.complementOffset !== null) flip(bytes, option.complementOffset, mask, !isSet);
  const written = await rom.writeBytes(memory.value, option.startAddress, bytes);
  return written.ok || isRestarting(written) ? accept(undefined) : written;
}

async function readOptions(rom: DfuseSession, option: OptionBit): Promise<Result<OptionArea>> {
  const memory = rom.findMemory(option.memory);
  if (!memory.ok) return memory;
  const read = await rom.readBytes(memory.value, option.startAddress, option.lenBytes);
  if (!read.ok) return read;
  const bytes = Buffer.from(read.value);
  const word = bytes.readUInt32LE(option.wordOffset);
  if (option.complementOffset !== null) {
    const complement = bytes.readUInt32LE(option.complementOffset);
    // A part whose option bytes do not read so is another one than the profile is for: writing them could lock it for ever.
    if ((word ^ complement) >>> 0 !== 0xffff_ffff) {
      return refuse(
        'device.option-bytes-invalid',
        `The unit's option bytes read ${hex(word)} with the complement ${hex(complement)}, which is none; they are left as they are. Check that the profile is for this part.`,
        { word: hex(word), complement: hex(complement) },
      );
    }
  }
  return accept({ bytes, isSet: (word & (2 ** option.bit)) !== 0 });
}

function flip(bytes: Buffer, offset: number, mask: number, isSet: boolean): void {
  const word = bytes.readUInt32LE(offset);
  bytes.writeUInt32LE((isSet ? word | mask : word & ~mask) >>> 0, offset);
}

function isRestarting({ code }: Refusal): boolean {
  return ['device.unplugged', 'device.timeout', 'device.stalled', 'device.transfer-failed'].includes(code);
}

function hex(word: number): string {
  return `0x${word.toString(16).padStart(8, '0')}`;
}
