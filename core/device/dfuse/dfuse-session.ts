import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import { checkImageLength } from '../check-image-length.ts';
import { DFU_VERSION } from '../dfu/constants.ts';
import type { DfuInterface } from '../dfu/functional-descriptor.ts';
import type { OpenedDfuInterface } from '../dfu/open-interface.ts';
import { endInIdle, returnToIdle } from '../dfu/return-to-idle.ts';
import { checkCommands, eraseAll, erasePage } from './commands.ts';
import type { DfuseContext, DfuseLimits } from './dfuse-context.ts';
import { leaveTo } from './leave.ts';
import { checkReadable, findWritablePages } from './memory-pages.ts';
import type { AddressRange } from './memory-pages.ts';
import { readBytes, readMemory } from './read-memory.ts';
import type { MemoryRead } from './read-memory.ts';
import { findMemory } from './unit-memory.ts';
import type { UnitMemory } from './unit-memory.ts';
import { writeBytes, writeMemory } from './write-memory.ts';
import type { MemoryWrite } from './write-memory.ts';

/** What is erased before an image is written: the pages that it lies on, all pages of its slot, or the whole memory. */
export type EraseExtent = 'image' | 'slot' | 'memory';

export interface SlotWrite extends Omit<MemoryWrite, 'pages' | 'startAddress' | 'isErased'> {
  /** Where the slot lies; the image starts with it. */
  readonly slot: AddressRange;
  readonly erase: EraseExtent;
}

/**
 * The DfuSe interface of one opened unit in its boot loader, claimed (ST UM0424, AN3156). Addresses are checked against the
 * unit's own memory layout before anything is sent; each call begins and ends in dfuIDLE.
 */
export class DfuseSession {
  readonly dfuInterface: DfuInterface;
  readonly #context: DfuseContext;
  /** The boot loader's own. */
  readonly serial: string | null;
  #areCommandsKnown = false;

  private constructor(opened: OpenedDfuInterface, massEraseMs: number, serial: string | null) {
    const limits: DfuseLimits = { ...opened.context.limits, massEraseMs };
    this.dfuInterface = opened.dfuInterface;
    this.serial = serial;
    this.#context = {
      ...opened.context,
      limits,
      unitTransferBytes: opened.dfuInterface.functional.transferBytes,
      blockBytes: opened.blockBytes,
    };
  }

  /**
   * Takes over an interface in DFU mode. `serial` is the boot loader's own. Refuses with `device.wrong-mode` or
   * `device.dfu-version`: what DfuSe sends as commands would be written to memory by a unit that speaks plain DFU.
   */
  static over(opened: OpenedDfuInterface, massEraseMs: number, serial: string | null): Result<DfuseSession> {
    const { mode, functional } = opened.dfuInterface;
    if (mode !== 'dfu') {
      return refuse(
        'device.wrong-mode',
        'The unit runs its application; its memory can be reached from its boot loader.',
      );
    }
    if (functional.version !== DFU_VERSION.dfuse) {
      return refuse(
        'device.dfu-version',
        "The unit speaks plain DFU, its profile's scheme is for ST's DfuSe; nothing was sent.",
      );
    }
    return accept(new DfuseSession(opened, massEraseMs, serial));
  }

  /** The memory behind an alternate setting, by number or name. Refuses as {@link findMemory}. */
  findMemory(wanted: number | string): Result<UnitMemory> {
    return findMemory(this.dfuInterface.alternates, wanted, this.#context.quirks, this.serial);
  }

  /** Brings the unit to dfuIDLE, whatever an earlier host left behind. */
  async recover(): Promise<Result<void>> {
    return await returnToIdle(this.#context);
  }

  /**
   * Erases and writes an image at the start of a slot. Nothing outside of the slot is erased, unless the whole memory is to be.
   * Refuses with `device.download-unsupported`, `device.image-…`, `device.dfuse-unsupported`, `device.layout-mismatch`, or as {@link writeMemory}.
   */
  async writeSlot(memory: UnitMemory, write: SlotWrite): Promise<Result<void>> {
    const able = this.#checkCanDownload();
    if (!able.ok) return able;
    const { slot, erase, lenBytes } = write;
    const { startAddress } = slot;
    const fits = checkImageLength(slot.endAddress - startAddress, lenBytes);
    if (!fits.ok) return fits;
    const imageRange = { startAddress, endAddress: startAddress + lenBytes };
    const pages = findWritablePages(memory.layout, erase === 'image' ? imageRange : slot, slot);
    if (!pages.ok) return pages;
    const ready = await this.#prepare(memory);
    if (!ready.ok) return ready;
    if (erase === 'memory') {
      const erased = await eraseAll(this.#context);
      if (!erased.ok) return await endInIdle(this.#context, erased);
    }
    return await writeMemory(this.#context, {
      ...write,
      startAddress,
      pages: pages.value,
      isErased: erase === 'memory',
    });
  }

  /** Erases all pages of a slot. Refuses as {@link writeSlot}. */
  async eraseSlot(memory: UnitMemory, slot: AddressRange): Promise<Result<void>> {
    const able = this.#checkCanDownload();
    if (!able.ok) return able;
    const pages = findWritablePages(memory.layout, slot, slot);
    if (!pages.ok) return pages;
    const ready = await this.#prepare(memory);
    if (!ready.ok) return ready;
    for (const { startAddress } of pages.value) {
      const erased = await erasePage(this.#context, startAddress);
      if (!erased.ok) return await endInIdle(this.#context, erased);
    }
    return await endInIdle(this.#context, accept(undefined));
  }

  /**
   * Writes to memory that needs no erasing, such as option bytes, in one transfer: what restarts the part when it is written must
   * not be written in part. Refuses with `device.block-too-long`, or as {@link writeSlot}.
   */
  async writeBytes(memory: UnitMemory, startAddress: number, bytes: Uint8Array<ArrayBuffer>): Promise<Result<void>> {
    const able = this.#checkCanDownload();
    if (!able.ok) return able;
    const { blockBytes } = this.#context;
    if (bytes.byteLength > blockBytes) {
      const reason = `${bytes.byteLength} bytes must reach the unit at once, and a transfer to it takes ${blockBytes}; nothing was written. Raise maxTransferBytes in its profile.`;
      return refuse('device.block-too-long', reason, { lenBytes: bytes.byteLength, blockBytes });
    }
    const range = { startAddress, endAddress: startAddress + bytes.byteLength };
    const pages = findWritablePages(memory.layout, range, wholeAddressSpace);
    if (!pages.ok) return pages;
    const ready = await this.#prepare(memory);
    return ready.ok ? await writeBytes(this.#context, startAddress, bytes) : ready;
  }

  /** Reads memory. Refuses with `device.upload-unsupported`, `device.layout-mismatch`, or as {@link readMemory}. */
  async read(memory: UnitMemory, read: MemoryRead): Promise<Result<void>> {
    const ready = await this.#prepareRead(memory, read);
    return ready.ok ? await readMemory(this.#context, read) : ready;
  }

  /** Reads a few bytes. Refuses as {@link read}. */
  async readBytes(memory: UnitMemory, startAddress: number, lenBytes: number): Promise<Result<Buffer>> {
    const ready = await this.#prepareRead(memory, { startAddress, lenBytes });
    return ready.ok ? await readBytes(this.#context, startAddress, lenBytes) : ready;
  }

  /** Starts what lies at an address of a memory. Refuses as {@link leaveTo}. */
  async leave(memory: UnitMemory, address: number): Promise<Result<void>> {
    const ready = await this.#prepare(memory);
    return ready.ok ? await leaveTo(this.#context, address) : ready;
  }

  #checkCanDownload(): Result<void> {
    if (this.dfuInterface.functional.canDownload) return accept(undefined);
    return refuse('device.download-unsupported', 'The unit says that it takes no downloads.');
  }

  async #prepareRead(
    memory: UnitMemory,
    { startAddress, lenBytes }: { readonly startAddress: number; readonly lenBytes: number },
  ): Promise<Result<void>> {
    if (!this.dfuInterface.functional.canUpload) {
      return refuse('device.upload-unsupported', 'The unit says that its memory cannot be read back.');
    }
    const readable = checkReadable(memory.layout, { startAddress, endAddress: startAddress + lenBytes });
    return readable.ok ? await this.#prepare(memory) : readable;
  }

  async #prepare({ alternate }: UnitMemory): Promise<Result<void>> {
    const selected = await this.#context.port.selectAlternate(alternate);
    if (!selected.ok) return selected;
    const idle = await this.recover();
    if (!idle.ok || this.#areCommandsKnown) return idle;
    const known = await checkCommands(this.#context);
    this.#areCommandsKnown = known.ok;
    return known;
  }
}

const wholeAddressSpace: AddressRange = { startAddress: 0, endAddress: 0x1_0000_0000 };
