import { SvelteMap } from 'svelte/reactivity';
import { accept, type Refusal, type Result } from '../../contract/result.ts';
import type { ReportFile } from '../../contract/schema/station.ts';
import type { ChosenFile } from '../../contract/window/file-purpose.ts';
import { windowStore } from '../app/window-store.svelte.ts';
import { call } from '../bridge/call.ts';

/** Files of a report that this window wrote, and the folder that a person chose for them. */
export interface WrittenReport {
  readonly folder: ChosenFile;
  readonly files: readonly ReportFile[];
  readonly stationKeySha256: string;
}

export interface ReportAttempt {
  readonly isBusy: boolean;
  readonly written: WrittenReport | null;
  readonly refusal: Refusal | null;
}

const untried: ReportAttempt = { isBusy: false, written: null, refusal: null };
const attempts = new SvelteMap<string, ReportAttempt>();

/** How the last attempt for this job went; each operator sees their own. */
export function attemptOf(key: string): ReportAttempt {
  return attempts.get(mine(key)) ?? untried;
}

export function exportJob(jobId: string): Promise<void> {
  return write(jobId, (folder, paper) => call('report.export', { jobId, folder, paper }));
}

/** The attempt for a period is one, whichever its days were. */
export const periodKey = 'period';

export function exportPeriod(firstDay: string, lastDay: string): Promise<void> {
  return write(periodKey, (folder, paper) => call('report.period', { firstDay, lastDay, folder, paper }));
}

/** Asks a person for a folder, and has the station write there; a person who chooses none has changed their mind. */
async function write(
  key: string,
  ask: (folder: string, paper: 'A4' | 'Letter') => Promise<Result<Omit<WrittenReport, 'folder'>>>,
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
  ask: (folder: string, paper: 'A4' | 'Letter') => Promise<Result<Omit<WrittenReport, 'folder'>>>,
): Promise<Result<WrittenReport | null>> {
  const chosen = await call('window.choose', { purpose: 'export-folder', several: false });
  if (!chosen.ok) return chosen;
  const [folder] = chosen.value;
  if (folder === undefined) return accept(null);
  const answer = await ask(folder.ticket, windowStore.view?.preferences.paper ?? 'A4');
  if (!answer.ok) return answer;
  const { files, stationKeySha256 } = answer.value;
  return accept({ folder, files, stationKeySha256 });
}

function mine(key: string): string {
  return `${windowStore.view?.session?.operator.id ?? ''} ${key}`;
}
