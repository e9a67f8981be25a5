import type { ApprovalState } from '../../contract/schema/approval.ts';
import { localTime } from './style.ts';

/** How a bundle stands with its approvals to install, in one line. */
export function describeApprovalState(of: ApprovalState): string {
  switch (of.state) {
    case 'complete': {
      const until = of.until === null ? 'none is needed' : `until ${localTime(of.until)}`;
      return `approvals are complete for every unit, ${until}`;
    }
    case 'waiting': {
      const beside = of.limited === 0 ? '' : `; ${of.limited} more for single units or work orders`;
      const ended = of.ended === 0 ? '' : `; ${of.ended} ended by time`;
      return `${of.given} of ${of.required} approvals for every unit${beside}${ended}`;
    }
    case 'expired':
      return 'the bundle has expired: no approval counts';
    case 'no-policy':
      return `it cannot be said which approvals are needed: ${of.reason}`;
  }
}
