import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import { choosePauseMs } from '../dfu/choose-pause.ts';
import type { StatusAnswer } from '../dfu/dfu-status.ts';
import { pause } from '../dfu/pause.ts';
import type { DfuseContext } from './dfuse-context.ts';
import { refuseDfuseStatus } from './dfuse-status.ts';

/** Some ROM boot loaders stall GETSTATUS while they erase (STM32L4); as often in a row that means busy. */
const MAX_STALLS = 3;

export interface Waiting {
  /** What the unit works on, as it ends a sentence. */
  readonly what: string;
  readonly deadlineMs: number;
  /** A pause to make in place of the one that the unit asks for, once. */
  readonly firstPauseMs?: number;
}

/**
 * Sees a DNLOAD through until dfuDNLOAD-IDLE. The unit begins with it at the first GETSTATUS and must say dfuDNBUSY there
 * (ST AN3156 §4); then its bwPollTimeout is waited, neither more nor less.
 *
 * Refuses with `device.state-unexpected` where the unit never began, `device.read-protected`, `device.err-…`,
 * `device.poll-timeout-absurd`, `device.busy-too-long`, or as the transfer does.
 */
export async function awaitDownload(context: DfuseContext, waiting: Waiting): Promise<Result<void>> {
  const { clock } = context;
  const startMs = clock.monotonicMs();
  let pauseMs = 0;
  let stalls = 0;
  for (let answers = 1; ; answers++) {
    const answer: Result<StatusAnswer> = await context.port.getStatus();
    if (answer.ok) {
      const { status, state } = answer.value;
      if (status !== 'OK' || state === 'dfuERROR') return refuseDfuseStatus(answer.value);
      if (state === 'dfuDNLOAD-IDLE' && answers > 1) return accept(undefined);
      if (state !== 'dfuDNBUSY') {
        return refuse(
          'device.state-unexpected',
          `The unit is in DFU state ${state} where it should be busy with ${waiting.what}.`,
          { state },
        );
      }
      const chosen = choosePauseMs(context, answer.value.pollTimeoutMs, answers);
      if (!chosen.ok) return chosen;
      stalls = 0;
      pauseMs = answers === 1 && waiting.firstPauseMs !== undefined ? waiting.firstPauseMs : chosen.value;
    } else {
      stalls += 1;
      if (answer.code !== 'device.stalled' || pauseMs === 0 || stalls > MAX_STALLS) return answer;
    }
    if (clock.monotonicMs() - startMs + pauseMs > waiting.deadlineMs) {
      return refuse(
        'device.busy-too-long',
        `The unit stayed busy with ${waiting.what} for longer than ${waiting.deadlineMs} ms.`,
      );
    }
    const paused = await pause(clock, context.port, pauseMs);
    if (!paused.ok) return paused;
  }
}
