import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import { choosePauseMs } from './choose-pause.ts';
import type { DfuStateName } from './constants.ts';
import type { DfuContext } from './dfu-context.ts';
import { refuseStatus } from './dfu-status.ts';
import { pause } from './pause.ts';

/**
 * Asks GETSTATUS until the unit reaches one of `settled`, and waits as {@link choosePauseMs} says between two questions. Only `passing` states may be seen on the way.
 *
 * Refuses with `device.err-…` for an error status, `device.state-unexpected`, `device.poll-timeout-absurd`,
 * `device.busy-too-long`, `device.unplugged` also in the middle of a pause, or as the transfer does.
 */
export async function pollStatus(
  context: DfuContext,
  deadlineMs: number,
  passing: readonly DfuStateName[],
  settled: readonly DfuStateName[],
): Promise<Result<DfuStateName>> {
  const { port, clock } = context;
  const startMs = clock.monotonicMs();
  for (let answers = 1; ; answers++) {
    const answer = await port.getStatus();
    if (!answer.ok) return answer;
    const { status, state } = answer.value;
    if (status !== 'OK' || state === 'dfuERROR') return refuseStatus(answer.value);
    if (settled.includes(state)) return accept(state);
    if (!passing.includes(state)) {
      return refuse(
        'device.state-unexpected',
        `The unit is in DFU state ${state} where ${settled.join(' or ')} is expected.`,
        {
          state,
        },
      );
    }
    const pauseMs = choosePauseMs(context, answer.value.pollTimeoutMs, answers);
    if (!pauseMs.ok) return pauseMs;
    if (clock.monotonicMs() - startMs + pauseMs.value > deadlineMs) {
      return refuse('device.busy-too-long', `The unit stayed in DFU state ${state} for longer than ${deadlineMs} ms.`, {
        state,
      });
    }
    const paused = await pause(clock, port, pauseMs.value);
    if (!paused.ok) return paused;
  }
}
