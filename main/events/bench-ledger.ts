import type { BundleImportEvent, JobProgressEvent, OrderWithheldEvent, StationEvent } from '../../contract/events.ts';
import type { BenchUnit } from '../../contract/schema/device.ts';
import type { StandingOrderView } from '../../contract/schema/standing-order.ts';
import type { UpdateJobView } from '../../contract/schema/update-job.ts';

/** What is over is remembered this long, for a page that was locked or not there when it was told. */
const MOST_ENDED = 64;
const MOST_WITHHELD = 32;
const MOST_IMPORTS = 16;

/** The newest state of everything that events tell of, since the station opened. It is what a page that begins late is told. */
export class BenchLedger {
  readonly #jobs = new Map<string, UpdateJobView>();
  /** Jobs that somebody works on in this run of the program, rather than ones that an earlier run left open. */
  readonly #seen = new Set<string>();
  readonly #progress = new Map<string, JobProgressEvent>();
  readonly #orders = new Map<string, StandingOrderView>();
  readonly #units = new Map<string, { readonly type: 'device.arrived' | 'device.left'; readonly unit: BenchUnit }>();
  readonly #imports = new Map<string, BundleImportEvent>();
  #usb: StationEvent | null = null;
  #withheld: readonly OrderWithheldEvent[] = [];

  note(event: StationEvent): void {
    switch (event.type) {
      case 'job.written':
        this.#seen.add(event.job.id);
        this.#noteJob(event.job);
        break;
      case 'job.progress':
        this.#progress.set(event.jobId, event);
        break;
      case 'order.written':
        this.#noteOrder(event.order);
        break;
      case 'order.withheld':
        this.#withheld = [...this.#withheld, event].slice(-MOST_WITHHELD);
        break;
      case 'bundle.import':
        this.#imports.set(event.importId, event);
        forgetOldest(this.#imports, ({ outcome }) => outcome !== null, MOST_IMPORTS);
        break;
      case 'device.arrived':
      case 'device.left':
        this.#units.delete(event.unit.position);
        this.#units.set(event.unit.position, event);
        forgetOldest(this.#units, ({ type }) => type === 'device.left', MOST_ENDED);
        break;
      case 'device.no-usb':
      case 'device.usb-ready':
        this.#usb = event;
    }
  }

  /** Adds what the station knows from before; what an event has told meanwhile is newer. */
  fill(known: {
    readonly jobs: readonly UpdateJobView[];
    readonly orders: readonly StandingOrderView[];
    readonly units: readonly BenchUnit[];
  }): void {
    for (const job of known.jobs) if (!this.#jobs.has(job.id)) this.#noteJob(job);
    for (const order of known.orders) if (!this.#orders.has(order.id)) this.#noteOrder(order);
    for (const unit of known.units) {
      if (!this.#units.has(unit.position)) this.#units.set(unit.position, { type: 'device.arrived', unit });
    }
  }

  /** The newest event of each thing, in an order in which a page can take them. */
  retell(): readonly StationEvent[] {
    const jobs = [...this.#jobs.values()];
    return [
      ...(this.#usb === null ? [] : [this.#usb]),
      ...this.#units.values(),
      ...[...this.#orders.values()].map((order) => ({ type: 'order.written' as const, order })),
      ...jobs.map((job) => ({ type: 'job.written' as const, job })),
      ...jobs.flatMap(({ id }) => this.progressOf(id) ?? []),
      ...this.#withheld,
      ...this.#imports.values(),
    ];
  }

  get openJobs(): readonly UpdateJobView[] {
    return [...this.#jobs.values()].filter(isOpen);
  }

  /** Jobs whose work stops when the program ends. */
  get jobsUnderWay(): readonly UpdateJobView[] {
    return this.openJobs.filter(({ id, state }) => this.#seen.has(id) && state !== 'indeterminate');
  }

  progressOf(jobId: string): JobProgressEvent | undefined {
    return this.#progress.get(jobId);
  }

  #noteJob(job: UpdateJobView): void {
    const before = this.#jobs.get(job.id);
    this.#jobs.delete(job.id);
    this.#jobs.set(job.id, job);
    // Progress is that of the state in which it was made.
    if (before?.state !== job.state) this.#progress.delete(job.id);
    forgetOldest(this.#jobs, (each) => !isOpen(each), MOST_ENDED);
  }

  #noteOrder(order: StandingOrderView): void {
    this.#orders.delete(order.id);
    this.#orders.set(order.id, order);
    forgetOldest(this.#orders, ({ closedAt }) => closedAt !== null, MOST_ENDED);
  }
}

function isOpen({ endedAt }: UpdateJobView): boolean {
  return endedAt === null;
}

function forgetOldest<T>(map: Map<string, T>, isOver: (value: T) => boolean, most: number): void {
  const over = [...map].filter(([, value]) => isOver(value));
  for (const [key] of over.slice(0, Math.max(0, over.length - most))) map.delete(key);
}
