import type { OrderedUnit, StandingOrderView } from '../../../contract/schema/standing-order.ts';
import type { StandingOrder } from './order.ts';

/** A unit that an order has started. */
export type UnitStart = Omit<OrderedUnit, 'state'> & { readonly orderId: string };

/** Rows of standing orders. All calls are synchronous and join the transaction they are made in. */
export interface OrderRepository {
  insertOrder(order: StandingOrder): void;
  /** Throws where there is no such order, and where it is closed already. */
  closeOrder(order: StandingOrder): void;
  insertStart(start: UnitStart): void;
  order(id: string): StandingOrderView | null;
  /** Newest first. */
  orders(filter: { readonly open: boolean; readonly limit: number }): readonly StandingOrderView[];
}
