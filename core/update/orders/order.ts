import type { Result } from '../../../contract/result.ts';
import type { OrderEnd, StandingOrderView } from '../../../contract/schema/standing-order.ts';
import type { OperatorRef } from '../../../contract/schema/update-job.ts';

/** A standing order as it is stored; what it has started is kept beside it. */
export type StandingOrder = Omit<StandingOrderView, 'started'>;

/** What an operator asks for. */
export type OrderRequest = Pick<
  StandingOrder,
  'positions' | 'bundleDigest' | 'kind' | 'workOrder' | 'units' | 'openedBy'
> & {
  /** Null: with the session of the one who opens it. */
  readonly endsAt: string | null;
  /** Units that stand at the positions already are started as well. */
  readonly startPresent: boolean;
};

/** The operator in whose name an order starts units. It lives in memory alone: no order outlives the program. */
export interface Opener {
  /** UTC; his session ends then whatever happens. */
  readonly endsAt: string;
  /** Refuses once he is not logged in, not enabled or not allowed to start updates any more. */
  readonly check: () => Result<unknown>;
}

/** Who ended an order, and why. */
export interface OrderClosing {
  readonly end: OrderEnd;
  /** Null: the station by itself. */
  readonly by: OperatorRef | null;
}
