import type { StationEvent } from '../../contract/events.ts';
import type { UpdateJobView } from '../../contract/schema/update-job.ts';
import type { UsbScanner } from '../device/usb-scanner.ts';
import { createOrderRepository } from '../storage/order-repository.ts';
import type { UpdateEngine } from '../update/engine.ts';
import type { InstallableBundles, InstallRules } from '../update/install-rules.ts';
import { OrderLog } from '../update/orders/order-log.ts';
import { StandingOrders } from '../update/orders/standing-orders.ts';
import type { UpdateRepository } from '../update/repository.ts';
import type { RoomContext } from './room-context.ts';

export interface StandingOrderParts extends RoomContext {
  readonly scanner: UsbScanner;
  readonly engine: UpdateEngine;
  readonly jobs: UpdateRepository;
  readonly bundles: InstallableBundles;
  readonly rules: InstallRules;
  readonly emit: (event: StationEvent) => void;
  /** Tells of every job that is written. */
  readonly onJobWritten: (listener: (job: UpdateJobView) => void) => void;
}

/** Standing orders, which hear of the bench by the scanner and of jobs by their log. */
export function createStandingOrders(parts: StandingOrderParts): StandingOrders {
  const { clock, records, connection, scanner, engine, jobs, bundles, rules, emit } = parts;
  const { transact, log: audit } = records;
  const orders = createOrderRepository(connection);
  const log = new OrderLog({ clock, transact, orders, audit });
  const watchBench = () => {
    scanner.start();
    return scanner.list();
  };
  const standing = new StandingOrders({ clock, engine, jobs, orders, log, bundles, rules, watchBench, emit });
  scanner.subscribe((event) => {
    if (event.kind === 'arrived') beside(() => standing.arrived(event.unit));
    if (event.kind === 'left') beside(() => standing.left(event.unit));
  });
  parts.onJobWritten((job) => beside(() => standing.jobWritten(job)));
  return standing;
}

/** A fault in what an order makes of an event must reach neither the job that was written nor whoever looks at the bus. */
function beside(work: () => void): void {
  try {
    work();
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error));
  }
}
