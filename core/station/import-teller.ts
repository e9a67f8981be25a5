import type { BundleImportEvent, ImportOutcome } from '../../contract/events.ts';
import type { ImportStep } from '../../contract/schema/bundle-import.ts';
import type { Clock } from '../ports.ts';

/** Twenty times a second is more than anyone can read. */
const LEAST_INTERVAL_MS = 50;

type Told = Pick<BundleImportEvent, 'importId' | 'operatorId' | 'file'>;

/** Tells of one import as it goes: every step, inside of a step at most 20 times a second, every end; bytes never go back within a step. */
export class ImportTeller {
  readonly #of: Told;
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  readonly #emit: (event: BundleImportEvent) => void;
  readonly #beganAtMs: number;
  readonly #past: { readonly step: ImportStep; readonly tookMs: number }[] = [];
  #step: ImportStep | null = null;
  #stepAtMs = 0;
  #toldAtMs = 0;
  #doneBytes = 0;
  #totalBytes = 0;

  constructor(of: Told, clock: Pick<Clock, 'monotonicMs'>, emit: (event: BundleImportEvent) => void) {
    this.#of = of;
    this.#clock = clock;
    this.#emit = emit;
    this.#beganAtMs = clock.monotonicMs();
  }

  begin(step: ImportStep): void {
    const atMs = this.#clock.monotonicMs();
    this.#pass(atMs);
    this.#step = step;
    this.#stepAtMs = atMs;
    this.#doneBytes = 0;
    this.#totalBytes = 0;
    this.#tell(atMs, null);
  }

  progress(doneBytes: number, totalBytes: number): void {
    const atMs = this.#clock.monotonicMs();
    this.#doneBytes = Math.max(this.#doneBytes, doneBytes);
    this.#totalBytes = totalBytes;
    if (this.#doneBytes < totalBytes && atMs - this.#toldAtMs < LEAST_INTERVAL_MS) return;
    this.#tell(atMs, null);
  }

  end(outcome: ImportOutcome): void {
    const atMs = this.#clock.monotonicMs();
    if (outcome.kind === 'imported') this.#pass(atMs);
    this.#tell(atMs, outcome);
  }

  #pass(atMs: number): void {
    if (this.#step !== null) this.#past.push({ step: this.#step, tookMs: atMs - this.#stepAtMs });
  }

  #tell(atMs: number, outcome: ImportOutcome | null): void {
    this.#toldAtMs = atMs;
    this.#emit({
      type: 'bundle.import',
      ...this.#of,
      // An import that was cancelled before its turn has begun nothing else.
      step: this.#step ?? 'waiting',
      past: [...this.#past],
      doneBytes: this.#doneBytes,
      totalBytes: this.#totalBytes,
      atMs,
      elapsedMs: atMs - this.#beganAtMs,
      outcome,
    });
  }
}
