import { SvelteMap } from 'svelte/reactivity';
import { accept, type Refusal, type Result } from '../../contract/result.ts';
import type { ReportFile } from '../../contract/schema/station.ts';
import type { ChosenFile } from '../../contract/window/file-purpose.ts';
import { windowStore } from '../app/window-store.svelte.ts';
import { call } from '../bridge/call.ts';

interface Files {
  readonly files: readonly ReportFile[];
}

/** Files that this window had written, and the folder that a person chose for them. */
export type Written<Answer extends Files> = Answer & { readonly folder: ChosenFile };

export interface ExportAttempt<Answer extends Files> {
  readonly isBusy: boolean;
  readonly written: Written<Answer> | null;
  readonly refusal: Refusal | null;
}

/** What a window had the station write into folders, by what it was of; each operator sees their own. */
export class ExportAttempts<Answer extends Files> {
  readonly #attempts = new SvelteMap<string, ExportAttempt<Answer>>();

  /** How the last attempt for this went. */
  of(key: string): ExportAttempt<Answer> {
    return this.#attempts.get(mine(key)) ?? { isBusy: false, written: null, refusal: null };
  }

  /** Asks a person for a folder, and has the station write there; a person who chooses none has changed their mind. */
  async write(key: string, ask: (folder: string) => Promise<Result<Answer>>): Promise<void> {
    const own = mine(key);
    const before = this.of(key);
    if (before.isBusy) return;
    this.#attempts.set(own, { ...before, isBusy: true });
    const answer = await chooseAndAsk(ask);
    if (!answer.ok) this.#attempts.set(own, { isBusy: false, written: null, refusal: answer });
    else
      this.#attempts.set(own, answer.value === null ? before : { isBusy: false, written: answer.value, refusal: null });
  }
}

async function chooseAndAsk<Answer extends Files>(
  ask: (folder: string) => Promise<Result<Answer>>,
): Promise<Result<Written<Answer> | null>> {
  const chosen = await call('window.choose', { purpose: 'export-folder', several: false });
  if (!chosen.ok) return chosen;
  const [folder] = chosen.value;
  if (folder === undefined) return accept(null);
  const answer = await ask(folder.ticket);
  return answer.ok ? accept({ ...answer.value, folder }) : answer;
}

function mine(key: string): string {
  return `${windowStore.view?.session?.operator.id ?? ''} ${key}`;
}
