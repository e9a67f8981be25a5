import { InvalidArgumentError, Option, type Command } from 'commander';
import { BUS_SPEEDS, type BusName } from '../../simulator/bus-speed.ts';
import { FLASH_PARTS, type FlashPart, type FlashPartName } from '../../simulator/flash-time.ts';
import { readPollTime, type PollTimes } from '../../simulator/poll-time.ts';
import type { PlacedUnit } from '../../simulator/virtual-bench.ts';
import { demoImage, demoImageKeyPem } from '../../demo/materials.ts';
import { readWholeNumber } from '../option-value.ts';

/** How long a served unit and its wire take. */
export interface UnitTimeOptions {
  readonly bus: BusName;
  readonly sharedBus?: true;
  readonly flash: FlashPartName;
  readonly poll?: PollTimes;
  readonly transferSize?: number;
}

export function addUnitTimeOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--bus <speed>', 'how long transfers take: as on a bus of this speed, or no time')
        .choices(Object.keys(BUS_SPEEDS))
        .default('none'),
    )
    .option('--shared-bus', 'all units share one bus (one transaction translator); without it each has one for itself')
    .addOption(
      new Option('--flash <part>', 'new units: flash that erases and programs as slowly as this part')
        .choices(Object.keys(FLASH_PARTS))
        .default('none'),
    )
    .option('--poll <state=ms>', 'new units: bwPollTimeout in a DFU state; may be given several times', addPollTime)
    .option('--transfer-size <bytes>', 'new units: wTransferSize, 64 to 4096', readWholeNumber(64, 4096));
}

/** Units VU-0001, VU-0002 … at positions 1-1, 1-2 …, with the training firmware. */
export function orderUnits(count: number, { flash, poll, transferSize }: UnitTimeOptions): PlacedUnit[] {
  if (count === 0) return [];
  const factoryImage = demoImage(3, '2.3.1');
  const part: FlashPart | undefined = FLASH_PARTS[flash];
  return Array.from({ length: count }, (_, index) => ({
    position: `1-${index + 1}`,
    serial: `VU-${String(index + 1).padStart(4, '0')}`,
    imagePublicKey: demoImageKeyPem,
    factoryImage,
    ...part,
    ...(poll === undefined ? {} : { pollTimeoutMs: poll }),
    ...(transferSize === undefined ? {} : { transferBytes: transferSize }),
  }));
}

function addPollTime(text: string, sofar: PollTimes = {}): PollTimes {
  const read = readPollTime(text);
  if (read === undefined) {
    throw new InvalidArgumentError('Give a DFU state and milliseconds, such as dfuDNBUSY=10 (at most 16777215).');
  }
  return { ...sofar, ...read };
}
