import { join } from 'node:path';
import type { StationEvent } from '../../contract/events.ts';
import type { UpdateJobView } from '../../contract/schema/update-job.ts';
import type { Alarm } from '../ports.ts';
import { ImageThread } from '../bundle/images/image-thread.ts';
import { VerifyingThreads } from '../bundle/images/verifying-threads.ts';
import { BenchMap } from '../device/bench-map.ts';
import { UsbDeviceBench } from '../device/device-bench.ts';
import { createLinuxDriverReader, LINUX_USB_FOLDER } from '../device/linux-driver.ts';
import type { ProfileBook } from '../device/profile/profile-book.ts';
import type { ProfileRegistry } from '../device/profile/profile-registry.ts';
import { HeldPageFolder } from '../device/scheme/dfuse-dual-bank/held-page-folder.ts';
import type { DeviceBench } from '../device/update-target.ts';
import type { UsbBackend } from '../device/usb-backend.ts';
import type { AccessProbe } from '../device/access-probe.ts';
import { UsbScanner, type Heartbeat } from '../device/usb-scanner.ts';
import { createBenchRepository } from '../storage/bench-repository.ts';
import { createJobHistory } from '../storage/job-history-repository.ts';
import { createUpdateRepository } from '../storage/update-repository.ts';
import { UpdateEngine } from '../update/engine.ts';
import { JobLog } from '../update/job-log.ts';
import type { StandingOrders } from '../update/orders/standing-orders.ts';
import { Preflight } from '../update/preflight.ts';
import type { JobHistory } from '../update/job-history.ts';
import type { UpdateRepository } from '../update/repository.ts';
import { steadyProgress } from '../update/steady-progress.ts';
import { toStationEvent } from './bench-events.ts';
import { BundleProfiles } from './bundle-profiles.ts';
import { createInstallRules } from './install-rules.ts';
import { createInstallableBundles } from './installable-bundles.ts';
import type { People } from './people.ts';
import type { RoomContext } from './room-context.ts';
import type { Rulebook } from './rulebook.ts';
import { createStandingOrders } from './standing-orders.ts';
import type { Stock } from './stock.ts';

/** The bench with its units, and the engine that updates them. */
export interface Workshop {
  readonly profiles: ProfileBook;
  readonly scanner: UsbScanner;
  readonly bench: DeviceBench;
  readonly map: BenchMap;
  readonly jobs: UpdateRepository;
  readonly history: JobHistory;
  readonly engine: UpdateEngine;
  readonly orders: StandingOrders;
}

export interface WorkshopParts extends RoomContext {
  readonly usb: UsbBackend;
  readonly profiles: ProfileRegistry;
  readonly alarm: Alarm;
  /** Most large images that are verified at once. */
  readonly verifyingThreads: number;
  readonly platform: NodeJS.Platform;
  readonly probeAccess: AccessProbe;
  readonly heartbeat: Heartbeat;
  readonly people: People;
  readonly rulebook: Rulebook;
  readonly stock: Stock;
  readonly training: boolean;
  readonly emit: (event: StationEvent) => void;
}

export function createWorkshop(parts: WorkshopParts): Workshop {
  const { clock, records, connection, emit, rulebook, people, stock } = parts;
  const { transact, log: audit } = records;
  const jobs = createUpdateRepository(connection);
  const repository = createBenchRepository(connection);
  const map = new BenchMap({ repository, audit, transact, openJobAt: (position) => jobs.openJobAt(position) });
  const { heartbeat, probeAccess } = parts;
  const placeAt = (position: string) => map.placeAt(position);
  const approvalsOf = (digest: string) => rulebook.repository.approvalsOf(digest);
  const withdrawnOf = (digest: string) => new Set(rulebook.repository.withdrawalsOf(digest).keys());
  const operators = () => people.operators.list();
  const threads = new VerifyingThreads({ most: parts.verifyingThreads, startThread: () => new ImageThread() });
  const bundles = createInstallableBundles({ ...stock.importPorts, verifyBeside: threads.verify });
  const profiles = new BundleProfiles({
    ...{ clock, base: parts.profiles, policies: rulebook.policies, approvalsOf, withdrawnOf, operators },
    ...{ bundles: stock.importPorts.bundles, store: stock.importPorts.store, logSize: () => audit.size() },
    verifyAgain: (digest) => bundles.verifyAgain(digest),
  });
  const scanner = new UsbScanner(parts.usb, profiles, { heartbeat, probeAccess, placeAt });
  scanner.subscribe((event) => emit(toStationEvent(event)));
  const host = {
    clock,
    alarm: parts.alarm,
    platform: parts.platform,
    ...(parts.platform === 'linux' ? { readDriver: createLinuxDriverReader(LINUX_USB_FOLDER) } : {}),
  };
  const bench = new UsbDeviceBench(scanner, host, new HeldPageFolder(join(parts.dataFolder, 'held-pages')));
  const jobListeners: ((job: UpdateJobView) => void)[] = [(job) => emit({ type: 'job.written', job })];
  const moved = (job: UpdateJobView): void => jobListeners.forEach((listener) => listener(job));
  const log = new JobLog({ clock, transact, jobs, audit, moved });
  const rules = createInstallRules({
    clock,
    policies: rulebook.policies,
    policyOf: (digest) => rulebook.policies.findInstalled(digest),
    approvalsOf,
    withdrawnOf,
    operators,
    jobs,
    checkProfile: (question) => profiles.check(question),
  });
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
  const orders = createStandingOrders({
    ...parts,
    ...{ scanner, engine, jobs, bundles, rules },
    onJobWritten: (listener) => jobListeners.push(listener),
  });
  return { profiles, scanner, bench, map, jobs, history: createJobHistory(connection), engine, orders };
}
