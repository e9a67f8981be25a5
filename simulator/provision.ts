import { writePadded, type Board } from './board.ts';
import { checkSlot } from './boot-loader/boot.ts';
import { writeImageOk, writeMagic } from './boot-loader/trailer.ts';
import type { SimulatorClock } from './clock.ts';
import { completeOptions, type UnitIdentity, type UnitOptions } from './unit-options.ts';
import { VirtualUnit } from './unit.ts';

/** A unit as it is ordered: its identity, what differs from the reference unit, and what the factory installs. */
export interface UnitOrder extends UnitIdentity, Partial<Omit<UnitOptions, keyof UnitIdentity>> {
  /** Signed image for the running slot, permanent from the start. Left out: an empty unit that waits in its boot loader. */
  readonly factoryImage?: Uint8Array;
}

/**
 * Makes a unit as it leaves the factory: key, hardware name and serial burnt in, image written and confirmed. It is not powered yet.
 * Throws where the boot loader would not start that image: a mistake of the caller.
 */
export function provisionUnit(order: UnitOrder, clock: SimulatorClock): VirtualUnit {
  const { factoryImage, ...options } = order;
  const unit = new VirtualUnit(completeOptions(options), clock);
  if (factoryImage !== undefined) installFactoryImage(unit.board, factoryImage, order.serial);
  return unit;
}

/** Writes an image into the running slot and confirms it. Throws where the boot loader would refuse it. */
export function installFactoryImage(board: Board, image: Uint8Array, serial: string): void {
  const { loader } = board;
  writePadded(loader.primary.area, image);
  const verdict = checkSlot(loader, loader.primary);
  if (!verdict.ok) throw new Error(`the boot loader of ${serial} refuses its factory image: ${verdict.fault}`);
  writeImageOk(loader.primary);
  writeMagic(loader.primary);
  // The factory's time is not the bench's.
  board.takeWorkMs();
}
