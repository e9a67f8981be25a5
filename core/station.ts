import { availableParallelism } from 'node:os';
import { randomBytes as secureRandomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StationEvent } from '../contract/events.ts';
import type { OperationName, OperationOutput } from '../contract/operations.ts';
import { accept, refuse, RefusalError, type Result } from '../contract/result.ts';
import { createFileSecrets, type SecretStore } from './audit/secret-store.ts';
import { loadProfiles } from './device/profile/load-profiles.ts';
import type { ProfileRegistry } from './device/profile/profile-registry.ts';
import { verifyingThreadCount } from './bundle/images/verifying-threads.ts';
import { findMissingDecoders } from './bundle/delta/decoder-self-test.ts';
import type { AccessProbe } from './device/access-probe.ts';
import type { UsbBackend } from './device/usb-backend.ts';
import type { Heartbeat } from './device/usb-scanner.ts';
import { recommendedCost, type Argon2Cost } from './operator/password-hash.ts';
import type { Alarm, Clock, RandomBytes } from './ports.ts';
import { accessProbeFor, systemHeartbeat } from './station/bench-events.ts';
import { Dispatcher } from './station/dispatch.ts';
import { createHandlers } from './station/handlers.ts';
import { Imports } from './station/imports.ts';
import { createHealthSources } from './station/health/health-sources.ts';
import { measureDisk, type DiskMeter } from './station/health/disk-space.ts';
import { createPeople } from './station/people.ts';
import { createLogVerifier, tellOfGrowth, verifyAtStart } from './station/log-watch.ts';
import { openRecords } from './station/records.ts';
import { createRulebook } from './station/rulebook.ts';
import { createStock } from './station/stock.ts';
import { createWorkshop } from './station/workshop.ts';
import { openDatabase, type StationDatabase } from './storage/open-database.ts';
import { describeStorageFailure } from './storage/storage-failure.ts';
import { systemAlarm, systemClock } from './system-clock.ts';
import { findMissingAlgorithms } from './trust/algorithm-self-test.ts';

/** What the shells and the tests hand in. */
export interface StationOptions {
  readonly dataFolder: string;
  /** Makes a station where the data folder holds none; otherwise that is refused with `station.not-initialised`. */
  readonly create: boolean;
  readonly usb: UsbBackend;
  /** True where the units are virtual; every paper then says so. */
  readonly training: boolean;
  readonly clock?: Clock;
  readonly randomBytes?: RandomBytes;
  readonly passwordCost?: Argon2Cost;
  readonly secrets?: SecretStore;
  /** Ends what hangs in the system; left out, the machine's timers. */
  readonly alarm?: Alarm;
  readonly platform?: NodeJS.Platform;
  /** How it is found out whether a unit may be opened; left out, as the platform shows it. */
  readonly probeAccess?: AccessProbe;
  /** When the bus is looked at beside its events; left out, every two seconds. */
  readonly heartbeat?: Heartbeat;
  /** How much room the data folder's disk has; left out, as the operating system says. */
  readonly measureDisk?: DiskMeter;
  /** Verifies the whole log beside the work as soon as the station is open, and puts on record what it found. */
  readonly verifyLog?: boolean;
}

/** The station: one door with named operations, and a stream of events about what goes on behind it. */
export interface Station {
  /** Calls an operation in the name of the session's operator. Expected refusals are answers. */
  call<N extends OperationName>(name: N, input: unknown, token: string | null): Promise<Result<OperationOutput<N>>>;
  /** Returns the function that ends the subscription. */
  subscribe(listener: (event: StationEvent) => void): () => void;
  /** Starts nothing any more and closes standing orders; resolves when the jobs that are under way have come to their end. */
  drain(): Promise<void>;
  /** Cancels imports, stops work on jobs (each stays resumable) and gives the data folder free. */
  close(): Promise<void>;
}

const resources = fileURLToPath(new URL('../resources/', import.meta.url));

/**
 * Opens the station in a data folder. Refuses with `station.not-initialised`, `station.algorithm-missing`, `station.in-use`,
 * `station.database-…`, `station.key-damaged`, `device.profile-…`, or the `audit.…` code of a log that was tampered with; then
 * nothing has been changed.
 */
export function openStation(options: StationOptions): Result<Station> {
  const { dataFolder, create, clock = systemClock } = options;
  if (!create && !existsSync(join(dataFolder, 'station.db'))) {
    return refuse('station.not-initialised', `There is no station in ${dataFolder}; set one up first.`);
  }
  const missing = [...findMissingAlgorithms(), ...findMissingDecoders()];
  if (missing.length > 0) {
    return refuse(
      'station.algorithm-missing',
      `This runtime lacks ${missing.join(', ')}; without that nothing can be verified.`,
    );
  }
  const profiles = loadProfiles({ shipped: join(resources, 'profiles'), station: join(dataFolder, 'profiles') });
  if (!profiles.ok) return profiles;
  const database = openDatabase({ folder: dataFolder, clock });
  if (!database.ok) return database;
  try {
    const assembled = assembleStation(options, database.value, profiles.value);
    if (!assembled.ok) database.value.close();
    return assembled;
  } catch (error) {
    database.value.close();
    const refusal = error instanceof RefusalError ? error.refusal : describeStorageFailure(error);
    if (refusal === null) throw error;
    return refusal;
  }
}

/** The composition root. */
function assembleStation(
  options: StationOptions,
  database: StationDatabase,
  profiles: ProfileRegistry,
): Result<Station> {
  const { dataFolder, usb, training, clock = systemClock, randomBytes = secureRandomBytes } = options;
  const secrets = options.secrets ?? createFileSecrets(dataFolder);
  const opened = openRecords({ database, dataFolder, secrets, clock, randomBytes });
  if (!opened.ok) return opened;
  const records = opened.value;
  const listeners = new Set<(event: StationEvent) => void>();
  // What a listener does wrong is its own affair: it must not reach the job that is being told of.
  const emit = (event: StationEvent): void =>
    listeners.forEach((listener) => {
      try {
        listener(event);
      } catch (error) {
        process.emitWarning(error instanceof Error ? error : String(error));
      }
    });

  const context = { records, connection: database.connection, dataFolder, resources, clock, randomBytes };
  const people = createPeople(context, options.passwordCost ?? recommendedCost);
  const rulebook = createRulebook(context);
  const stock = createStock(context, rulebook);
  const platform = options.platform ?? process.platform;
  const {
    probeAccess = accessProbeFor(platform, training),
    heartbeat = systemHeartbeat,
    alarm = systemAlarm,
  } = options;
  const workshop = createWorkshop({
    ...context,
    usb,
    profiles,
    alarm,
    verifyingThreads: verifyingThreadCount(availableParallelism()),
    platform,
    probeAccess,
    heartbeat,
    people,
    rulebook,
    stock,
    training,
    emit,
  });
  const health = createHealthSources({
    ...context,
    stock,
    scanner: workshop.scanner,
    secretStore: secrets.kind,
    measureDisk: options.measureDisk ?? measureDisk,
    openedAt: clock.now(),
  });
  const imports = new Imports({ ports: stock.importPorts, clock, emit });
  const verifier = createLogVerifier(records, clock, emit);
  tellOfGrowth(database, records, emit);
  const handlers = createHandlers({
    ...context,
    people,
    rulebook,
    stock,
    workshop,
    imports,
    training,
    health,
    verifier,
  });
  // What was left open when the program ended is closed before anyone can ask for anything: no start without a person.
  workshop.orders.closeAll('station-restarted');
  const { transact, log: audit } = records;
  if (options.verifyLog === true) verifyAtStart(records, verifier);
  const dispatcher = new Dispatcher({ sessions: people.sessions, transact, audit, handlers });

  return accept({
    call: (name, input, token) => dispatcher.call(name, input, token),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async drain() {
      workshop.orders.closeAll('station-closed');
      await workshop.engine.drain();
    },
    async close() {
      try {
        workshop.orders.closeAll('station-closed');
      } finally {
        await imports.stop();
        await workshop.engine.stop();
        workshop.scanner.stop();
        await verifier.stop();
        database.close();
      }
    },
  });
}
