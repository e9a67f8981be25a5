import { DFU_FUNCTIONAL_DESCRIPTOR, DFU_INTERFACE } from '../core/device/dfu/constants.ts';
import type { UnitOptions } from './unit-options.ts';

export interface AlternateDescription {
  readonly alternateSetting: number;
  readonly interfaceClass: number;
  readonly interfaceSubclass: number;
  readonly interfaceProtocol: number;
  readonly interfaceName: string;
}

/** All that a unit says of itself in one mode: parsed for the WebUSB object, and as the bytes of GET_DESCRIPTOR (USB 2.0 §9.6). */
export interface DescriptorSet {
  readonly vendorId: number;
  readonly productId: number;
  readonly strings: readonly string[];
  readonly alternates: readonly AlternateDescription[];
  readonly device: Uint8Array;
  readonly configuration: Uint8Array;
}

export const CONFIGURATION_VALUE = 1;
export const MANUFACTURER_NAME = 'Drydock';
export const PRODUCT_NAME = 'Drydock virtual unit';
export const LANGUAGE_US_ENGLISH = 0x0409;

const DESCRIPTOR_TYPE = { device: 1, configuration: 2, string: 3, interface: 4 } as const;
/** String indices: manufacturer, product, serial, then one for each alternate setting. */
const FIRST_INTERFACE_STRING = 4;

export function describeUnit(options: UnitOptions, serial: string, mode: 'application' | 'dfu'): DescriptorSet {
  const names = mode === 'application' ? ['DFU run-time'] : ['image-0', 'image-1'];
  const interfaceProtocol = mode === 'application' ? DFU_INTERFACE.runtimeProtocol : DFU_INTERFACE.dfuProtocol;
  const alternates = names.map((interfaceName, alternateSetting) => ({
    alternateSetting,
    interfaceClass: DFU_INTERFACE.class,
    interfaceSubclass: DFU_INTERFACE.subclass,
    interfaceProtocol,
    interfaceName,
  }));
  const productId = mode === 'application' ? options.applicationProductId : options.dfuProductId;
  return {
    vendorId: options.vendorId,
    productId,
    strings: [MANUFACTURER_NAME, PRODUCT_NAME, serial, ...names],
    alternates,
    device: encodeDevice(options.vendorId, productId),
    configuration: encodeConfiguration(alternates, options),
  };
}

/** A string descriptor, or the language table for index 0; undefined where there is none. */
export function encodeString(descriptors: DescriptorSet, index: number): Uint8Array | undefined {
  if (index === 0)
    return Uint8Array.of(4, DESCRIPTOR_TYPE.string, LANGUAGE_US_ENGLISH & 0xff, LANGUAGE_US_ENGLISH >> 8);
  const text = descriptors.strings[index - 1];
  if (text === undefined) return undefined;
  const units = Buffer.from(text, 'utf16le');
  return Uint8Array.of(2 + units.length, DESCRIPTOR_TYPE.string, ...units);
}

/** The answer to GET_DESCRIPTOR with this wValue, or undefined. */
export function findDescriptor(descriptors: DescriptorSet, value: number): Uint8Array | undefined {
  const type = value >> 8;
  const index = value & 0xff;
  if (type === DESCRIPTOR_TYPE.string) return encodeString(descriptors, index);
  if (index !== 0) return undefined;
  if (type === DESCRIPTOR_TYPE.device) return descriptors.device;
  if (type === DESCRIPTOR_TYPE.configuration) return descriptors.configuration;
  return type === DFU_FUNCTIONAL_DESCRIPTOR ? descriptors.configuration.slice(-9) : undefined;
}

function encodeDevice(vendorId: number, productId: number): Uint8Array {
  const bytes = Buffer.from([18, DESCRIPTOR_TYPE.device, 0x00, 0x02, 0, 0, 0, 64, 0, 0, 0, 0, 0x00, 0x01, 1, 2, 3, 1]);
  bytes.writeUInt16LE(vendorId, 8);
  bytes.writeUInt16LE(productId, 10);
  return Uint8Array.from(bytes);
}

function encodeConfiguration(alternates: readonly AlternateDescription[], options: UnitOptions): Uint8Array {
  const interfaces = alternates.flatMap((alternate) => [
    ...[9, DESCRIPTOR_TYPE.interface, 0, alternate.alternateSetting, 0],
    ...[alternate.interfaceClass, alternate.interfaceSubclass, alternate.interfaceProtocol],
    FIRST_INTERFACE_STRING + alternate.alternateSetting,
  ]);
  const functional = Buffer.from([9, DFU_FUNCTIONAL_DESCRIPTOR, options.attributes, 0, 0, 0, 0, 0x10, 0x01]);
  functional.writeUInt16LE(options.detachTimeoutMs, 3);
  functional.writeUInt16LE(options.transferBytes, 5);
  const head = Buffer.from([9, DESCRIPTOR_TYPE.configuration, 0, 0, 1, CONFIGURATION_VALUE, 0, 0x80, 50]);
  head.writeUInt16LE(head.length + interfaces.length + functional.length, 2);
  return Uint8Array.from([...head, ...interfaces, ...functional]);
}
