import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import { pollStatus } from './poll-status.ts';
import type { DfuContext } from './poll-status.ts';

/** Error → clear, then perhaps one abort: three rounds do; more means that the unit does not follow DFU 1.1. */
const MAX_ROUNDS = 4;

/**
 * Brings the unit to dfuIDLE from whatever an earlier host left behind (DFU 1.1 appendix A): clears an error, aborts a
 * download or upload that was never finished, waits for one that is still at work.
 *
 * Refuses with `device.power-cycle-needed` where only the person at the bench can help, `device.state-unexpected`, or as the
 * transfer does.
 */
export async function returnToIdle(context: DfuContext): Promise<Result<void>> {
  const { port, limits } = context;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const state = await port.getState();
    if (!state.ok) return state;
    switch (state.value) {
      case 'dfuIDLE':
        return accept(undefined);
      case 'dfuERROR': {
        const cleared = await port.clearStatus();
        if (!cleared.ok) return cleared;
        break;
      }
      case 'dfuDNLOAD-SYNC':
      case 'dfuDNLOAD-IDLE':
      case 'dfuMANIFEST-SYNC':
      case 'dfuUPLOAD-IDLE': {
        const aborted = await port.abort();
        if (!aborted.ok) return aborted;
        break;
      }
      case 'dfuDNBUSY':
      case 'dfuMANIFEST': {
        const settled = await pollStatus(
          context,
          limits.manifestMs,
          ['dfuDNLOAD-SYNC', 'dfuDNBUSY', 'dfuMANIFEST-SYNC', 'dfuMANIFEST'],
          ['dfuDNLOAD-IDLE', 'dfuIDLE', 'dfuMANIFEST-WAIT-RESET'],
        );
        // An error state that it ends in is what the next round clears.
        if (!settled.ok && !settled.code.startsWith('device.err-')) return settled;
        break;
      }
      case 'dfuMANIFEST-WAIT-RESET':
      case 'appIDLE':
      case 'appDETACH':
        return refuse(
          'device.power-cycle-needed',
          `The unit hangs in state ${state.value} of DFU mode; switch it off and on again.`,
          { state: state.value },
        );
    }
  }
  return refuse('device.state-unexpected', 'The unit does not return to DFU state dfuIDLE.');
}
