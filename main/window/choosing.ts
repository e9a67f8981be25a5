import { accept, refuse, type Refusal, type Result } from '../../contract/result.ts';
import { FilePurpose, type ChosenFile } from '../../contract/window/file-purpose.ts';
import { issueTickets, openDialogOptions, type ShowOpenDialog } from '../files/choose-files.ts';
import type { FileTickets } from '../files/file-tickets.ts';
import type { WindowSession } from '../session/window-session.ts';
import type { StationHost } from '../station/station-host.ts';
import type { ShellWords } from '../words/shell-words.ts';

const MOST_DROPPED = 64;

export interface ChoosingDeps {
  readonly host: Pick<StationHost, 'phase'>;
  readonly session: WindowSession;
  readonly tickets: FileTickets;
  readonly words: () => ShellWords;
  readonly show: ShowOpenDialog;
}

/** How files come to the station: by the system's dialogue, or dropped on the window. Both end in tickets. */
export class Choosing {
  readonly #deps: ChoosingDeps;
  #isAsking = false;

  constructor(deps: ChoosingDeps) {
    this.#deps = deps;
  }

  /** One dialogue at a time; a second one is as if the person had changed their mind. */
  async choose(purpose: FilePurpose, several: boolean): Promise<Result<ChosenFile[]>> {
    const refused = this.#check(purpose);
    if (refused !== null) return refused;
    if (this.#isAsking) return accept([]);
    this.#isAsking = true;
    const { number } = this.#deps.session;
    try {
      const { words, show, tickets } = this.#deps;
      const paths = await show(openDialogOptions(purpose, several, words()));
      // Whoever is there now did not choose.
      const late = this.#check(purpose) ?? this.#checkSame(number);
      return late ?? (await issueTickets(paths, purpose, tickets));
    } finally {
      this.#isAsking = false;
    }
  }

  /** @param paths as the preload found them for what was dropped; anything at all may come here */
  async drop(paths: unknown, purpose: unknown): Promise<Result<ChosenFile[]>> {
    const known = FilePurpose.options.find((option) => option === purpose);
    if (known === undefined || !isListOfPaths(paths)) {
      return refuse('station.input-invalid', 'What was dropped is not a file of this machine.');
    }
    const refused = this.#check(known);
    return refused ?? (await issueTickets(paths, known, this.#deps.tickets));
  }

  /** Before anybody is logged in there is one thing to choose: where a new station keeps its data. */
  #check(purpose: FilePurpose): Refusal | null {
    const { host, session } = this.#deps;
    if (session.token !== null) return session.checkUnlocked();
    if (purpose === 'data-folder' && host.phase.phase === 'begin') return null;
    return refuse('station.not-logged-in', 'Nobody is logged in; log in first.');
  }

  #checkSame(number: number): Refusal | null {
    if (number === this.#deps.session.number) return null;
    return refuse('station.not-logged-in', 'The session ended while files were chosen; log in and choose them again.');
  }
}

function isListOfPaths(paths: unknown): paths is string[] {
  return (
    Array.isArray(paths) &&
    paths.length > 0 &&
    paths.length <= MOST_DROPPED &&
    paths.every((path) => typeof path === 'string' && path.length > 0 && path.length <= 4096)
  );
}
