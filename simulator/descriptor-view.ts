import { DescriptorType, type DescriptorSet } from './descriptor-set.ts';
import type { UsbAlternateView } from './usb-types.ts';

/** The fields of a device descriptor that a host shows. What a malformed one lacks reads as 0 or null. */
export interface DeviceView {
  readonly usbVersion: readonly [major: number, minor: number, subminor: number];
  readonly deviceVersion: readonly [major: number, minor: number, subminor: number];
  readonly deviceClass: number;
  readonly deviceSubclass: number;
  readonly deviceProtocol: number;
  readonly vendorId: number;
  readonly productId: number;
  readonly manufacturerName: string | null;
  readonly productName: string | null;
  readonly serialNumber: string | null;
}

/** Reads a device descriptor (USB 2.0 §9.6.1) with its strings. */
export function readDevice(descriptors: DescriptorSet): DeviceView {
  const { device } = descriptors;
  const byte = (offset: number): number => device[offset] ?? 0;
  const word = (offset: number): number => byte(offset) | (byte(offset + 1) << 8);
  return {
    usbVersion: readVersion(word(2)),
    deviceClass: byte(4),
    deviceSubclass: byte(5),
    deviceProtocol: byte(6),
    vendorId: word(8),
    productId: word(10),
    deviceVersion: readVersion(word(12)),
    manufacturerName: readString(descriptors, byte(14)),
    productName: readString(descriptors, byte(15)),
    serialNumber: readString(descriptors, byte(16)),
  };
}

/** An interface with its alternate settings, in the order of the configuration. */
export interface InterfaceView {
  readonly interfaceNumber: number;
  readonly alternates: readonly UsbAlternateView[];
}

/** Reads the interfaces of a configuration (USB 2.0 §9.6.5), up to the first descriptor that does not fit. */
export function readInterfaces(descriptors: DescriptorSet): InterfaceView[] {
  const { configuration } = descriptors;
  const interfaces = new Map<number, UsbAlternateView[]>();
  for (let at = 0; at + 2 <= configuration.length;) {
    const lenBytes = configuration[at] ?? 0;
    if (lenBytes < 2 || at + lenBytes > configuration.length) break;
    const bytes = configuration.subarray(at, at + lenBytes);
    at += lenBytes;
    if (bytes[1] !== DescriptorType.interface || lenBytes < 9) continue;
    const [, , interfaceNumber = 0, alternateSetting = 0, , interfaceClass = 0, subclass = 0, protocol = 0, name = 0] =
      bytes;
    const alternates = interfaces.get(interfaceNumber) ?? [];
    alternates.push({
      alternateSetting,
      interfaceClass,
      interfaceSubclass: subclass,
      interfaceProtocol: protocol,
      interfaceName: readString(descriptors, name),
      endpoints: [],
    });
    interfaces.set(interfaceNumber, alternates);
  }
  return [...interfaces].map(([interfaceNumber, alternates]) => ({ interfaceNumber, alternates }));
}

/** The text of a string descriptor; null where there is none, or none that can be read. */
export function readString(descriptors: DescriptorSet, index: number): string | null {
  const bytes = index === 0 ? undefined : descriptors.strings.get(index);
  if (bytes === undefined || bytes[1] !== DescriptorType.string) return null;
  const endBytes = Math.min(bytes[0] ?? 0, bytes.length);
  return endBytes < 2 ? null : Buffer.from(bytes.subarray(2, endBytes)).toString('utf16le');
}

/** bcdUSB and bcdDevice: 0x0210 is 2.1.0. */
function readVersion(bcd: number): readonly [number, number, number] {
  return [(bcd >> 12) * 10 + ((bcd >> 8) & 0xf), (bcd >> 4) & 0xf, bcd & 0xf];
}
