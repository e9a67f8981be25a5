import type { StationEvent } from '../../contract/events.ts';
import type { Permission } from '../../contract/permission.ts';
import type { NumberedEvent, WindowEvent } from '../../contract/window/bridge.ts';
import type { WindowSession } from '../session/window-session.ts';
import type { BenchLedger } from './bench-ledger.ts';
import { ProgressGate } from './progress-gate.ts';

/**
 * What the page is told. The station's events name units and work orders, so they go to an operator who is logged in, at an unlocked window, and
 * may read what they tell of. Everything has a number that only grows: a page that asks for what it missed knows which events are newer.
 */
export class WindowEvents {
  readonly #session: WindowSession;
  readonly #ledger: BenchLedger;
  readonly #send: (message: NumberedEvent) => void;
  readonly #gate = new ProgressGate();
  #number = 0;

  constructor(session: WindowSession, ledger: BenchLedger, send: (message: NumberedEvent) => void) {
    this.#session = session;
    this.#ledger = ledger;
    this.#send = send;
  }

  /** A new event of the station. */
  tellStation(event: StationEvent): void {
    if (event.type === 'job.written' && event.job.endedAt !== null) this.#gate.forget(event.job.id);
    if (event.type === 'job.progress' && !this.#gate.passes(event)) return;
    if (this.#mayTell(event)) this.tell(event);
  }

  /** An event of the shell itself, which anybody at the window may know of. */
  tell(event: WindowEvent): void {
    this.#number += 1;
    this.#send({ number: this.#number, event });
  }

  /** Everything again that the operator may know of, and the number of the newest event that it takes account of. */
  retell(): { readonly upTo: number; readonly events: readonly WindowEvent[] } {
    return { upTo: this.#number, events: this.#ledger.retell().filter((event) => this.#mayTell(event)) };
  }

  #mayTell(event: StationEvent): boolean {
    const { view, locked } = this.#session;
    return !locked && (view?.permissions.includes(permissionOf(event)) ?? false);
  }
}

function permissionOf(event: StationEvent): Permission {
  switch (event.type) {
    case 'job.progress':
    case 'job.written':
    case 'order.written':
    case 'order.withheld':
      return 'update.read';
    case 'bundle.import':
      return 'bundle.read';
    default:
      return 'device.read';
  }
}
