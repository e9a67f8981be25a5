import { accept, refuse } from '../../../contract/result.ts';
import type { Refusal, Result } from '../../../contract/result.ts';
import type { DfuStateName } from './constants.ts';
import { pollStatus } from './poll-status.ts';
import type { DfuContext } from './dfu-context.ts';

/** Busy → idle, or stall → error → clear, then an abort: four rounds do; more means that the unit does not follow DFU 1.1. */
const MAX_ROUNDS = 5;

/**
 * Brings the unit to dfuIDLE from whatever an earlier host left behind (DFU 1.1 appendix A): clears an error, aborts a
 * download or upload that was never finished, waits for one that is still at work. What was sent whole and not manifested stays
 * so: a GETSTATUS in dfuMANIFEST-SYNC would manifest it. Nor does a DfuSe unit carry out a command that was sent and not started.
 *
 * Refuses with `device.power-cycle-needed` where only the person at the bench can help, `device.state-unexpected`, or as the
 * transfer does.
 */
export async function returnToIdle(context: DfuContext): Promise<Result<void>> {
  let last: Refusal = refuse('device.state-unexpected', 'The unit does not return to DFU state dfuIDLE.');
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const state = await askState(context);
    if (!state.ok) return state;
    if (state.value === 'dfuIDLE') return accept(undefined);
    const left = await leaveState(context, state.value);
    if (left.ok) continue;
    // A request that the unit stalls leads it to dfuERROR, and an error is what the next round clears.
    if (left.code !== 'device.stalled' && !left.code.startsWith('device.err-')) return left;
    if (left.code === 'device.stalled') last = left;
  }
  return last;
}

/** Ends a piece of work in dfuIDLE, whatever came of it; a unit that has left the bus is asked for nothing. */
export async function endInIdle(context: DfuContext, done: Result<void>): Promise<Result<void>> {
  if (!done.ok && done.code === 'device.unplugged') return done;
  const idle = await returnToIdle(context);
  return done.ok ? idle : done;
}

/** GETSTATE changes nothing. It is stalled by a unit that is busy (A.2.5), and by one that does not know it. */
async function askState({ port, speaksDfuse }: DfuContext): Promise<Result<DfuStateName>> {
  const state = await port.getState();
  if (state.ok || state.code !== 'device.stalled') return state;
  if (speaksDfuse) {
    // GETSTATUS would start a command that was sent and not started. A unit that knows of none, or is busy, stalls this too.
    const aborted = await port.abort();
    if (!aborted.ok && aborted.code !== 'device.stalled') return aborted;
  }
  const answer = await port.getStatus();
  return answer.ok ? accept(answer.value.state) : answer;
}

/** What has begun is waited for. */
async function awaitEnd(context: DfuContext): Promise<Result<DfuStateName>> {
  return await pollStatus(
    context,
    context.limits.manifestMs,
    ['dfuDNLOAD-SYNC', 'dfuDNBUSY', 'dfuMANIFEST-SYNC', 'dfuMANIFEST'],
    ['dfuDNLOAD-IDLE', 'dfuIDLE', 'dfuMANIFEST-WAIT-RESET'],
  );
}

async function leaveState(context: DfuContext, state: DfuStateName): Promise<Result<unknown>> {
  const { port, speaksDfuse } = context;
  switch (state) {
    case 'dfuIDLE':
      return accept(undefined);
    case 'dfuERROR':
      return await port.clearStatus();
    case 'dfuDNLOAD-IDLE':
    case 'dfuMANIFEST-SYNC':
    case 'dfuUPLOAD-IDLE':
      return await port.abort();
    case 'dfuDNLOAD-SYNC':
      // DFU 1.1 A.2.4 knows no way out but GETSTATUS. With DfuSe that starts the command, which may be an erasure of everything.
      return speaksDfuse ? await port.abort() : await awaitEnd(context);
    case 'dfuDNBUSY':
    case 'dfuMANIFEST':
      return await awaitEnd(context);
    case 'dfuMANIFEST-WAIT-RESET':
    case 'appIDLE':
    case 'appDETACH':
      return refuse(
        'device.power-cycle-needed',
        `The unit hangs in state ${state} of DFU mode; switch it off and on again.`,
        { state },
      );
  }
}
