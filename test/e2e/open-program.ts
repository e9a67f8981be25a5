import type { Page } from 'playwright';
import type { ClockShift } from './support/shift-clock.ts';

export interface WindowOptions {
  /** Of this test: the station's data, and what the program remembers. The same folder again is the same station again. */
  readonly folder: string;
  readonly training?: boolean;
  /** A program that was built and unpacked elsewhere; left out, this source tree. */
  readonly program?: string;
  readonly locale?: string;
  /** Another program for the stand-in: path of its main script. */
  readonly main?: string;
}

/** What a person was asked by the system's own dialogues. */
export interface AskedQuestion {
  readonly kind: 'open' | 'message' | 'print';
  readonly options: Readonly<Record<string, unknown>>;
}

/** A running Drydock with its one window. */
export interface OpenProgram {
  readonly shell: 'electron' | 'stand-in';
  readonly page: Page;
  readonly questions: readonly AskedQuestion[];
  /** What the next dialogue for files, the next message, or the next page that is printed (path of a PDF) is answered with. */
  answer(kind: AskedQuestion['kind'], answer: readonly string[] | number | string): void;
  /** The machine locks itself, or goes to sleep. */
  power(event: 'lock-screen' | 'suspend'): Promise<void>;
  /** The clocks of the program and its page go on by so much; timers keep real time. */
  moveClock(by: Partial<ClockShift>): Promise<void>;
  /** A person closes the window; resolves with the exit code when the program has ended. */
  close(): Promise<number | null>;
  /** Asks the window to close and waits for nothing. */
  askToClose(): Promise<void>;
  /** The program is killed. */
  kill(): Promise<void>;
}
