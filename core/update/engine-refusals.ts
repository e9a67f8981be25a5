import { refuse, type Result } from '../../contract/result.ts';
import type { UpdateJob } from './job.ts';

/** Why a job ended that an operator stopped. */
export const cancelledByOperator = {
  code: 'update.cancelled',
  reason: 'An operator cancelled the job before its activation. Power-cycle the unit if it is still in DFU mode.',
} as const;

export function refuseUnknown(jobId: string): Result<never> {
  return refuse('update.job-unknown', `There is no job ${jobId}.`);
}

export function refuseStopping(): Result<never> {
  return refuse('update.stopping', 'The station is closing; nothing is started any more.');
}

/** A virtual unit must never speak for a real one, nor the other way round. */
export function refuseOtherBench({ id, training }: UpdateJob): Result<never> {
  const [was, is] = training ? ['virtual units', 'real ones'] : ['real units', 'virtual ones'];
  return refuse('update.other-bench', `Job ${id} was begun with ${was}; this station works with ${is} now.`);
}

export function refuseCancel({ id, state }: UpdateJob): Result<never> {
  return refuse('update.not-cancellable', `Job ${id} is ${state} and can no longer be cancelled.`);
}
