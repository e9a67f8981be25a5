import { basename } from 'node:path';
import type { RandomBytes } from '../../core/ports.ts';
import { accept, refuse, type Result } from '../../contract/result.ts';
import type { ChosenFile, FilePurpose } from '../../contract/window/file-purpose.ts';

interface Choice {
  readonly path: string;
  readonly purpose: FilePurpose;
  readonly session: number;
}

const TICKET_LEN_BYTES = 32;
/** The oldest are forgotten: nobody works with more files at once. */
const MOST_TICKETS = 1024;

/**
 * Stands between the page and the disk: the page holds tickets, only the main process knows which paths they stand for. A ticket is
 * good in the window in which the file was chosen, for the purpose for which it was chosen, and until its operator logs out.
 */
export class FileTickets {
  readonly #randomBytes: RandomBytes;
  readonly #sessionNumber: () => number;
  readonly #choices = new Map<string, Choice>();

  /** @param sessionNumber the number of the window's session now */
  constructor(randomBytes: RandomBytes, sessionNumber: () => number) {
    this.#randomBytes = randomBytes;
    this.#sessionNumber = sessionNumber;
  }

  /** @param lenBytes null for a folder */
  issue(path: string, purpose: FilePurpose, lenBytes: number | null): ChosenFile {
    const ticket = `ticket:${Buffer.from(this.#randomBytes(TICKET_LEN_BYTES)).toString('base64url')}`;
    this.#choices.set(ticket, { path, purpose, session: this.#sessionNumber() });
    const [oldest] = this.#choices.keys();
    if (this.#choices.size > MOST_TICKETS && oldest !== undefined) this.#choices.delete(oldest);
    return { ticket, name: basename(path), lenBytes };
  }

  /** The path behind a ticket. Refuses with `window.file-unknown`, whatever is wrong with it. */
  pathOf(ticket: string, purpose: FilePurpose): Result<string> {
    const choice = this.#choices.get(ticket);
    if (choice?.purpose === purpose && choice.session === this.#sessionNumber()) return accept(choice.path);
    return refuse('window.file-unknown', 'This file or folder was not chosen for this here; choose it again.');
  }

  /** Forgets the choices of sessions that are over. */
  expire(): void {
    const now = this.#sessionNumber();
    for (const [ticket, { session }] of this.#choices) if (session !== now) this.#choices.delete(ticket);
  }
}
