import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { VirtualUsbBus } from '../usb-bus.ts';
import { ExportedUnits } from './exported-units.ts';
import { UsbIpSession } from './session.ts';
import { UsbSpeed } from './wire.ts';

/** USB/IP knows neither passwords nor encryption: whoever reaches the port has the units. So it is this machine alone. */
const ADDRESS = '127.0.0.1';
const MOST_CONNECTIONS = 128;
/** A host that sends and does not read its replies is cut off when so much waits for it. */
const MOST_UNREAD_BYTES = 1024 * 1024;
/** Who has imported nothing for so long, or does not read its last replies, makes room for others. */
const IDLE_MS = 10_000;

export interface UsbIpServerOptions {
  readonly bus: VirtualUsbBus;
  /** 0: any free one. */
  readonly port: number;
  /** What the units are enumerated as (default: full speed). */
  readonly speed?: keyof typeof UsbSpeed;
  /** Told why the server ended a connection; for a log. */
  readonly onHangUp?: (reason: string) => void;
  /** How long a connection without a unit may be idle (default: 10 s). */
  readonly idleMs?: number;
}

export interface UsbIpServer {
  readonly address: string;
  readonly port: number;
  /** Ends every connection and stops listening: hosts see the units leave. */
  close(): Promise<void>;
}

/** Serves the units of a bus by USB/IP 1.1.1 on the loopback interface. Rejects where the port is taken. */
export async function serveUsbIp(options: UsbIpServerOptions): Promise<UsbIpServer> {
  const units = new ExportedUnits(options.bus);
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    converse(socket, units, options);
  });
  server.maxConnections = MOST_CONNECTIONS;
  server.listen(options.port, ADDRESS);
  await once(server, 'listening');
  // A connection that cannot be accepted (no file descriptors) is that host's loss, and no end of the others.
  server.on('error', (error) => options.onHangUp?.(`a connection failed: ${error.message}`));
  return {
    address: ADDRESS,
    port: portOf(server),
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function converse(
  socket: Socket,
  units: ExportedUnits,
  { speed = 'full', onHangUp, idleMs = IDLE_MS }: UsbIpServerOptions,
): void {
  const session = new UsbIpSession({
    units,
    speed: UsbSpeed[speed],
    send: (reply) => {
      if (socket.destroyed) return;
      socket.write(reply);
      if (socket.writableLength <= MOST_UNREAD_BYTES) return;
      onHangUp?.(`more than ${MOST_UNREAD_BYTES} bytes unread`);
      socket.destroy();
    },
    // What has been sent still arrives; what the host sends after it is of no interest.
    hangUp: (reason) => {
      onHangUp?.(reason);
      socket.destroySoon();
    },
  });
  socket.setTimeout(idleMs, () => {
    if (!session.hasUnit) socket.destroy();
  });
  socket.on('data', (chunk) => session.receive(chunk));
  socket.on('close', () => session.close());
  // A connection that breaks is one that closes: 'close' follows.
  socket.on('error', () => undefined);
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}
