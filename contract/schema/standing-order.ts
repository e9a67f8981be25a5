import * as v from 'valibot';
import { mostUnitsOfOrder } from '../plain/most-units-of-order.ts';
import { Sha256, UtcTime } from './bundle.ts';
import { Position } from './device.ts';
import { JobState, OperatorRef, ScanText } from './update-job.ts';

/** Most bench positions that one standing order may cover. */
export const mostPositionsOfOrder = 64;

/** Each position once. */
const OrderPositions = v.pipe(
  v.array(Position),
  v.minLength(1),
  v.maxLength(mostPositionsOfOrder),
  v.check((positions) => new Set(positions).size === positions.length, 'must not name a position twice'),
);

/** How many units may be started. */
export const OrderUnits = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(mostUnitsOfOrder));

/**
 * Why a standing order ended: an operator closed it; its time was over; it had started as many units as it was for; the operator who
 * opened it was no longer logged in, enabled or allowed to; the station closed; or the station had ended without closing it.
 */
export const OrderEnd = v.picklist([
  'by-operator',
  'time-over',
  'units-started',
  'opener-left',
  'station-closed',
  'station-restarted',
]);
export type OrderEnd = v.InferOutput<typeof OrderEnd>;

/** A unit that was started under an order. Its job tells all else. */
export const OrderedUnit = v.strictObject({
  jobId: v.pipe(v.string(), v.uuid()),
  position: Position,
  /** As the unit's descriptors had it when it came. */
  serial: v.string(),
  startedAt: UtcTime,
  state: JobState,
});
export type OrderedUnit = v.InferOutput<typeof OrderedUnit>;

/** An operator's word that the next units at some positions are updated without a further one. */
export const StandingOrderView = v.strictObject({
  id: v.pipe(v.string(), v.uuid()),
  positions: OrderPositions,
  bundleDigest: Sha256,
  kind: v.picklist(['install', 'recovery', 'downgrade']),
  workOrder: ScanText,
  /** Null: as many as come. */
  units: v.nullable(OrderUnits),
  openedBy: OperatorRef,
  openedAt: UtcTime,
  endsAt: UtcTime,
  closedAt: v.nullable(UtcTime),
  end: v.nullable(OrderEnd),
  /** What it has started, oldest first. */
  started: v.array(OrderedUnit),
});
export type StandingOrderView = v.InferOutput<typeof StandingOrderView>;
