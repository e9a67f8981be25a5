import type { ExportedUnits } from './exported-units.ts';
import { ImportedUnit, type HostLink } from './imported-unit.ts';
import { MessageReader, type Message } from './message-reader.ts';
import { ImportStatus } from './wire.ts';
import { writeImported, writeList, writeNotImported } from './write-reply.ts';

export interface SessionParts extends HostLink {
  readonly units: ExportedUnits;
  /** A number of `UsbSpeed`. */
  readonly speed: number;
}

/** The server's end of one USB/IP connection, whatever carries it. No input makes it throw: what is not USB/IP ends the connection. */
export class UsbIpSession {
  readonly #parts: SessionParts;
  readonly #reader = new MessageReader();
  #imported: ImportedUnit | undefined;
  #isClosed = false;

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  receive(chunk: Uint8Array): void {
    if (this.#isClosed) return;
    this.#reader.push(chunk);
    for (let message = this.#next(); message !== undefined; message = this.#next()) this.#handle(message);
  }

  /** A kernel has the unit: it may be silent for as long as it likes. */
  get hasUnit(): boolean {
    return this.#imported !== undefined;
  }

  /** The connection is over; safe to call twice. An imported unit can be imported again. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const imported = this.#imported;
    if (imported === undefined) return;
    this.#imported = undefined;
    imported.release();
    this.#parts.units.release(imported.connection);
  }

  #next(): Message | undefined {
    return this.#isClosed ? undefined : this.#reader.next();
  }

  #handle(message: Message): void {
    switch (message.kind) {
      case 'list':
        this.#parts.send(writeList(this.#parts.units.list(), this.#parts.speed));
        return;
      case 'import':
        this.#import(message.busId);
        return;
      case 'submit':
        this.#imported?.submit(message);
        return;
      case 'unlink':
        this.#imported?.unlink(message);
        return;
      case 'violation':
        this.#hangUp(`not USB/IP as this server speaks it: ${message.reason}`);
    }
  }

  #import(busId: string): void {
    const { units, speed, send } = this.#parts;
    const taken = units.take(busId);
    if (taken === 'no-device' || taken === 'busy') {
      send(writeNotImported(taken === 'busy' ? ImportStatus.busy : ImportStatus.noDevice));
      return;
    }
    send(writeImported(taken, speed));
    this.#reader.expectCommands();
    this.#imported = new ImportedUnit(taken, { send, hangUp: (reason) => this.#hangUp(reason) });
  }

  #hangUp(reason: string): void {
    if (this.#isClosed) return;
    this.close();
    this.#parts.hangUp(reason);
  }
}
