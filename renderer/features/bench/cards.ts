import type { BenchPlace } from '../../../contract/schema/bench.ts';
import type { PlaceLabel } from '../../../contract/schema/bench-place.ts';
import type { BenchUnit } from '../../../contract/schema/device.ts';
import type { UpdateJobView } from '../../../contract/schema/update-job.ts';

/** One place of the bench: what is plugged in, and the job that matters there. */
export interface Card {
  readonly position: string;
  readonly place: PlaceLabel | null;
  /** Null where nothing is plugged in, also while a unit restarts. */
  readonly unit: BenchUnit | null;
  /** The open job of the place; else the newest one of the unit that stands there, where it ended since the operator logged in. */
  readonly job: UpdateJobView | null;
}

/** In update mode, and no job is there that brings it back. */
export function isOutOfOperation({ unit, job }: Card): boolean {
  return unit?.mode === 'dfu' && unit.profile !== null && (job === null || job.endedAt !== null);
}

interface BenchNow {
  readonly places: readonly BenchPlace[];
  readonly units: Iterable<BenchUnit>;
  readonly jobs: Iterable<UpdateJobView>;
  /** Places without a name that keep their card although nothing is there: a card that comes and goes would move all others. */
  readonly kept: Iterable<string>;
  /** UTC; jobs that ended before it are the history's. */
  readonly since: string;
}

/** All cards: numbered places first, then named ones, then ports by their path. */
export function layOut({ places, units, jobs, kept, since }: BenchNow): readonly Card[] {
  const unitAt = new Map([...units].map((unit) => [unit.position, unit]));
  const all = [...jobs];
  const positions = new Set([
    ...places.map(({ position }) => position),
    ...unitAt.keys(),
    ...all.filter(({ endedAt }) => endedAt === null).map(({ position }) => position),
    ...kept,
  ]);
  return [...positions]
    .map((position) => {
      const mapped = places.find((place) => place.position === position);
      const unit = withClones(unitAt.get(position), unitAt.values());
      const place = mapped === undefined ? (unit?.place ?? null) : { name: mapped.name, number: mapped.number };
      return { position, place, unit, job: jobOf(position, unit, all, since) };
    })
    .sort(byPlace);
}

/** Events tell of each unit as it was when it came: who has the same serial number is seen only now. */
function withClones(unit: BenchUnit | undefined, units: Iterable<BenchUnit>): BenchUnit | null {
  if (unit === undefined) return null;
  const isTwin = (other: BenchUnit): boolean =>
    other.position !== unit.position && other.serial === unit.serial && other.profile === unit.profile;
  const clones = unit.serial === null ? [] : [...units].filter(isTwin).map(({ position }) => position);
  return { ...unit, clones };
}

function jobOf(
  position: string,
  unit: BenchUnit | null,
  jobs: readonly UpdateJobView[],
  since: string,
): UpdateJobView | null {
  const here = jobs
    .filter((job) => job.position === position)
    .sort((one, other) => other.createdAt.localeCompare(one.createdAt));
  const open = here.find(({ endedAt }) => endedAt === null);
  if (open !== undefined) return open;
  const [newest] = here;
  if (newest === undefined || newest.endedAt === null || newest.endedAt < since) return null;
  const isOther = unit !== null && unit.serial !== null && newest.serial !== null && unit.serial !== newest.serial;
  return isOther ? null : newest;
}

function byPlace(one: Card, other: Card): number {
  return (
    rank(one) - rank(other) || naturally.compare(one.place?.name ?? '', other.place?.name ?? '') || byPort(one, other)
  );
}

const unnumbered = 100;
const unnamed = 200;

function rank({ place }: Card): number {
  return place === null ? unnamed : (place.number ?? unnumbered);
}

const naturally = new Intl.Collator('en', { numeric: true });

function byPort(one: Card, other: Card): number {
  return naturally.compare(one.position, other.position);
}
