import { DFU_FUNCTIONAL_DESCRIPTOR } from '../core/device/dfu/constants.ts';

/** What a device says of itself, as the bytes that GET_DESCRIPTOR returns (USB 2.0 §9.6). Nothing keeps them from being malformed. */
export interface DescriptorSet {
  readonly device: Uint8Array;
  /** The configuration with everything that belongs to it. */
  readonly configuration: Uint8Array;
  /** String descriptors by index; 0 is the table of languages. */
  readonly strings: ReadonlyMap<number, Uint8Array>;
}

/** One alternate setting of an interface without endpoints. */
export interface InterfaceDescription {
  readonly interfaceNumber: number;
  readonly alternate: number;
  readonly class: number;
  readonly subclass: number;
  readonly protocol: number;
  /** iInterface; left out: it has no name. */
  readonly name?: string;
}

/** DFU 1.1 §4.1.3. */
export interface FunctionalDescription {
  readonly attributes: number;
  readonly detachTimeoutMs: number;
  readonly transferBytes: number;
  /** bcdDFUVersion; left out: 1.1. DfuSe states 0x011a. */
  readonly version?: number;
}

/** A device with one configuration whose interfaces end with one DFU functional descriptor. */
export interface DeviceDescription {
  readonly vendorId: number;
  readonly productId: number;
  readonly manufacturer: string;
  readonly product: string;
  /** Left out: iSerialNumber is 0. */
  readonly serial?: string;
  readonly interfaces: readonly InterfaceDescription[];
  readonly functional: FunctionalDescription;
}

export const CONFIGURATION_VALUE = 1;
export const LANGUAGE_US_ENGLISH = 0x0409;
export const DescriptorType = { device: 1, configuration: 2, string: 3, interface: 4 } as const;
/** Strings 1 to 3 are manufacturer, product and serial; then come the interfaces' names. */
const FIRST_INTERFACE_STRING = 4;

/** Writes the descriptors of a device. */
export function encodeDescriptors(description: DeviceDescription): DescriptorSet {
  const { manufacturer, product, serial, interfaces } = description;
  const strings = new Map<number, Uint8Array>([
    [0, Uint8Array.of(4, DescriptorType.string, LANGUAGE_US_ENGLISH & 0xff, LANGUAGE_US_ENGLISH >> 8)],
    [1, encodeString(manufacturer)],
    [2, encodeString(product)],
  ]);
  if (serial !== undefined) strings.set(3, encodeString(serial));
  const nameIndexes = interfaces.map(({ name }, index) => (name === undefined ? 0 : FIRST_INTERFACE_STRING + index));
  interfaces.forEach(({ name }, index) => {
    if (name !== undefined) strings.set(FIRST_INTERFACE_STRING + index, encodeString(name));
  });
  return { device: encodeDevice(description), configuration: encodeConfiguration(description, nameIndexes), strings };
}

/** USB 2.0 §9.6.7: UTF-16LE without an end mark. */
export function encodeString(text: string): Uint8Array {
  const units = Buffer.from(text, 'utf16le');
  return Uint8Array.of(2 + units.length, DescriptorType.string, ...units);
}

/** The answer to GET_DESCRIPTOR with this wValue, or undefined where the device has none of it. */
export function findDescriptor(descriptors: DescriptorSet, value: number): Uint8Array | undefined {
  const type = value >> 8;
  const index = value & 0xff;
  if (type === DescriptorType.string) return descriptors.strings.get(index);
  if (index !== 0) return undefined;
  if (type === DescriptorType.device) return descriptors.device;
  if (type === DescriptorType.configuration) return descriptors.configuration;
  return type === DFU_FUNCTIONAL_DESCRIPTOR ? descriptors.configuration.slice(-9) : undefined;
}

function encodeDevice({ vendorId, productId, serial }: DeviceDescription): Uint8Array {
  const serialIndex = serial === undefined ? 0 : 3;
  const bytes = Buffer.from([18, DescriptorType.device, 0x00, 0x02, 0, 0, 0, 64, 0, 0, 0, 0, 0x00, 0x01, 1, 2, 0, 1]);
  bytes.writeUInt16LE(vendorId, 8);
  bytes.writeUInt16LE(productId, 10);
  bytes.writeUInt8(serialIndex, 16);
  return Uint8Array.from(bytes);
}

function encodeConfiguration(description: DeviceDescription, nameIndexes: readonly number[]): Uint8Array {
  const interfaces = description.interfaces.flatMap((setting, index) => [
    ...[9, DescriptorType.interface, setting.interfaceNumber, setting.alternate, 0],
    ...[setting.class, setting.subclass, setting.protocol, nameIndexes[index] ?? 0],
  ]);
  const { attributes, detachTimeoutMs, transferBytes, version = 0x0110 } = description.functional;
  const functional = Buffer.from([9, DFU_FUNCTIONAL_DESCRIPTOR, attributes, 0, 0, 0, 0, 0, 0]);
  functional.writeUInt16LE(detachTimeoutMs, 3);
  functional.writeUInt16LE(transferBytes, 5);
  functional.writeUInt16LE(version, 7);
  const interfaceCount = new Set(description.interfaces.map(({ interfaceNumber }) => interfaceNumber)).size;
  const head = Buffer.from([9, DescriptorType.configuration, 0, 0, interfaceCount, CONFIGURATION_VALUE, 0, 0x80, 50]);
  head.writeUInt16LE(head.length + interfaces.length + functional.length, 2);
  return Uint8Array.from([...head, ...interfaces, ...functional]);
}
