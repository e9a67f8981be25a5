import { readDevice } from './descriptor-view.ts';
import type { UsbConnection } from './usb-connection.ts';

/** What a host's system has read of a device, and where it stands: the plain properties of a USBDevice, which outlive an unplugging. */
export class DeviceFacts {
  readonly usbVersionMajor: number;
  readonly usbVersionMinor: number;
  readonly usbVersionSubminor: number;
  readonly deviceClass: number;
  readonly deviceSubclass: number;
  readonly deviceProtocol: number;
  readonly deviceVersionMajor: number;
  readonly deviceVersionMinor: number;
  readonly deviceVersionSubminor: number;
  readonly manufacturerName: string | null;
  readonly productName: string | null;
  readonly speed: 'full' | 'high';
  readonly vendorId: number;
  readonly productId: number;
  readonly serialNumber: string | null;
  readonly bus: string;
  readonly address: number;
  readonly ports: number[];
  /** Equal for all objects of one enumeration, another after the next. */
  readonly handle: string;

  constructor({ descriptors, place, speed }: UsbConnection) {
    this.speed = speed;
    const view = readDevice(descriptors);
    [this.usbVersionMajor, this.usbVersionMinor, this.usbVersionSubminor] = view.usbVersion;
    [this.deviceVersionMajor, this.deviceVersionMinor, this.deviceVersionSubminor] = view.deviceVersion;
    this.deviceClass = view.deviceClass;
    this.deviceSubclass = view.deviceSubclass;
    this.deviceProtocol = view.deviceProtocol;
    this.manufacturerName = view.manufacturerName;
    this.productName = view.productName;
    this.vendorId = view.vendorId;
    this.productId = view.productId;
    this.serialNumber = view.serialNumber;
    this.bus = place.bus;
    this.address = place.address;
    this.ports = [...place.ports];
    this.handle = `${place.bus}-${place.ports.join('.')}#${place.address}`;
  }
}
