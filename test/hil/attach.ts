/**
 * What `usbip attach` does, and again whenever a unit has left its port and is back: `node test/hil/attach.ts [port]`, as root, on a
 * Linux with vhci-hcd. The unit at position 1-4 gets root port 4 of the first virtual host controller.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { DEVICE_RECORD_BYTES, OPERATION_HEADER_BYTES } from '../../simulator/usbip/wire.ts';
import { readRecord, requestImport, requestList, type ImportedRecord } from '../helpers/usbip-client.ts';

const CONTROLLER = '/sys/devices/platform/vhci_hcd.0';
const LOOK_EVERY_MS = 40;
/** `enum usbip_device_status`: nothing is attached to the port. */
const PORT_IS_FREE = '004';
const LIST_HEAD_BYTES = OPERATION_HEADER_BYTES + 4;
const IMPORT_REPLY_BYTES = OPERATION_HEADER_BYTES + DEVICE_RECORD_BYTES;
/** More units than a kernel has ports for. */
const MOST_LIST_BYTES = 1024 * 1024;

/** Attaches every unit that a server on 127.0.0.1 offers, until the signal comes. Rejects where the server is gone. */
export async function attachUnits(port: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    for (const busId of await listBusIds(port)) {
      const rootPort = Number(/^1-(\d+)$/.exec(busId)?.[1] ?? NaN);
      if (freePorts().has(rootPort - 1)) await attach(port, busId, rootPort - 1);
    }
    await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}

async function attach(port: number, busId: string, rootPort: number): Promise<void> {
  const socket = createConnection(port, '127.0.0.1');
  try {
    socket.write(requestImport(busId));
    const reply = await receive(socket, IMPORT_REPLY_BYTES);
    // Between the list and this question the unit has left, or somebody else has taken it.
    if (reply === undefined || reply.readUInt32BE(4) !== 0) return;
    handOver(socket, readRecord(reply.subarray(OPERATION_HEADER_BYTES)), rootPort);
  } finally {
    socket.destroy();
  }
}

/** Gives the connection to the kernel, which keeps it when this process closes its own end. From here on nothing may be read here. */
function handOver(socket: Socket, unit: ImportedRecord, rootPort: number): void {
  const handle = handleOf(socket);
  handle.readStop();
  const deviceId = unit.busNumber * 65_536 + unit.deviceNumber;
  writeFileSync(`${CONTROLLER}/attach`, `${rootPort} ${handle.fd} ${deviceId} ${unit.speed}`);
}

/** libuv's handle: Node has no public way to a socket's file descriptor. */
function handleOf(socket: Socket): { readonly fd: number; readStop(): number } {
  const { _handle: handle } = socket as unknown as { _handle: { fd: number; readStop(): number } | null };
  if (handle === null || handle.fd < 0) throw new Error('the connection has no file descriptor');
  return handle;
}

async function listBusIds(port: number): Promise<string[]> {
  const socket = createConnection(port, '127.0.0.1');
  try {
    socket.end(requestList());
    const reply = await receive(socket, Infinity);
    const ids: string[] = [];
    let at = LIST_HEAD_BYTES;
    while (reply !== undefined && at + DEVICE_RECORD_BYTES <= reply.length) {
      const record = readRecord(reply.subarray(at));
      ids.push(record.busId);
      at += DEVICE_RECORD_BYTES + 4 * record.interfaceCount;
    }
    return ids;
  } finally {
    socket.destroy();
  }
}

/** The first `lenBytes`, or all that comes before the end; undefined where the connection ends before `lenBytes`. */
async function receive(socket: Socket, lenBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let received = 0;
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    const bytes = chunk as Buffer;
    chunks.push(bytes);
    received += bytes.length;
    if (received >= lenBytes) return Buffer.concat(chunks);
    if (received > MOST_LIST_BYTES) throw new Error('the list of units has no end');
  }
  return lenBytes === Infinity ? Buffer.concat(chunks) : undefined;
}

/** Lines of the controller's status: `hs  0003 004 …` is port 3, free. */
function freePorts(): ReadonlySet<number> {
  const status = readFileSync(`${CONTROLLER}/status`, 'utf8');
  const ports = [...status.matchAll(/^hs +(\d+) (\d+)/gm)].filter(([, , state]) => state === PORT_IS_FREE);
  return new Set(ports.map(([, number]) => Number(number)));
}

if (import.meta.main) await attachUnits(Number(process.argv[2] ?? 3240), new AbortController().signal);
