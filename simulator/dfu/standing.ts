import { DfuState, DfuStatus } from '../../core/device/dfu/constants.ts';
import { ACK, answerData, STALL, type ControlAnswer, type ControlSetup } from '../control.ts';

const MAX_POLL_MS = 0xffffff;

/** Where a DFU function stands: bState and bStatus, and the answers that tell of them (DFU 1.1 §6.1.2). */
export class DfuStanding {
  state: DfuState = DfuState.dfuIDLE;
  status: DfuStatus = DfuStatus.OK;

  isIn(...states: readonly DfuState[]): boolean {
    return states.includes(this.state);
  }

  enter(state: DfuState): ControlAnswer {
    this.state = state;
    return ACK;
  }

  enterIdle(): ControlAnswer {
    this.status = DfuStatus.OK;
    return this.enter(DfuState.dfuIDLE);
  }

  fail(status: DfuStatus): void {
    this.status = status;
    this.state = DfuState.dfuERROR;
  }

  /** The answer to a request that the state does not know. */
  refuse(): ControlAnswer {
    this.fail(DfuStatus.errSTALLEDPKT);
    return STALL;
  }

  answerState(setup: ControlSetup): ControlAnswer {
    return answerData(Uint8Array.of(this.state), setup.lenBytes);
  }

  /** What GETSTATUS reads; `pollMs` is rounded up, and as long as three bytes can say. */
  report(setup: ControlSetup, pollMs: number): ControlAnswer {
    const wait = Math.min(Math.ceil(pollMs), MAX_POLL_MS);
    const bytes = [this.status, wait & 0xff, (wait >> 8) & 0xff, wait >> 16, this.state, 0];
    return answerData(Uint8Array.from(bytes), setup.lenBytes);
  }
}
