import type { Refusal, Result } from '../../../contract/result.ts';
import type { HealthCheck, HealthStatus, StationHealth } from '../../../contract/schema/station-health.ts';
import type { DiskSpace } from './disk-space.ts';

/** What is known of the last time that the whole log was verified. */
export interface LogVerification {
  readonly at: Date;
  readonly events: number;
  readonly intact: boolean;
}

/** Where the answers come from; each is asked once for a look. */
export interface HealthSources {
  readonly now: () => Date;
  readonly missingAlgorithms: () => readonly string[];
  readonly openedAt: Date;
  readonly schemaVersion: number;
  readonly auditEvents: () => number;
  readonly lastVerification: () => LogVerification | null;
  readonly trustedNow: () => Result<Date>;
  readonly timeFloor: () => Date | null;
  readonly unitsOnBench: () => Promise<Result<number>>;
  readonly diskSpace: () => DiskSpace | null;
  readonly secretStore: 'file' | 'key-chain';
  readonly version: string;
}

const DAY_MS = 86_400_000;
const MIB = 1024 * 1024;
/** A log that was not read as a whole for so long is due. */
const VERIFY_EVERY_DAYS = 30;
const LOW_DISK_BYTES = 1024 * MIB;
/** An import or the log itself could then meet a full disk. */
const FULL_DISK_BYTES = 100 * MIB;

/** Looks at what the station stands on. Each check is made, also where another one failed; nothing is changed. */
export async function checkHealth(sources: HealthSources): Promise<StationHealth> {
  const now = sources.now();
  const units = await sources.unitsOnBench();
  const disk = sources.diskSpace();
  const verified = sources.lastVerification();
  const auditEvents = sources.auditEvents();
  const checks: readonly HealthCheck[] = [
    checkAlgorithms(sources.missingAlgorithms()),
    checkDatabase(sources.openedAt),
    checkAudit(verified, auditEvents, now),
    checkClock(sources.trustedNow()),
    checkUsb(units),
    checkDisk(disk),
    checkKey(sources.secretStore),
  ];
  return {
    checkedAt: now.toISOString(),
    status: worstOf(checks),
    checks: [...checks],
    facts: {
      version: sources.version,
      schemaVersion: sources.schemaVersion,
      openedAt: sources.openedAt.toISOString(),
      disk: disk && { ...disk },
      auditEvents,
      auditVerified: verified && { at: verified.at.toISOString(), events: verified.events },
      timeFloor: sources.timeFloor()?.toISOString() ?? null,
      secretStore: sources.secretStore,
      unitsOnBench: units.ok ? units.value : null,
    },
  };
}

function worstOf(checks: readonly HealthCheck[]): HealthStatus {
  const seen = new Set(checks.map(({ status }) => status));
  return seen.has('failed') ? 'failed' : seen.has('warning') ? 'warning' : 'passed';
}

function checkAlgorithms(missing: readonly string[]): HealthCheck {
  if (missing.length === 0) return pass('algorithms', 'Every algorithm gave its known answer.');
  const sentence = `This runtime lacks ${missing.join(', ')}: do not use this station until Drydock has been installed again.`;
  return { name: 'algorithms', status: 'failed', sentence, code: 'station.algorithm-missing' };
}

/** A database that fails its integrity check does not open, so an open station has passed it. */
function checkDatabase(openedAt: Date): HealthCheck {
  return pass(
    'database',
    `The database passed its integrity check when the station opened, ${openedAt.toISOString()}.`,
  );
}

function checkAudit(verified: LogVerification | null, events: number, now: Date): HealthCheck {
  if (verified === null) {
    return warn(
      'audit',
      `The audit log (${events} events) was never verified as a whole: an auditor does so with "audit verify".`,
    );
  }
  const { at, events: read, intact } = verified;
  if (!intact) {
    const sentence = `The audit log was verified on ${at.toISOString()} and is not intact: work no further, keep the data folder as it is, and call the auditor.`;
    return { name: 'audit', status: 'failed', sentence, code: null };
  }
  const days = Math.floor((now.getTime() - at.getTime()) / DAY_MS);
  const seen = `The audit log was verified up to event ${read} of ${events}, on ${at.toISOString()}`;
  return days >= VERIFY_EVERY_DAYS
    ? warn('audit', `${seen}, ${days} days ago: it is due to be verified again.`)
    : pass('audit', `${seen}, and is intact.`);
}

function checkClock(now: Result<Date>): HealthCheck {
  return now.ok ? pass('clock', 'The clock is trusted.') : failFor('clock', now);
}

/** Without USB the station still imports, approves and reports. */
function checkUsb(units: Result<number>): HealthCheck {
  if (!units.ok) return { ...failFor('usb', units), status: 'warning' };
  return pass('usb', `The USB bus can be read; ${units.value} ${units.value === 1 ? 'device' : 'devices'} on it.`);
}

function checkDisk(disk: DiskSpace | null): HealthCheck {
  if (disk === null) return warn('disk', 'The disk of the data folder does not say how much room it has.');
  const free = `${Math.floor(disk.freeBytes / MIB)} MiB are free on the disk of the data folder`;
  if (disk.freeBytes < FULL_DISK_BYTES) {
    const sentence = `${free}: make room before anything is imported or updated, since a full disk stops both.`;
    return { name: 'disk', status: 'failed', sentence, code: 'station.disk-full' };
  }
  return disk.freeBytes < LOW_DISK_BYTES ? warn('disk', `${free}: make room soon.`) : pass('disk', `${free}.`);
}

/** Both are how a station is meant to be kept; which one it is stands in the facts. A key file that others could read does not open. */
function checkKey(secretStore: HealthSources['secretStore']): HealthCheck {
  return pass(
    'key',
    secretStore === 'key-chain'
      ? "The station's key lies in the operating system's key chain."
      : "The station's key lies in a file that only its owner may read: whoever can copy it can sign as this station.",
  );
}

function pass(name: HealthCheck['name'], sentence: string): HealthCheck {
  return { name, status: 'passed', sentence, code: null };
}

function warn(name: HealthCheck['name'], sentence: string): HealthCheck {
  return { name, status: 'warning', sentence, code: null };
}

function failFor(name: HealthCheck['name'], { code, reason }: Refusal): HealthCheck {
  return { name, status: 'failed', sentence: reason, code };
}
