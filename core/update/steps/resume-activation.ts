import { bootImage, endUnactivated, standsStill, willBootTarget } from './activate.ts';
import { readUnitState } from './read-unit.ts';
import type { Step } from './step.ts';

/**
 * Goes on with a job that was interrupted between the activation's announcement and the first contact after the reset
 * (REQ-OTA-APP-04). The unit says how far it got.
 */
export const resumeActivation: Step = async (context, plan, job) => {
  const { log } = context;
  const state = await readUnitState(context);
  if (!state.ok && context.signal.aborted) return job;
  if (!state.ok) return log.move(job, 'indeterminate', { code: 'update.no-contact', reason: state.reason });
  if (state.value.serial !== job.serial) {
    const reason = `Position ${job.position} now holds ${state.value.serial}; the job was for ${job.serial ?? '?'}.`;
    return log.move(job, 'indeterminate', { code: 'update.other-unit', reason });
  }
  if (standsStill(state.value, plan)) {
    if (willBootTarget(state.value, plan)) return bootImage(context, plan, job);
    const reason = 'The job was interrupted at its activation; the unit runs its old firmware. Start the update again.';
    return endUnactivated(context, plan, job, 'update.interrupted', reason);
  }
  const detail = 'The unit was found again after an interruption.';
  return log.move(job, 'testing', { checks: [log.check('contact-after-reset', true, detail)] });
};
