import { TransferError, type UsbConnection } from '../usb-connection.ts';
import { ENDPOINT_STALLED } from '../usb-error.ts';
import { deviceIdOf } from './exported-units.ts';
import type { Submission, Unlinking } from './message-reader.ts';
import { ResetWatch } from './reset-watch.ts';
import { TransferStatus } from './wire.ts';
import { writeSubmitReply, writeUnlinkReply } from './write-reply.ts';

/** More than a kernel keeps under way for one control endpoint. */
const MOST_SUBMISSIONS = 256;

export interface HostLink {
  readonly send: (reply: Buffer) => void;
  /** Ends the connection: the host sees the unit leave its port. */
  readonly hangUp: (reason: string) => void;
}

/** One unit in the hands of one host, for one enumeration: its control transfers, in order, until it leaves or the host lets go. */
export class ImportedUnit {
  readonly connection: UsbConnection;
  readonly #host: HostLink;
  readonly #resets = new ResetWatch();
  /** Submissions without a reply, oldest first; the first one is at work. */
  #waiting: Submission[] = [];
  #isAtWork = false;
  #isReleased = false;

  constructor(connection: UsbConnection, host: HostLink) {
    this.connection = connection;
    this.#host = host;
    connection.gone.addEventListener('abort', this.#onGone);
  }

  submit(submission: Submission): void {
    if (!this.#isMeant(submission.deviceId)) return;
    if (this.#waiting.length >= MOST_SUBMISSIONS) {
      this.#host.hangUp(`more than ${MOST_SUBMISSIONS} transfers at once`);
      return;
    }
    if (this.#waiting.some(({ sequence }) => sequence === submission.sequence)) {
      this.#host.hangUp(`sequence number ${submission.sequence} twice`);
      return;
    }
    this.#waiting.push(submission);
    this.#startNext();
  }

  /** Gives up a transfer that has no reply yet: it gets none. What the unit has done of it stays done, as on a real bus. */
  unlink({ deviceId, sequence, target }: Unlinking): void {
    if (!this.#isMeant(deviceId)) return;
    const index = this.#waiting.findIndex((submission) => submission.sequence === target);
    this.#host.send(writeUnlinkReply(sequence, index === -1 ? TransferStatus.ok : TransferStatus.connectionReset));
    if (index === -1) return;
    this.#waiting.splice(index, 1);
    if (index > 0) return;
    this.#isAtWork = false;
    this.#goOn();
  }

  /** The host has closed the connection: nothing is answered any more. The unit keeps its power and its state. */
  release(): void {
    this.#isReleased = true;
    this.#waiting = [];
    this.connection.gone.removeEventListener('abort', this.#onGone);
  }

  #startNext(): void {
    const [next] = this.#waiting;
    if (next === undefined || this.#isAtWork || this.#isReleased) return;
    this.#isAtWork = true;
    void this.#answer(next).then((reply) => {
      if (this.#isReleased || this.#waiting[0] !== next) return;
      if (reply !== undefined) this.#host.send(reply);
      this.#waiting.shift();
      this.#isAtWork = false;
      this.#goOn();
    });
  }

  /** A unit may have left while its last transfer was at work or was given up. */
  #goOn(): void {
    if (this.connection.isGone) this.#onGone();
    else this.#startNext();
  }

  /** Undefined where the unit has left the bus before it could answer. */
  async #answer({ sequence, endpoint, setup, data, roomBytes }: Submission): Promise<Buffer | undefined> {
    const stalled = writeSubmitReply(sequence, TransferStatus.brokenPipe, 0, new Uint8Array(0));
    if (endpoint !== 0 || setup === undefined) return stalled;
    try {
      if (this.#resets.sees(setup)) this.connection.reset();
      const received = (await this.connection.transfer(setup, data, 0)).subarray(0, roomBytes);
      return writeSubmitReply(sequence, TransferStatus.ok, data.length + received.length, received);
    } catch (error) {
      if (!(error instanceof TransferError)) throw error;
      return error.message === ENDPOINT_STALLED ? stalled : undefined;
    }
  }

  /** A transfer at work may still have its answer, that of a DETACH for instance: it goes out first. */
  readonly #onGone = (): void => {
    if (!this.#isAtWork) this.#host.hangUp('the unit has left the bus');
  };

  #isMeant(deviceId: number): boolean {
    const own = deviceIdOf(this.connection);
    if (deviceId !== own) this.#host.hangUp(`device id ${deviceId} on the connection of device ${own}`);
    return deviceId === own;
  }
}
