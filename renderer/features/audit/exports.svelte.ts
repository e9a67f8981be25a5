import type { ReportFile } from '../../../contract/schema/station.ts';
import { call } from '../../bridge/call.ts';
import { ExportAttempts, type ExportAttempt } from '../../papers/export-attempts.svelte.ts';

interface EventFiles {
  readonly files: readonly ReportFile[];
}

const attempts = new ExportAttempts<EventFiles>();

/** How the last attempt for this event went. */
export function attemptOf(seq: number): ExportAttempt<EventFiles> {
  return attempts.of(String(seq));
}

export function exportEvent(seq: number): Promise<void> {
  return attempts.write(String(seq), (folder) => call('audit.export-event', { seq, folder }));
}
