import type { UsbConnection } from '../usb-connection.ts';
import { busIdOf } from './exported-units.ts';
import {
  BUS_ID_BYTES,
  Command,
  COMMAND_HEADER_BYTES,
  DEVICE_PATH_BYTES,
  DEVICE_RECORD_BYTES,
  Operation,
  OPERATION_HEADER_BYTES,
  USBIP_VERSION,
} from './wire.ts';

/** OP_REP_DEVLIST. `speed` is a number of {@link UsbSpeed}. */
export function writeList(connections: readonly UsbConnection[], speed: number): Buffer {
  const count = Buffer.alloc(4);
  count.writeUInt32BE(connections.length);
  const records = connections.flatMap((connection) => [
    writeDevice(connection, speed),
    ...writeInterfaces(connection.descriptors.configuration),
  ]);
  return Buffer.concat([writeHead(Operation.replyList, 0), count, ...records]);
}

/** OP_REP_IMPORT of a unit that the client has now. */
export function writeImported(connection: UsbConnection, speed: number): Buffer {
  return Buffer.concat([writeHead(Operation.replyImport, 0), writeDevice(connection, speed)]);
}

/** OP_REP_IMPORT that says no. */
export function writeNotImported(status: number): Buffer {
  return writeHead(Operation.replyImport, status);
}

/** USBIP_RET_SUBMIT. `lenBytes` is what crossed the bus; `data` is what goes to the host of it. */
export function writeSubmitReply(sequence: number, status: number, lenBytes: number, data: Uint8Array): Buffer {
  const reply = Buffer.alloc(COMMAND_HEADER_BYTES + data.length);
  reply.writeUInt32BE(Command.submitReply, 0);
  reply.writeUInt32BE(sequence, 4);
  reply.writeInt32BE(status, 20);
  reply.writeUInt32BE(lenBytes, 24);
  reply.set(data, COMMAND_HEADER_BYTES);
  return reply;
}

/** USBIP_RET_UNLINK. */
export function writeUnlinkReply(sequence: number, status: number): Buffer {
  const reply = Buffer.alloc(COMMAND_HEADER_BYTES);
  reply.writeUInt32BE(Command.unlinkReply, 0);
  reply.writeUInt32BE(sequence, 4);
  reply.writeInt32BE(status, 20);
  return reply;
}

function writeHead(code: number, status: number): Buffer {
  const head = Buffer.alloc(OPERATION_HEADER_BYTES);
  head.writeUInt16BE(USBIP_VERSION, 0);
  head.writeUInt16BE(code, 2);
  head.writeUInt32BE(status, 4);
  return head;
}

/** `struct usbip_usb_device`, from the bytes of the device and configuration descriptors (USB 2.0 §9.6.1, §9.6.3). */
function writeDevice(connection: UsbConnection, speed: number): Buffer {
  const { place, descriptors } = connection;
  const device = Buffer.from(descriptors.device);
  const configuration = Buffer.from(descriptors.configuration);
  const busId = busIdOf(connection);
  const record = Buffer.alloc(DEVICE_RECORD_BYTES);
  record.write(`/sys/devices/virtual/drydock/${busId}`, 0, DEVICE_PATH_BYTES - 1, 'latin1');
  record.write(busId, DEVICE_PATH_BYTES, BUS_ID_BYTES - 1, 'latin1');
  record.writeUInt32BE(Number(place.bus), 288);
  record.writeUInt32BE(place.address, 292);
  record.writeUInt32BE(speed, 296);
  record.writeUInt16BE(device.readUInt16LE(8), 300);
  record.writeUInt16BE(device.readUInt16LE(10), 302);
  record.writeUInt16BE(device.readUInt16LE(12), 304);
  device.copy(record, 306, 4, 7);
  record.writeUInt8(configuration.readUInt8(5), 309);
  record.writeUInt8(device.readUInt8(17), 310);
  record.writeUInt8(configuration.readUInt8(4), 311);
  return record;
}

const INTERFACE_DESCRIPTOR = 4;

/** `struct usbip_usb_interface` for each interface: class, subclass, protocol of its alternate setting 0. */
function writeInterfaces(configuration: Uint8Array): Buffer[] {
  const interfaces: Buffer[] = [];
  for (let at = 0; at < configuration.length; at += Math.max(2, configuration[at] ?? 0)) {
    const isFirstAlternate = configuration[at + 1] === INTERFACE_DESCRIPTOR && configuration[at + 3] === 0;
    if (isFirstAlternate) interfaces.push(Buffer.from([...configuration.subarray(at + 5, at + 8), 0]));
  }
  return interfaces;
}
