/** Device profiles for the virtual STM32, as a user would write them into the data folder. */
const deadlines = {
  transferMs: 5000,
  blockMs: 10_000,
  manifestMs: 10_000,
  detachMs: 5000,
  rebootMs: 10_000,
  selfTestMs: 20_000,
  personMs: 60_000,
};

const rom = { vendorId: '0483', productId: 'df11', interface: 0 };

const common = {
  format: 'drydock-profile/1',
  product: 'drydock.virtual-unit',
  hardware: 'vs-a',
  memory: 0,
  massEraseMs: 60_000,
  deadlines,
  limits: { maxTransferBytes: 4096, maxPollTimeoutMs: 40_000 },
  quirks: [],
} as const;

/** Two banks of 64 KiB; the image file holds the vectors in front of the MCUboot image. */
export const dualBankProfile = {
  ...common,
  id: 'virtual-stm32',
  name: 'Virtual STM32',
  scheme: 'dfuse-dual-bank',
  usb: { runtime: { vendorId: '1209', productId: '0003', interface: 0 }, dfu: rom },
  imageOffset: 2048,
  slots: {
    application: {
      bank1: { startAddress: '0x08000000', sizeBytes: 65_536 },
      bank2: { startAddress: '0x08010000', sizeBytes: 65_536 },
    },
  },
  optionBit: {
    memory: 'Option Bytes',
    startAddress: '0x1FFF7800',
    lenBytes: 40,
    wordOffset: 0,
    bit: 20,
    complementOffset: 4,
    setMeans: 'bank2-first',
  },
} as const;

/** The reference unit around an STM32: 4 KiB of boot loader, then the running slot of 64 KiB with its trailer. */
export const bootstrapProfile = {
  ...common,
  id: 'virtual-unit-rom',
  name: 'Virtual unit in its ROM boot loader',
  scheme: 'bootstrap-only',
  usb: { dfu: rom },
  hardware: 'vu-a',
  becomes: 'drydock-virtual-unit',
  imageOffset: 4096,
  slots: { application: { startAddress: '0x08000000', sizeBytes: 4096 + 65_536 } },
  erase: 'memory',
} as const;
