import type { OrderWithheldEvent } from '../../../contract/events.ts';
import type { StandingOrderView } from '../../../contract/schema/standing-order.ts';
import type { Card } from './cards.ts';

/** How a standing order stands at one place: what it waits for, or why it did not start the unit that is there. */
export type OrderAt =
  | { readonly order: StandingOrderView; readonly waits: 'unit' | 'job' }
  | { readonly order: StandingOrderView; readonly waits: null; readonly withheld: OrderWithheldEvent };

/** Null where none stands. A unit that was not started is told of until it is taken out or gets a job. */
export function orderAt(
  { position, unit, job }: Pick<Card, 'position' | 'unit' | 'job'>,
  orders: Iterable<StandingOrderView>,
  withheld: ReadonlyMap<string, OrderWithheldEvent>,
): OrderAt | null {
  const order = [...orders].find(({ closedAt, positions }) => closedAt === null && positions.includes(position));
  if (order === undefined) return null;
  if (job !== null && job.endedAt === null) return { order, waits: 'job' };
  const last = withheld.get(`${order.id} ${position}`);
  if (last === undefined || unit === null || last.serial !== unit.serial) return { order, waits: 'unit' };
  return { order, waits: null, withheld: last };
}
