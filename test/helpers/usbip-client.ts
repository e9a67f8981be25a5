/**
 * The client's end of USB/IP 1.1.1, written from Linux's Documentation/usb/usbip_protocol.rst and sharing nothing with the server: what it
 * sends is laid out byte by byte as the tables there have it.
 */

export interface ImportedRecord {
  readonly path: string;
  readonly busId: string;
  readonly busNumber: number;
  readonly deviceNumber: number;
  readonly speed: number;
  readonly vendorId: number;
  readonly productId: number;
  readonly configurationValue: number;
  readonly interfaceCount: number;
}

export function requestList(): Buffer {
  return Buffer.from('0111800500000000', 'hex');
}

export function requestImport(busId: string): Buffer {
  const request = Buffer.alloc(40);
  Buffer.from('0111800300000000', 'hex').copy(request);
  request.write(busId, 8, 'latin1');
  return request;
}

export interface SubmitFields {
  readonly sequence: number;
  readonly deviceId: number;
  readonly endpoint?: number;
  readonly toHost: boolean;
  /** Eight bytes, in hexadecimal. */
  readonly setup: string;
  readonly data?: Uint8Array;
  /** transfer_buffer_length, where it is not what the set-up packet says. */
  readonly lenBytes?: number;
  readonly packets?: number;
}

export function submit(fields: SubmitFields): Buffer {
  const { data = new Uint8Array(0), packets = 0 } = fields;
  const setup = Buffer.from(fields.setup, 'hex');
  const head = Buffer.alloc(48);
  head.writeUInt32BE(1, 0);
  head.writeUInt32BE(fields.sequence, 4);
  head.writeUInt32BE(fields.deviceId, 8);
  head.writeUInt32BE(fields.toHost ? 1 : 0, 12);
  head.writeUInt32BE(fields.endpoint ?? 0, 16);
  head.writeUInt32BE(fields.lenBytes ?? setup.readUInt16LE(6), 24);
  head.writeUInt32BE(packets, 32);
  setup.copy(head, 40);
  return Buffer.concat([head, data]);
}

export function unlink(sequence: number, deviceId: number, target: number): Buffer {
  const head = Buffer.alloc(48);
  head.writeUInt32BE(2, 0);
  head.writeUInt32BE(sequence, 4);
  head.writeUInt32BE(deviceId, 8);
  head.writeUInt32BE(target, 20);
  return head;
}

export function readRecord(bytes: Buffer): ImportedRecord {
  return {
    path: textAt(bytes, 0, 256),
    busId: textAt(bytes, 256, 32),
    busNumber: bytes.readUInt32BE(288),
    deviceNumber: bytes.readUInt32BE(292),
    speed: bytes.readUInt32BE(296),
    vendorId: bytes.readUInt16BE(300),
    productId: bytes.readUInt16BE(302),
    configurationValue: bytes.readUInt8(309),
    interfaceCount: bytes.readUInt8(311),
  };
}

function textAt(bytes: Buffer, start: number, lenBytes: number): string {
  const field = bytes.toString('latin1', start, start + lenBytes);
  const end = field.indexOf('\0');
  return end === -1 ? field : field.slice(0, end);
}

export interface Reply {
  readonly command: number;
  readonly sequence: number;
  readonly status: number;
  readonly lenBytes: number;
}

export function readReply(bytes: Buffer): Reply {
  return {
    command: bytes.readUInt32BE(0),
    sequence: bytes.readUInt32BE(4),
    status: bytes.readInt32BE(20),
    lenBytes: bytes.readUInt32BE(24),
  };
}
