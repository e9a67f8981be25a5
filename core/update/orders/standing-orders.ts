import { randomUUID } from 'node:crypto';
import { accept, refuse, RefusalError, type Refusal, type Result } from '../../../contract/result.ts';
import type { OrderWithheldEvent, OrderWrittenEvent } from '../../../contract/events.ts';
import type { BenchUnit } from '../../../contract/schema/device.ts';
import type { OrderEnd, StandingOrderView } from '../../../contract/schema/standing-order.ts';
import type { OperatorRef } from '../../../contract/schema/update-job.ts';
import type { Clock } from '../../ports.ts';
import type { UpdateEngine } from '../engine.ts';
import type { InstallableBundles, InstallRules } from '../install-rules.ts';
import type { UpdateJob } from '../job.ts';
import type { UpdateRepository } from '../repository.ts';
import { isClosed } from '../transitions.ts';
import { checkArrival } from './check-arrival.ts';
import type { Opener, OrderRequest } from './order.ts';
import type { OrderLog } from './order-log.ts';
import type { OrderRepository } from './repository.ts';

export interface StandingOrderDeps {
  readonly clock: Clock;
  readonly engine: Pick<UpdateEngine, 'start' | 'isWorkingOn'>;
  readonly jobs: UpdateRepository;
  readonly orders: OrderRepository;
  readonly log: OrderLog;
  readonly bundles: Pick<InstallableBundles, 'find'>;
  readonly rules: Pick<InstallRules, 'checkApprovedAhead'>;
  /** Begins to report units that come and go, and answers what stands on the bench now. */
  readonly watchBench: () => Promise<Result<readonly BenchUnit[]>>;
  readonly emit: (event: OrderWrittenEvent | OrderWithheldEvent) => void;
}

/**
 * Standing orders: the next unit at a position starts by itself, as an ordinary job in the name of the operator who opened the order,
 * while everything still holds. Nothing is started without its event, none of it outlives the program, and what the bench does while a
 * job is under way (units restart and come back) starts nothing.
 */
export class StandingOrders {
  readonly #deps: StandingOrderDeps;
  readonly #openers = new Map<string, Opener>();
  readonly #standing = new Map<string, BenchUnit>();
  /** Who came to a position while it was being worked at: mostly the job's own unit after a restart, and then nobody to be started. */
  readonly #cameMeanwhile = new Map<string, BenchUnit>();
  /** The last thing written of a position, so that a loose plug does not fill the log. */
  readonly #said = new Map<string, string>();
  #isClosing = false;

  constructor(deps: StandingOrderDeps) {
    this.#deps = deps;
  }

  /**
   * Refuses with `update.stopping`, `update.bundle-unknown`, `order.position-taken`, `order.end-invalid` or `device.no-usb`.
   */
  async open(request: OrderRequest, opener: Opener): Promise<Result<StandingOrderView>> {
    // Before the order exists: what stands there now has not come under it.
    const present = await this.#deps.watchBench();
    if (!present.ok) return present;
    if (this.#isClosing) return refuse('update.stopping', 'The station is closing; nothing is started any more.');
    const endsAt = this.#checkRequest(request, opener);
    if (!endsAt.ok) return endsAt;
    const { positions, bundleDigest, kind, workOrder, units, openedBy } = request;
    const fields = { positions, bundleDigest, kind, workOrder, units, openedBy, endsAt: endsAt.value };
    const { id } = this.#deps.log.open({ id: randomUUID(), ...fields });
    this.#openers.set(id, opener);
    for (const unit of present.value) this.#standing.set(unit.position, unit);
    for (const position of positions) this.#said.delete(position);
    this.#tell(id);
    if (request.startPresent) {
      for (const unit of present.value) this.#consider(unit);
    }
    return this.#view(id);
  }

  list(filter: { readonly open: boolean; readonly limit: number }): readonly StandingOrderView[] {
    this.#reviewAll();
    return this.#deps.orders.orders(filter);
  }

  /** Refuses with `order.unknown` or `order.closed`. */
  close(id: string, by: OperatorRef): Result<StandingOrderView> {
    const order = this.#view(id);
    if (!order.ok) return order;
    if (order.value.closedAt !== null) return refuse('order.closed', `The standing order ${id} is closed already.`);
    this.#end(order.value, 'by-operator', null, by);
    return this.#view(id);
  }

  /** Closes every open order: when the station closes, and, where it ended without that, when it opens again. */
  closeAll(end: Extract<OrderEnd, 'station-closed' | 'station-restarted'>): void {
    if (this.#isClosing) return;
    this.#isClosing = end === 'station-closed';
    for (const order of this.#open()) this.#end(order, end);
  }

  /** The scanner saw a unit come. */
  arrived(unit: BenchUnit): void {
    this.#standing.set(unit.position, unit);
    this.#consider(unit);
  }

  /** The scanner saw a unit leave. */
  left({ position }: BenchUnit): void {
    this.#standing.delete(position);
    this.#cameMeanwhile.delete(position);
  }

  /** A job was written; one that has ended leaves its position to whoever came meanwhile. */
  jobWritten(job: UpdateJob): void {
    if (!isClosed(job.state)) return;
    const next = this.#cameMeanwhile.get(job.position);
    this.#cameMeanwhile.delete(job.position);
    if (next !== undefined && next.serial !== job.serial) this.#consider(next);
  }

  #checkRequest(request: OrderRequest, opener: Opener): Result<string> {
    const { clock, bundles } = this.#deps;
    this.#reviewAll();
    if (bundles.find(request.bundleDigest) === null) {
      return refuse('update.bundle-unknown', `No imported bundle has the digest ${request.bundleDigest}.`);
    }
    for (const position of request.positions) {
      const other = this.#openAt(position);
      if (other !== null) {
        const reason = `Position ${position} has the standing order ${other.id} of ${other.openedBy.printedName}; close that one first.`;
        return refuse('order.position-taken', reason, { order: other.id });
      }
    }
    const endsAt = request.endsAt ?? opener.endsAt;
    const isFuture = Date.parse(endsAt) > clock.now().getTime();
    if (isFuture && Date.parse(endsAt) <= Date.parse(opener.endsAt)) return accept(endsAt);
    const reason = `A standing order ends in the future and with your session at the latest, which lasts until ${opener.endsAt}; log in again for a longer one.`;
    return refuse('order.end-invalid', reason, { endsAt, sessionEndsAt: opener.endsAt });
  }

  /** Starts the unit, or says why not. Where the event of a start cannot be written there is no start, and that is told. */
  #consider(unit: BenchUnit): void {
    const order = this.#openAt(unit.position);
    if (order === null) return;
    try {
      if (!this.#review(order)) this.#startOrWithhold(order, unit);
    } catch (error) {
      if (!(error instanceof RefusalError)) throw error;
      this.#tellWithheld(order.id, unit, error.refusal);
    }
  }

  #startOrWithhold(order: StandingOrderView, unit: BenchUnit): void {
    const { jobs, engine, log } = this.#deps;
    const holder = jobs.openJobAt(unit.position);
    if (holder !== null && engine.isWorkingOn(holder.id)) {
      this.#cameMeanwhile.set(unit.position, unit);
      return;
    }
    const arrival = checkArrival({ order, unit, standing: this.#standing, jobs });
    const may = arrival.ok ? this.#checkApproved(order, unit) : arrival;
    const { bundleDigest, kind, workOrder, openedBy } = order;
    const { position, place, clones } = unit;
    // A unit in its ROM needs its number from a person each time: an order does not start those.
    const unknown = { assetTag: null, udi: null, statedSerial: null };
    const request = { position, place, clones, bundleDigest, kind, workOrder, ...unknown };
    const started = may.ok
      ? engine.start({ ...request, executedBy: openedBy }, (job) => log.unitStarted(order, unit, job))
      : may;
    if (!started.ok) {
      this.#withhold(order, unit, started);
      return;
    }
    this.#said.delete(unit.position);
    if (order.units !== null && order.started.length + 1 >= order.units) this.#end(order, 'units-started');
    else this.#tell(order.id);
  }

  /**
   * An approval may expire while an order is open. The order stays open: the unit is withheld and has no job, so that it starts when it is
   * plugged in again after somebody has approved anew.
   */
  #checkApproved({ bundleDigest, kind, workOrder, openedBy }: StandingOrderView, unit: BenchUnit): Result<void> {
    const { bundles, rules } = this.#deps;
    const bundle = bundles.find(bundleDigest);
    // The preflight of the job says what is to be said of a bundle that is gone.
    if (bundle === null) return accept(undefined);
    const { serial } = unit;
    const approved = rules.checkApprovedAhead({ bundle, kind, workOrder, serial, executor: openedBy });
    if (approved.ok) return approved;
    const todo = 'The standing order stays open; once the bundle is approved, plug the unit in again.';
    return refuse(approved.code, `${approved.reason} ${todo}`);
  }

  /** Ends an order that no longer holds; true where it did. */
  #review(order: StandingOrderView): boolean {
    if (Date.parse(order.endsAt) <= this.#deps.clock.now().getTime()) {
      this.#end(order, 'time-over');
      return true;
    }
    const opener = this.#openers.get(order.id);
    const there = opener?.check() ?? refuse('order.opener-left', 'Nobody vouches for the order any more.');
    if (there.ok) return false;
    this.#end(order, 'opener-left', there);
    return true;
  }

  #reviewAll(): void {
    for (const order of this.#open()) this.#review(order);
  }

  #end(order: StandingOrderView, end: OrderEnd, why: Refusal | null = null, by: OperatorRef | null = null): void {
    const { started: _started, ...stored } = order;
    this.#deps.log.close(stored, { end, by }, why);
    this.#openers.delete(order.id);
    this.#tell(order.id);
  }

  #withhold(order: StandingOrderView, unit: BenchUnit, refusal: Refusal): void {
    const said = `${order.id} ${refusal.code} ${unit.serial ?? ''}`;
    if (this.#said.get(unit.position) !== said) this.#deps.log.unitWithheld(order, unit, refusal);
    this.#said.set(unit.position, said);
    this.#tellWithheld(order.id, unit, refusal);
  }

  #tellWithheld(orderId: string, { position, place, serial }: BenchUnit, { code, reason }: Refusal): void {
    this.#deps.emit({ type: 'order.withheld', orderId, position, place, serial, code, reason });
  }

  #tell(id: string): void {
    const order = this.#view(id);
    if (order.ok) this.#deps.emit({ type: 'order.written', order: order.value });
  }

  #open(): readonly StandingOrderView[] {
    return this.#deps.orders.orders({ open: true, limit: -1 });
  }

  #openAt(position: string): StandingOrderView | null {
    return this.#open().find(({ positions }) => positions.includes(position)) ?? null;
  }

  #view(id: string): Result<StandingOrderView> {
    const order = this.#deps.orders.order(id);
    return order === null ? refuse('order.unknown', `There is no standing order ${id}.`) : accept(order);
  }
}
