import type { ReportFile } from '../../contract/schema/station.ts';
import { windowStore } from '../app/window-store.svelte.ts';
import { call } from '../bridge/call.ts';
import { ExportAttempts, type ExportAttempt, type Written } from './export-attempts.svelte.ts';

interface Report {
  readonly files: readonly ReportFile[];
  readonly stationKeySha256: string;
}

/** Files of a report that this window wrote, and the folder that a person chose for them. */
export type WrittenReport = Written<Report>;

const attempts = new ExportAttempts<Report>();

/** How the last attempt for this job, or the period, went. */
export function attemptOf(key: string): ExportAttempt<Report> {
  return attempts.of(key);
}

export function exportJob(jobId: string): Promise<void> {
  return attempts.write(jobId, (folder) => call('report.export', { jobId, folder, paper: paper() }));
}

/** The attempt for a period is one, whichever its days were. */
export const periodKey = 'period';

export function exportPeriod(firstDay: string, lastDay: string): Promise<void> {
  return attempts.write(periodKey, (folder) => call('report.period', { firstDay, lastDay, folder, paper: paper() }));
}

function paper(): 'A4' | 'Letter' {
  return windowStore.view?.preferences.paper ?? 'A4';
}
