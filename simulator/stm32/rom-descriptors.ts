import { DFU_INTERFACE } from '../../core/device/dfu/constants.ts';
import { encodeDescriptors, type DescriptorSet } from '../descriptor-set.ts';
import type { RomMemory } from './rom-memory.ts';
import type { Stm32Options } from './stm32-options.ts';

/** All STM32 show the same ids from their ROM, whatever product they sit in. */
export const ROM_VENDOR_ID = 0x0483;
export const ROM_PRODUCT_ID = 0xdf11;
const DFUSE_VERSION = 0x011a;
const { class: interfaceClass, subclass, dfuProtocol, runtimeProtocol } = DFU_INTERFACE;

export function describeRom(options: Stm32Options, memories: readonly RomMemory[]): DescriptorSet {
  return encodeDescriptors({
    vendorId: ROM_VENDOR_ID,
    productId: ROM_PRODUCT_ID,
    manufacturer: 'STMicroelectronics',
    product: 'STM32  BOOTLOADER',
    serial: options.romSerial,
    interfaces: memories.map(({ layout }, alternate) => ({
      interfaceNumber: 0,
      alternate,
      class: interfaceClass,
      subclass,
      protocol: dfuProtocol,
      name: layout,
    })),
    functional: {
      attributes: options.attributes,
      detachTimeoutMs: 255,
      transferBytes: options.transferBytes,
      version: DFUSE_VERSION,
    },
  });
}

export function describeApplication(options: Stm32Options): DescriptorSet {
  return encodeDescriptors({
    vendorId: options.applicationVendorId,
    productId: options.applicationProductId,
    manufacturer: 'Drydock',
    product: 'Drydock virtual STM32',
    serial: options.serial,
    interfaces: [
      {
        interfaceNumber: 0,
        alternate: 0,
        class: interfaceClass,
        subclass,
        protocol: runtimeProtocol,
        name: 'DFU run-time',
      },
    ],
    functional: {
      attributes: options.applicationAttributes,
      detachTimeoutMs: 1000,
      transferBytes: options.transferBytes,
    },
  });
}
