import { accept, type Result } from '../../../contract/result.ts';
import type { BenchMap } from '../../device/bench-map.ts';
import { requirePermission } from '../../operator/permission.ts';
import type { Sessions } from '../../operator/sessions.ts';
import type { Opener } from '../../update/orders/order.ts';
import type { StandingOrders } from '../../update/orders/standing-orders.ts';
import type { HeldSession } from '../../operator/sessions.ts';
import type { Handlers } from '../dispatch.ts';
import { referTo } from './refer-to.ts';

export interface OrderHandlerDeps {
  readonly orders: StandingOrders;
  readonly map: BenchMap;
  readonly sessions: Sessions;
}

/** Standing orders: the next unit at a position starts by itself. */
export function createOrderHandlers({
  orders,
  map,
  sessions,
}: OrderHandlerDeps): Pick<Handlers, 'order.open' | 'order.list' | 'order.close'> {
  return {
    'order.open': async (input, caller) => {
      const positions = resolveAll(input.positions, map);
      if (!positions.ok) return positions;
      const held = sessions.hold(caller.token);
      return held.ok
        ? orders.open({ ...input, positions: positions.value, openedBy: referTo(caller) }, openerOf(held.value))
        : held;
    },
    'order.list': ({ openOnly, limit }) => accept([...orders.list({ open: openOnly, limit })]),
    'order.close': ({ id }, caller) => orders.close(id, referTo(caller)),
  };
}

/** Asked anew at each start: logged in still, enabled, and with the right to execute updates. */
function openerOf({ endsAt, check }: HeldSession): Opener {
  return {
    endsAt,
    check: () => {
      const operator = check();
      return operator.ok ? requirePermission(operator.value, 'update.execute') : operator;
    },
  };
}

/** The port paths that a person means, each once however often and by whatever name it was given. */
function resolveAll(typed: readonly string[], map: BenchMap): Result<string[]> {
  const positions = new Set<string>();
  for (const place of typed) {
    const position = map.resolve(place);
    if (!position.ok) return position;
    positions.add(position.value);
  }
  return accept([...positions]);
}
