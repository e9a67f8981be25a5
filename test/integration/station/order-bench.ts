import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { OrderWithheldEvent, StationEvent } from '../../../contract/events.ts';
import type { OperationInput } from '../../../contract/operations.ts';
import type { StandingOrderView } from '../../../contract/schema/standing-order.ts';
import type { UpdateJobView } from '../../../contract/schema/update-job.ts';
import { isClosed } from '../../../core/update/transitions.ts';
import { ConcurrentClock } from '../../helpers/concurrent-clock.ts';
import { signedImage, VirtualDepot } from '../../helpers/virtual-depot.ts';

export const workOrder = 'WO-2026-0815';

const image = signedImage(2);

/** A station with one bench place, 1-1, and units on a shelf: VU-0001 and further ones. */
export class OrderBench {
  readonly depot: VirtualDepot;
  readonly digest: string;
  readonly #shelf = new Map<string, ReturnType<VirtualDepot['bench']['bus']['unplug']>>();

  private constructor(depot: VirtualDepot, digest: string) {
    this.depot = depot;
    this.digest = digest;
  }

  /** `twin`: the second unit has the serial of the first; on the shelf it is VU-0002 all the same. */
  static async set(t: TestContext, units = 2, bytes = image, twin = false): Promise<OrderBench> {
    const wishes = Array.from({ length: units }, (_, index) =>
      twin && index === 1 ? { id: 'VU-0002', serial: 'VU-0001' } : {},
    );
    const depot = await VirtualDepot.set(t, wishes, { clock: new ConcurrentClock() });
    const bench = new OrderBench(depot, await depot.approved({ images: [{ bytes }] }));
    for (let unit = 1; unit <= units; unit += 1) {
      bench.#shelf.set(`VU-000${unit}`, depot.bench.bus.unplug(`1-${unit}`));
    }
    return bench;
  }

  open(changes: Partial<OperationInput<'order.open'>> = {}): Promise<StandingOrderView> {
    return this.depot.call('technician', 'order.open', this.wish(changes));
  }

  wish(changes: Partial<OperationInput<'order.open'>> = {}): OperationInput<'order.open'> {
    const asked = { positions: ['1-1'], bundleDigest: this.digest, kind: 'install', workOrder } as const;
    return { ...asked, positions: ['1-1'], units: null, endsAt: null, startPresent: false, ...changes };
  }

  /** Takes a unit from the shelf and plugs it in. */
  plug(serial: string, position = '1-1'): void {
    const unit = this.#shelf.get(serial);
    assert.ok(unit, `${serial} is not on the shelf`);
    this.#shelf.delete(serial);
    this.depot.bench.bus.plug(position, unit);
  }

  /** Puts the unit at a position back on the shelf. */
  unplug(serial: string, position = '1-1'): void {
    this.#shelf.set(serial, this.depot.bench.bus.unplug(position));
  }

  /** Plugs a unit in and answers the job that has started by itself, when it has ended. */
  async plugAndUpdate(serial: string, position = '1-1'): Promise<UpdateJobView> {
    const ended = this.next((event) => (event.type === 'job.written' && isClosed(event.job.state) ? event.job : null));
    this.plug(serial, position);
    return ended;
  }

  /** Plugs a unit in and answers why it was not started. */
  async plugInVain(serial: string, position = '1-1'): Promise<OrderWithheldEvent> {
    const withheld = this.next((event) => (event.type === 'order.withheld' ? event : null));
    this.plug(serial, position);
    return withheld;
  }

  /** Plugs a unit in and answers the order that was closed by it. */
  async plugAndClose(serial: string): Promise<StandingOrderView> {
    const closed = this.next((event) =>
      event.type === 'order.written' && event.order.closedAt !== null ? event.order : null,
    );
    this.plug(serial);
    return closed;
  }

  next<T>(match: (event: StationEvent) => T | null): Promise<T> {
    return new Promise((resolve) => {
      const stop = this.depot.station.subscribe((event) => {
        const found = match(event);
        if (found === null) return;
        stop();
        resolve(found);
      });
    });
  }

  jobs(): Promise<readonly UpdateJobView[]> {
    return this.depot.call('technician', 'update.list', { serial: null, openOnly: false, before: null, limit: 100 });
  }

  /** Events of one type, oldest first. */
  async events(type: 'order.opened' | 'order.closed' | 'order.unit-started' | 'order.unit-withheld') {
    const filter = { before: null, type, outcome: null, limit: 100 };
    return (await this.depot.call('auditor', 'audit.list', filter)).reverse();
  }
}
