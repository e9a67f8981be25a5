/** How long the flash needs; a unit without it works in no time. */
export interface FlashTime {
  readonly eraseSectorMs: number;
  readonly programPageMs: number;
  readonly pageBytes: number;
}

/** A part's flash, for a unit to be ordered with. */
export interface FlashPart {
  readonly sectorBytes: number;
  readonly flashTime: FlashTime;
}

/**
 * Flash as data sheets have it. Typical figures, except nRF52840, whose data sheet has maxima only.
 *
 * - `nrf52840`: nRF52840 Product Specification, NVMC: t_ERASEPAGE 85 ms for 4 KiB, t_WRITE 41 µs for a word.
 * - `stm32f407`: DS8626 (STM32F405/407), flash memory programming with x32 parallelism: 250 ms for 16 KiB (500 ms at most), 16 µs for a
 *   word. Its larger sectors take 550 ms (64 KiB) and 1 s (128 KiB); a unit has one size of sector.
 * - `w25q128`: W25Q128JV: t_SE 45 ms for 4 KiB (400 ms at most), t_PP 0.4 ms for a page of 256 bytes (3 ms at most).
 */
export const FLASH_PARTS = {
  none: undefined,
  nrf52840: { sectorBytes: 4096, flashTime: { eraseSectorMs: 85, programPageMs: 0.041, pageBytes: 4 } },
  stm32f407: { sectorBytes: 16384, flashTime: { eraseSectorMs: 250, programPageMs: 0.016, pageBytes: 4 } },
  w25q128: { sectorBytes: 4096, flashTime: { eraseSectorMs: 45, programPageMs: 0.4, pageBytes: 256 } },
} as const satisfies Readonly<Record<string, FlashPart | undefined>>;
export type FlashPartName = keyof typeof FLASH_PARTS;
