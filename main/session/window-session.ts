import { refuse, type Refusal } from '../../contract/result.ts';
import type { SessionView } from '../../contract/schema/session.ts';

interface OpenSession {
  readonly token: string;
  readonly view: SessionView;
  readonly idleMs: number;
  readonly locked: boolean;
}

/**
 * Who is logged in at the window, and whether its keyboard is locked. The token stays here: the page never holds what a session is opened
 * with. A lock is no end of the session: jobs and standing orders go on, and nobody but its operator gets the keyboard back.
 */
export class WindowSession {
  readonly #changed: () => void;
  #open: OpenSession | null = null;
  #number = 0;
  #logins = 0;

  /** @param changed is told after every login, lock, unlock and end */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Null while nobody is logged in; given also while the window is locked. */
  get token(): string | null {
    return this.#open?.token ?? null;
  }

  get view(): SessionView | null {
    return this.#open?.view ?? null;
  }

  get locked(): boolean {
    return this.#open?.locked ?? false;
  }

  /** How long a keyboard may be left alone; null while nobody is logged in. */
  get idleMs(): number | null {
    return this.#open?.idleMs ?? null;
  }

  /** Another number after each login and each end: what was begun in one session is not answered in the next. */
  get number(): number {
    return this.#number;
  }

  /** Another number after each login, whatever ended before it. */
  get logins(): number {
    return this.#logins;
  }

  /** @param view as the login gave it: its idle time has just begun */
  begin(token: string, view: SessionView): void {
    const idleMs = Date.parse(view.idleAt) - Date.parse(view.startedAt);
    this.#open = { token, view, idleMs, locked: false };
    this.#number += 1;
    this.#logins += 1;
    this.#changed();
  }

  renew(view: SessionView): void {
    if (this.#open !== null) this.#open = { ...this.#open, view };
  }

  /** The station's idle time was set anew; it counts for the session that is open. */
  setIdleMs(idleMs: number): void {
    if (this.#open !== null) this.#open = { ...this.#open, idleMs };
  }

  end(): void {
    if (this.#open === null) return;
    this.#open = null;
    this.#number += 1;
    this.#changed();
  }

  lock(): void {
    this.#setLocked(true);
  }

  unlock(): void {
    this.#setLocked(false);
  }

  /** Refuses with `window.locked` while the window is locked. */
  checkUnlocked(): Refusal | null {
    if (!this.locked) return null;
    const who = this.view?.operator.printedName ?? '';
    return refuse('window.locked', `The window is locked; ${who} unlocks it with the password.`);
  }

  #setLocked(locked: boolean): void {
    if (this.#open === null || this.#open.locked === locked) return;
    this.#open = { ...this.#open, locked };
    this.#changed();
  }
}
