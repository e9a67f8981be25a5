import { SvelteMap } from 'svelte/reactivity';
import { accept, type Refusal, type Result } from '../../../contract/result.ts';
import type { ReportFile } from '../../../contract/schema/station.ts';
import type { ChosenFile } from '../../../contract/window/file-purpose.ts';
import { windowStore } from '../../app/window-store.svelte.ts';
import { call } from '../../bridge/call.ts';

/** Files that this window wrote, and the folder that a person chose for them. */
export interface WrittenFiles {
  readonly folder: ChosenFile;
  readonly files: readonly ReportFile[];
}

export interface ExportAttempt {
  readonly isBusy: boolean;
  readonly written: WrittenFiles | null;
  readonly refusal: Refusal | null;
}

const untried: ExportAttempt = { isBusy: false, written: null, refusal: null };
const attempts = new SvelteMap<string, ExportAttempt>();

/** How the last attempt for this went; each operator sees their own. */
export function attemptOf(key: string): ExportAttempt {
  return attempts.get(mine(key)) ?? untried;
}

export function exportEvent(seq: number): Promise<void> {
  return write(`event ${seq}`, (folder) => call('audit.export-event', { seq, folder }));
}

export async function openFolder(ticket: string): Promise<void> {
  await call('window.show-folder', { ticket });
}

/** Asks a person for a folder, and has the station write there; a person who chooses none has changed their mind. */
async function write(
  key: string,
  ask: (folder: string) => Promise<Result<{ readonly files: readonly ReportFile[] }>>,
): Promise<void> {
  const own = mine(key);
  const before = attempts.get(own) ?? untried;
  if (before.isBusy) return;
  attempts.set(own, { ...before, isBusy: true });
  const answer = await chooseAndAsk(ask);
  if (!answer.ok) attempts.set(own, { isBusy: false, written: null, refusal: answer });
  else attempts.set(own, answer.value === null ? before : { isBusy: false, written: answer.value, refusal: null });
}

async function chooseAndAsk(
  ask: (folder: string) => Promise<Result<{ readonly files: readonly ReportFile[] }>>,
): Promise<Result<WrittenFiles | null>> {
  const chosen = await call('window.choose', { purpose: 'export-folder', several: false });
  if (!chosen.ok) return chosen;
  const [folder] = chosen.value;
  if (folder === undefined) return accept(null);
  const answer = await ask(folder.ticket);
  return answer.ok ? accept({ folder, files: answer.value.files }) : answer;
}

function mine(key: string): string {
  return `${windowStore.view?.session?.operator.id ?? ''} ${key}`;
}
