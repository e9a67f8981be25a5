import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { accept, refuse, type Result } from '../../contract/result.ts';
import { inspectAuditLog } from '../../core/station/inspect-log.ts';
import { openStation, type Station, type StationOptions } from '../../core/station.ts';
import type { AuditVerification } from '../../contract/schema/audit.ts';
import type { Clock } from '../../core/ports.ts';
import { writeOlderPumpProfile } from './older-pump.ts';
import { TrainingBench } from './training-bench.ts';
import { setUpTrainingStation } from './training-station.ts';

export interface OpenedTraining {
  readonly station: Station;
  readonly dataFolder: string;
  readonly bench: TrainingBench;
}

/** Folder with bundles to import: good ones, and some that must be refused. */
export function trainingBundles(folder: string): string {
  return join(folder, 'bundles');
}

/**
 * Opens the training station of a folder, with its virtual bench; makes both, and bundles to import, where they are not there. Refuses with
 * `station.in-use` where another program trains in this folder, or as a station does that does not open.
 */
export async function openTraining(
  folder: string,
  clock: Clock,
  options: Pick<StationOptions, 'passwordCost'> = {},
): Promise<Result<OpenedTraining>> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const bench = openBench(join(folder, 'bench'), clock);
  if (!bench.ok) return bench;
  const opened = await openOrMake(folder, bench.value, clock, options);
  if (!opened.ok) {
    await bench.value.close();
    return opened;
  }
  await makeBundles(trainingBundles(folder), clock.now());
  return accept({ station: opened.value, dataFolder: join(folder, 'station'), bench: bench.value });
}

/** Reads the log of a training station that does not open. */
export function inspectTrainingLog(folder: string): Promise<Result<AuditVerification>> {
  return inspectAuditLog(join(folder, 'station'));
}

function openBench(folder: string, clock: Clock): Result<TrainingBench> {
  try {
    return accept(new TrainingBench(folder, clock));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return refuse('station.in-use', `The training bench cannot be used: ${why}.`);
  }
}

async function openOrMake(
  folder: string,
  bench: TrainingBench,
  clock: Clock,
  given: Pick<StationOptions, 'passwordCost'>,
): Promise<Result<Station>> {
  const dataFolder = join(folder, 'station');
  const options = { ...given, usb: bench.usb, training: true, clock };
  if (existsSync(dataFolder)) {
    writeOlderPumpProfile(dataFolder);
    return openStation({ ...options, dataFolder, create: false, verifyLog: true });
  }
  // Under another name until it is whole: a set-up that was interrupted leaves no half of a station.
  const unfinished = join(folder, 'station-unfinished');
  rmSync(unfinished, { recursive: true, force: true });
  const made = openStation({ ...options, dataFolder: unfinished, create: true });
  if (!made.ok) return made;
  const ready = await setUpTrainingStation(made.value);
  await made.value.close();
  if (!ready.ok) return ready;
  writeOlderPumpProfile(unfinished);
  renameSync(unfinished, dataFolder);
  return openStation({ ...options, dataFolder, create: false, verifyLog: true });
}

async function makeBundles(folder: string, now: Date): Promise<void> {
  if (existsSync(folder)) return;
  const unfinished = `${folder}-unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  // Only now: a training station that was made before starts without what makes bundles.
  const { makeDemoBundles } = await import('../../demo/bundles.ts');
  const bundles = await makeDemoBundles(unfinished, now);
  mkdirSync(folder);
  for (const [name, path] of Object.entries(bundles) as [string, string][])
    renameSync(path, join(folder, `${bundleNames[name] ?? name}.zip`));
  rmSync(unfinished, { recursive: true, force: true });
}

/** Numbered in the order in which somebody who learns takes them. */
const bundleNames: Readonly<Record<string, string>> = {
  good: '1 pump 2.4.0',
  failingSelfTest: '2 pump 2.5.0 fails its self-test',
  downgrade: '3 pump 2.2.0 older release',
  wrongHardware: '4 pump 2.4.0 for other hardware',
  wrongSigner: '5 pump 2.4.0 signed by a stranger',
  tampered: '6 pump 2.4.0 tampered with',
};
