import type { OrderWithheldEvent, StationEvent } from '../../contract/events.ts';
import type { Refusal } from '../../contract/result.ts';
import type { PlaceLabel } from '../../contract/schema/bench-place.ts';
import type { StandingOrderView } from '../../contract/schema/standing-order.ts';
import type { UpdateJobView } from '../../contract/schema/update-job.ts';
import { hasEnded } from './describe-job.ts';
import { Pace } from './pace.ts';

/** One place of the bench, as it stands in the table. */
export interface BatchRow {
  readonly position: string;
  /** How people call the position; null where it has no name. */
  place: PlaceLabel | null;
  /** Null before the unit was asked. */
  serial: string | null;
  job: UpdateJobView | null;
  /** Inside the long phases; null outside of them. */
  progress: { readonly phase: string; readonly percent: number; readonly rate: string; readonly left: string } | null;
  /** Why the unit that is there was not started; null where it was, or where none came. */
  withheld: Pick<Refusal, 'code' | 'reason'> | null;
}

/** What is known of several jobs at once, put together from the station's events: a row for each position. */
export class BatchBoard {
  readonly #rows = new Map<string, BatchRow>();
  readonly #jobs = new Map<string, UpdateJobView>();
  readonly #paces = new Map<string, { readonly phase: string; readonly pace: Pace }>();
  #order: StandingOrderView | null = null;

  /** In the order in which they were first heard of. */
  get rows(): readonly BatchRow[] {
    return [...this.#rows.values()];
  }

  /** Every job so far, as it was last written, oldest first. */
  get jobs(): readonly UpdateJobView[] {
    return [...this.#jobs.values()];
  }

  /** The standing order, once there is one. */
  get order(): StandingOrderView | null {
    return this.#order;
  }

  /** Takes an event in, and answers the row that it changed; null where it is no affair of this board's. */
  apply(event: StationEvent): BatchRow | null {
    switch (event.type) {
      case 'job.written':
        return this.#write(event.job);
      case 'job.progress':
        return this.#measure(event);
      case 'order.written':
        this.#order = event.order;
        event.order.positions.forEach((position) => this.#rowAt(position));
        return null;
      case 'order.withheld':
        return this.#withhold(event);
      default:
        return null;
    }
  }

  /** A start that was refused before there was a job; `position` as it was typed. */
  refuse(position: string, { code, reason }: Refusal): BatchRow {
    return this.#withhold({ position, place: null, serial: null, code, reason });
  }

  #rowAt(position: string): BatchRow {
    const known = this.#rows.get(position);
    if (known !== undefined) return known;
    const row = { position, place: null, serial: null, job: null, progress: null, withheld: null };
    this.#rows.set(position, row);
    return row;
  }

  #write(job: UpdateJobView): BatchRow {
    const row = this.#rowAt(job.position);
    row.place = job.place ?? row.place;
    const isNew = row.job?.id !== job.id;
    const hasMoved = row.job?.state !== job.state;
    this.#jobs.set(job.id, job);
    row.serial = job.serial ?? (isNew ? null : row.serial);
    row.job = job;
    if (isNew) row.withheld = null;
    if (hasMoved) row.progress = null;
    return row;
  }

  #measure({ jobId, phase, doneBytes, totalBytes, atMs }: StationEvent & { type: 'job.progress' }): BatchRow | null {
    const row = this.rows.find(({ job }) => job?.id === jobId);
    if (row === undefined) return null;
    const known = this.#paces.get(jobId);
    const pace = known?.phase === phase ? known.pace : new Pace();
    this.#paces.set(jobId, { phase, pace });
    const highest = pace.note(doneBytes, totalBytes, atMs);
    const percent = totalBytes <= 0 ? 100 : Math.floor((100 * highest) / totalBytes);
    const { rate, left } = pace.describe(totalBytes) ?? { rate: '', left: '' };
    row.progress = { phase, percent, rate, left };
    return row;
  }

  #withhold({ position, place, serial, code, reason }: Omit<OrderWithheldEvent, 'type' | 'orderId'>): BatchRow {
    const row = this.#rowAt(position);
    row.place = place ?? row.place;
    // What was said of the unit before does not hold for the one that is there now.
    if (serial !== null && serial !== row.serial) {
      row.serial = serial;
      if (row.job !== null && hasEnded(row.job)) row.job = null;
    }
    row.withheld = { code, reason };
    return row;
  }
}
