import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { DfuContext } from './dfu-context.ts';

/** A unit that asks for no pause and stays busy would be asked in a tight loop; from here on the host pauses by itself. */
const PATIENCE_ANSWERS = 16;
const OWN_PAUSE_MS = 10;
/** For a unit whose bwPollTimeout is garbage; dfu-util waits as long. */
const FIXED_PAUSE_MS = 5;

/**
 * How long the host waits before it asks GETSTATUS again: bwPollTimeout, neither more nor less (DFU 1.1 §6.1.2). `answers`: how many
 * it has had, this one counted. Refuses with `device.poll-timeout-absurd`.
 */
export function choosePauseMs(
  { limits, quirks }: Pick<DfuContext, 'limits' | 'quirks'>,
  statedMs: number,
  answers: number,
): Result<number> {
  const pollTimeoutMs = quirks.has('poll-timeout-ignored') ? FIXED_PAUSE_MS : statedMs;
  if (pollTimeoutMs > limits.maxPollTimeoutMs) {
    return refuse(
      'device.poll-timeout-absurd',
      `The unit asks for a pause of ${pollTimeoutMs} ms, its profile allows at most ${limits.maxPollTimeoutMs} ms.`,
      { pollTimeoutMs },
    );
  }
  return accept(pollTimeoutMs === 0 && answers > PATIENCE_ANSWERS ? OWN_PAUSE_MS : pollTimeoutMs);
}
