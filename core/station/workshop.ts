import type { StationEvent } from '../../contract/events.ts';
import type { UpdateJobView } from '../../contract/schema/update-job.ts';
import { UsbDeviceBench } from '../device/device-bench.ts';
import { createLinuxDriverReader, LINUX_USB_FOLDER } from '../device/linux-driver.ts';
import type { ProfileRegistry } from '../device/profile/profile-registry.ts';
import type { DeviceBench } from '../device/update-target.ts';
import type { UsbBackend } from '../device/usb-backend.ts';
import { UsbScanner } from '../device/usb-scanner.ts';
import { createOrderRepository } from '../storage/order-repository.ts';
import { createUpdateRepository } from '../storage/update-repository.ts';
import { UpdateEngine } from '../update/engine.ts';
import { JobLog } from '../update/job-log.ts';
import { OrderLog } from '../update/orders/order-log.ts';
import { StandingOrders } from '../update/orders/standing-orders.ts';
import { Preflight } from '../update/preflight.ts';
import type { UpdateRepository } from '../update/repository.ts';
import { steadyProgress } from '../update/steady-progress.ts';
import { createInstallRules } from './install-rules.ts';
import { createInstallableBundles } from './installable-bundles.ts';
import type { People } from './people.ts';
import type { RoomContext } from './room-context.ts';
import type { Rulebook } from './rulebook.ts';
import type { Stock } from './stock.ts';

/** The bench with its units, and the engine that updates them. */
export interface Workshop {
  readonly profiles: ProfileRegistry;
  readonly scanner: UsbScanner;
  readonly bench: DeviceBench;
  readonly jobs: UpdateRepository;
  readonly engine: UpdateEngine;
  readonly orders: StandingOrders;
}

export interface WorkshopParts extends RoomContext {
  readonly usb: UsbBackend;
  readonly profiles: ProfileRegistry;
  readonly platform: NodeJS.Platform;
  readonly people: People;
  readonly rulebook: Rulebook;
  readonly stock: Stock;
  readonly training: boolean;
  readonly emit: (event: StationEvent) => void;
}

export function createWorkshop(parts: WorkshopParts): Workshop {
  const { clock, records, connection, emit, rulebook, people, stock } = parts;
  const { transact, log: audit } = records;
  const scanner = new UsbScanner(parts.usb, parts.profiles);
  const bench = new UsbDeviceBench(scanner, {
    clock,
    platform: parts.platform,
    ...(parts.platform === 'linux' ? { readDriver: createLinuxDriverReader(LINUX_USB_FOLDER) } : {}),
  });
  const jobs = createUpdateRepository(connection);
  // Orders come after the engine that they start jobs with, and hear of every job that it writes.
  const told = (job: UpdateJobView): void => {
    emit({ type: 'job.written', job });
    beside(() => orders.jobWritten(job));
  };
  const log = new JobLog({ clock, transact, jobs, audit, moved: (job) => told(job) });
  const rules = createInstallRules({
    clock,
    policies: rulebook.policies,
    policyOf: (digest) => rulebook.policies.findInstalled(digest),
    approvalsOf: (digest) => rulebook.repository.approvalsOf(digest),
    operators: () => people.operators.list(),
    jobs,
  });
  const bundles = createInstallableBundles(stock.importPorts);
  const preflight = new Preflight({ clock, bundles, rules });
  const engine = new UpdateEngine({
    clock,
    bench,
    jobs,
    log,
    preflight,
    rules,
    training: parts.training,
    progress: steadyProgress(clock, (of) => emit({ type: 'job.progress', ...of, atMs: clock.monotonicMs() })),
  });
  const orderRows = createOrderRepository(connection);
  const orders = new StandingOrders({
    clock,
    engine,
    jobs,
    orders: orderRows,
    log: new OrderLog({ clock, transact, orders: orderRows, audit }),
    hasBundle: (digest) => bundles.find(digest) !== null,
    watchBench: () => {
      scanner.start();
      return scanner.list();
    },
    emit,
  });
  scanner.subscribe((event) => {
    if (event.kind === 'arrived') beside(() => orders.arrived(event.unit));
    if (event.kind === 'left') beside(() => orders.left(event.unit));
  });
  return { profiles: parts.profiles, scanner, bench, jobs, engine, orders };
}

/** A fault in what a standing order makes of an event must reach neither the job that was written nor whoever looks at the bus. */
function beside(work: () => void): void {
  try {
    work();
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error));
  }
}
