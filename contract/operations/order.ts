import * as v from 'valibot';
import type { OperationTable } from './operation.ts';
import { TypedPlace } from '../schema/bench-place.ts';
import { Sha256, UtcTime } from '../schema/bundle.ts';
import { OrderUnits, StandingOrderView, mostPositionsOfOrder } from '../schema/standing-order.ts';
import { ScanText } from '../schema/update-job.ts';
import { Page } from './input.ts';

const OrderId = v.pipe(v.string(), v.uuid());
const OrderPlaces = v.pipe(v.array(TypedPlace), v.minLength(1), v.maxLength(mostPositionsOfOrder));

/** Standing orders. */
export const orderOperations = {
  /**
   * A standing order: from now on a unit that comes to one of the positions starts by itself, in the name of the operator and while
   * that operator stays logged in. `endsAt` null: with the session. `startPresent`: units that stand there already as well.
   */
  'order.open': {
    access: 'update.execute',
    input: v.strictObject({
      positions: OrderPlaces,
      bundleDigest: Sha256,
      kind: v.picklist(['install', 'recovery', 'downgrade']),
      workOrder: ScanText,
      units: v.nullable(OrderUnits),
      endsAt: v.nullable(UtcTime),
      startPresent: v.boolean(),
    }),
    output: StandingOrderView,
  },
  /** Newest first. */
  'order.list': {
    access: 'update.read',
    input: v.strictObject({ openOnly: v.boolean(), limit: Page }),
    output: v.array(StandingOrderView),
  },
  /** Nothing is started under the order any more; jobs that it has started go on. */
  'order.close': { access: 'update.execute', input: v.strictObject({ id: OrderId }), output: StandingOrderView },
} as const satisfies OperationTable;
