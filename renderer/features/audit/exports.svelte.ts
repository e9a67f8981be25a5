import type { ReportFile } from '../../../contract/schema/station.ts';
import type { CallOutput } from '../../../contract/window/bridge.ts';
import { call } from '../../bridge/call.ts';
import { ExportAttempts, type ExportAttempt } from '../../papers/export-attempts.svelte.ts';

interface EventFiles {
  readonly files: readonly ReportFile[];
}

type CheckpointFiles = CallOutput<'audit.export-checkpoint'>;

const attempts = new ExportAttempts<EventFiles>();
const checkpoints = new ExportAttempts<CheckpointFiles>();

/** How the last attempt for this event went. */
export function attemptOf(seq: number): ExportAttempt<EventFiles> {
  return attempts.of(String(seq));
}

export function exportEvent(seq: number): Promise<void> {
  return attempts.write(String(seq), (folder) => call('audit.export-event', { seq, folder }));
}

/** How the last attempt to write a checkpoint went. */
export function checkpointAttempt(): ExportAttempt<CheckpointFiles> {
  return checkpoints.of('checkpoint');
}

export function exportCheckpoint(): Promise<void> {
  return checkpoints.write('checkpoint', (folder) => call('audit.export-checkpoint', { folder }));
}
