import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { ManifestImage } from '../../contract/schema/bundle.ts';
import type { UpdateJobView } from '../../contract/schema/update-job.ts';
import type { QuirkName } from '../../core/device/dfu/quirk.ts';
import type { ImageRecipe } from '../../simulator/image-builder.ts';
import { provisionUnit } from '../../simulator/provision.ts';
import { STM32_HARDWARE } from '../../simulator/stm32/application.ts';
import { makeBankImage } from '../../simulator/stm32/stm32-image.ts';
import { completeStm32Options, type Stm32Options } from '../../simulator/stm32/stm32-options.ts';
import { strapUnit } from '../../simulator/stm32/strapped-unit.ts';
import { VirtualStm32 } from '../../simulator/stm32/virtual-stm32.ts';
import { bootstrapProfile, dualBankProfile } from './stm32-profiles.ts';
import { demoPki, signedImage, VirtualDepot } from './virtual-depot.ts';

export const POSITION = '1-1';
export const UNIT_SERIAL = 'VS-0001';
const SLOT_BYTES = 64 * 1024;
export const LOADER_BYTES = 4096;

/** A depot with profiles of its own in the data folder, and nothing plugged in. */
export async function openDepot(t: TestContext, profiles: readonly object[]): Promise<VirtualDepot> {
  const depot = await VirtualDepot.set(t, []);
  const folder = join(depot.options.dataFolder, 'profiles');
  mkdirSync(folder);
  profiles.forEach((profile, index) => writeFileSync(join(folder, `${index}.json`), JSON.stringify(profile)));
  await depot.restart();
  return depot;
}

/** What a bank holds, as file of a bundle: vectors and a signed MCUboot image. */
export function bankImage(counter: number, recipe: Partial<ImageRecipe> = {}, imageOffset = 2048): Buffer {
  const description = { hardware: [STM32_HARDWARE], ...recipe.description };
  return makeBankImage({ imageOffset }, signedImage(counter, { ...recipe, description }));
}

/** A bundle's entry for a raw file of this counter. */
export function rawEntry(counter: number, hardware: string = STM32_HARDWARE): Partial<ManifestImage> {
  return { format: 'raw', version: counter, compat: [hardware] };
}

/** A dual-bank part that runs version 1 from bank 1, plugged in. */
export function plugDualBank(
  depot: VirtualDepot,
  options: Partial<Stm32Options> = {},
  banks: readonly Buffer[] = [bankImage(1)],
  bankBit = false,
): VirtualStm32 {
  const complete = completeStm32Options({ serial: UNIT_SERIAL, ...options });
  const part = new VirtualStm32(complete, depot.clock);
  part.chip.optionBytes.bankBit = bankBit;
  banks.forEach((bank, index) => program(part, index * complete.bankBytes, bank));
  depot.bench.bus.plug(POSITION, part);
  return part;
}

export async function openDualBankDepot(
  t: TestContext,
  options: Partial<Stm32Options> = {},
  banks?: readonly Buffer[],
  changes: object = {},
): Promise<{ readonly depot: VirtualDepot; readonly part: VirtualStm32 }> {
  const setMeans = options.bankSelect === 'swap-bank' ? 'swapped' : 'bank2-first';
  const profile = { ...dualBankProfile, optionBit: { ...dualBankProfile.optionBit, setMeans }, ...changes };
  const depot = await openDepot(t, [profile]);
  return { depot, part: plugDualBank(depot, options, banks) };
}

/** The first page holds vectors, header and the beginning of the image. */
export const HIDDEN_IMAGE_OFFSET = 512;

/** A part whose ROM hides its option bytes and whose vendor has set BFB2: the last of the banks runs. */
export async function openHiddenBitDepot(
  t: TestContext,
  banks: readonly Buffer[] = [bankImage(1, {}, HIDDEN_IMAGE_OFFSET)],
  options: Partial<Stm32Options> = {},
  changes: object = {},
): Promise<{ readonly depot: VirtualDepot; readonly part: VirtualStm32 }> {
  const profile = { ...dualBankProfile, optionBit: 'hidden', imageOffset: HIDDEN_IMAGE_OFFSET, ...changes };
  const depot = await openDepot(t, [profile]);
  const hidden = { optionAlternate: 'hidden', imageOffset: HIDDEN_IMAGE_OFFSET, ...options } as const;
  return { depot, part: plugDualBank(depot, hidden, banks, true) };
}

/** The reference unit around an STM32, blank: its ROM waits, and knows a number of its own. */
export function plugBlankUnit(
  depot: VirtualDepot,
  options: Partial<Stm32Options> = {},
  serial = 'VU-0001',
): VirtualStm32 {
  const unit = provisionUnit(
    { serial, imagePublicKey: demoPki.imagePublicKey, slotBytes: SLOT_BYTES, loaderBytes: LOADER_BYTES },
    depot.clock,
  );
  const part = strapUnit(unit, depot.clock, options);
  part.chip.flash.restore(Buffer.alloc(part.chip.sizeBytes, 0xff));
  depot.bench.bus.plug(POSITION, part);
  return part;
}

export async function openBootstrapDepot(
  t: TestContext,
  options: Partial<Stm32Options> = {},
  quirks: readonly QuirkName[] = [],
): Promise<{ readonly depot: VirtualDepot; readonly part: VirtualStm32 }> {
  const depot = await openDepot(t, [{ ...bootstrapProfile, quirks }]);
  return { depot, part: plugBlankUnit(depot, options) };
}

/** Boot loader and running slot as the factory programs them: the image is confirmed by its trailer. */
export function wholeFlash(counter: number, recipe: Partial<ImageRecipe> = {}): Buffer {
  const { board } = provisionUnit(
    {
      serial: 'factory',
      imagePublicKey: demoPki.imagePublicKey,
      slotBytes: SLOT_BYTES,
      factoryImage: signedImage(counter, recipe),
    },
    { now: () => new Date(0), monotonicMs: () => 0, sleep: () => Promise.resolve() },
  );
  const slot = Buffer.from(board.loader.primary.area.read(0, SLOT_BYTES));
  return makeBankImage({ imageOffset: LOADER_BYTES }, slot);
}

/** Whenever a job asks for it, a person does something at the bench. Answers what was asked for. */
export function personDoes(depot: VirtualDepot, deed: () => void): string[] {
  const texts: string[] = [];
  let lastSince = '';
  depot.station.subscribe((event) => {
    if (event.type !== 'job.written' || event.job.attention === null || event.job.attention.since === lastSince) return;
    lastSince = event.job.attention.since;
    texts.push(event.job.attention.text);
    deed();
  });
  return texts;
}

/** Starts a recovery of a unit in its ROM, with the serial number on its label. */
export async function startRecovery(
  depot: VirtualDepot,
  bundleDigest: string,
  statedSerial: string | null = 'VU-0001',
  kind: UpdateJobView['kind'] = 'recovery',
): Promise<string> {
  const { id } = await depot.call('technician', 'update.start', {
    position: POSITION,
    bundleDigest,
    kind,
    workOrder: 'WO-2026-0815',
    assetTag: null,
    udi: null,
    statedSerial,
  });
  return id;
}

export async function recover(...[depot, ...rest]: Parameters<typeof startRecovery>): Promise<UpdateJobView> {
  const id = await startRecovery(depot, ...rest);
  return await depot.call('technician', 'update.await', { id });
}

function program({ chip }: VirtualStm32, offset: number, bytes: Buffer): void {
  const padding = Buffer.alloc((8 - (bytes.length % 8)) % 8, 0xff);
  chip.flash.program(offset, Buffer.concat([bytes, padding]));
}
