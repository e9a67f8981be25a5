import type { ControlSetup } from '../control.ts';
import { readSetup } from './read-setup.ts';
import {
  BUS_ID_BYTES,
  Command,
  COMMAND_HEADER_BYTES,
  MAX_ENDPOINT,
  MAX_TRANSFER_BYTES,
  Operation,
  OPERATION_HEADER_BYTES,
  SETUP_OFFSET,
  USBIP_VERSION,
} from './wire.ts';

/** USBIP_CMD_SUBMIT. */
export interface Submission {
  readonly kind: 'submit';
  readonly sequence: number;
  readonly deviceId: number;
  readonly endpoint: number;
  /** Undefined where its reserved bits are used. */
  readonly setup: ControlSetup | undefined;
  /** What the host sends; empty for a transfer to the host. */
  readonly data: Uint8Array;
  /** Room that the host has for the answer. */
  readonly roomBytes: number;
}

/** USBIP_CMD_UNLINK. */
export interface Unlinking {
  readonly kind: 'unlink';
  readonly sequence: number;
  readonly deviceId: number;
  /** Sequence number of the submission that is to be given up. */
  readonly target: number;
}

export type Message =
  | { readonly kind: 'list' }
  | { readonly kind: 'import'; readonly busId: string }
  | Submission
  | Unlinking
  /** Bytes that are no USB/IP, or more than this server takes: the connection is at its end. */
  | { readonly kind: 'violation'; readonly reason: string };

/**
 * Cuts the bytes of one connection into messages. It keeps at most one unfinished message beside the bytes of the last `push`, and a
 * message is at most 65,583 bytes.
 */
export class MessageReader {
  #buffered = Buffer.alloc(0);
  #phase: 'operations' | 'commands' | 'broken' = 'operations';

  push(chunk: Uint8Array): void {
    if (this.#phase === 'broken') return;
    this.#buffered = this.#buffered.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#buffered, chunk]);
  }

  /** From here on the connection belongs to one device. */
  expectCommands(): void {
    this.#phase = 'commands';
  }

  /** The next whole message, or undefined until more bytes have come. After a violation there are no more. */
  next(): Message | undefined {
    if (this.#phase === 'broken') return undefined;
    const message = this.#phase === 'commands' ? this.#readCommand() : this.#readOperation();
    if (message?.kind === 'violation') {
      this.#phase = 'broken';
      this.#buffered = Buffer.alloc(0);
    }
    return message;
  }

  #readOperation(): Message | undefined {
    const head = this.#peek(OPERATION_HEADER_BYTES);
    if (head === undefined) return undefined;
    const version = head.readUInt16BE(0);
    const code = head.readUInt16BE(2);
    if (version !== USBIP_VERSION) return violation(`USB/IP version ${hex(version)}, not ${hex(USBIP_VERSION)}`);
    if (head.readUInt32BE(4) !== 0) return violation(`status ${head.readUInt32BE(4)} in a request`);
    if (code === Operation.requestList) {
      this.#take(OPERATION_HEADER_BYTES);
      return { kind: 'list' };
    }
    if (code !== Operation.requestImport) return violation(`operation ${hex(code)}`);
    const whole = this.#take(OPERATION_HEADER_BYTES + BUS_ID_BYTES);
    return whole === undefined ? undefined : { kind: 'import', busId: readBusId(whole) };
  }

  #readCommand(): Message | undefined {
    const head = this.#peek(COMMAND_HEADER_BYTES);
    if (head === undefined) return undefined;
    const command = head.readUInt32BE(0);
    if (command === Command.unlink) {
      this.#take(COMMAND_HEADER_BYTES);
      return { kind: 'unlink', ...readBasics(head), target: head.readUInt32BE(20) };
    }
    if (command !== Command.submit) return violation(`command ${command}`);
    return this.#readSubmission(head);
  }

  #readSubmission(head: Buffer): Message | undefined {
    const toHost = head.readUInt32BE(12);
    const endpoint = head.readUInt32BE(16);
    const lenBytes = head.readUInt32BE(24);
    const packets = head.readUInt32BE(32);
    if (toHost > 1) return violation(`direction ${toHost}`);
    if (endpoint > MAX_ENDPOINT) return violation(`endpoint ${endpoint}`);
    if (lenBytes > MAX_TRANSFER_BYTES) return violation(`a transfer of ${lenBytes} bytes`);
    // 0xffffffff by the document, 0 by Linux: not isochronous.
    if (packets !== 0 && packets !== 0xffff_ffff) return violation(`an isochronous transfer of ${packets} packets`);
    const setup = readSetup(head.subarray(SETUP_OFFSET, COMMAND_HEADER_BYTES));
    if (endpoint === 0 && setup !== undefined) {
      const contradiction = findContradiction(setup, toHost === 1, lenBytes);
      if (contradiction !== undefined) return violation(contradiction);
    }
    const sentBytes = toHost === 1 ? 0 : lenBytes;
    const whole = this.#take(COMMAND_HEADER_BYTES + sentBytes);
    if (whole === undefined) return undefined;
    const data = Uint8Array.from(whole.subarray(COMMAND_HEADER_BYTES));
    return { kind: 'submit', ...readBasics(head), endpoint, setup, data, roomBytes: toHost === 1 ? lenBytes : 0 };
  }

  #peek(lenBytes: number): Buffer | undefined {
    return this.#buffered.length < lenBytes ? undefined : this.#buffered.subarray(0, lenBytes);
  }

  #take(lenBytes: number): Buffer | undefined {
    const taken = this.#peek(lenBytes);
    if (taken !== undefined) this.#buffered = this.#buffered.subarray(lenBytes);
    return taken;
  }
}

/** A set-up packet and the header before it must tell of the same transfer. Without a data stage Linux calls every direction "out". */
function findContradiction(setup: ControlSetup, toHost: boolean, lenBytes: number): string | undefined {
  if (!toHost && setup.lenBytes !== lenBytes)
    return `${lenBytes} bytes to send, and ${setup.lenBytes} in the set-up packet`;
  if (setup.lenBytes > 0 && toHost !== (setup.direction === 'in')) return 'two directions in one transfer';
  return undefined;
}

function readBasics(head: Buffer): { readonly sequence: number; readonly deviceId: number } {
  return { sequence: head.readUInt32BE(4), deviceId: head.readUInt32BE(8) };
}

/** Up to the first NUL; what holds none names no device. */
function readBusId(request: Buffer): string {
  const end = request.indexOf(0, OPERATION_HEADER_BYTES);
  return end === -1 ? '' : request.toString('latin1', OPERATION_HEADER_BYTES, end);
}

function violation(reason: string): Message {
  return { kind: 'violation', reason };
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(4, '0')}`;
}
