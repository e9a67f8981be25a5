import type { BundleImportEvent, StationEvent } from '../../contract/events.ts';
import type { ImportStep } from '../../contract/schema/bundle-import.ts';
import { ProgressBar, type ProgressOutput } from './progress-bar.ts';
import { mark, paint } from './style.ts';

const stepWords: Readonly<Record<ImportStep, string>> = {
  waiting: 'another import is under way',
  archive: 'archive',
  signature: 'signature and chain',
  manifest: 'manifest',
  revocation: 'revocation',
  policy: 'policy and contents',
  'delta-bases': 'bases of deltas',
  images: 'images',
  documents: 'documents and SBOM',
  profiles: 'device profiles',
  store: 'store',
};

/** Prints one import as it goes: a line for each step that has passed, a bar inside of one that counts bytes. Says nothing where `out` is null. */
export class ImportFollower {
  readonly #importId: string;
  readonly #out: ProgressOutput | null;
  #shown = 0;
  #bar: { readonly step: ImportStep; readonly bar: ProgressBar } | null = null;

  constructor(importId: string, out: ProgressOutput | null) {
    this.#importId = importId;
    this.#out = out;
  }

  show(event: StationEvent): void {
    if (this.#out === null || event.type !== 'bundle.import' || event.importId !== this.#importId) return;
    if (this.#bar !== null && (event.outcome !== null || event.step !== this.#bar.step)) this.end();
    for (const { step, tookMs } of event.past.slice(this.#shown)) {
      const took = paint('gray', `${Math.round(tookMs)} ms`);
      this.#out.write(`    ${mark.passed()} ${stepWords[step].padEnd(20)} ${took}\n`);
    }
    this.#shown = event.past.length;
    if (event.outcome === null) this.#showBytes(event, this.#out);
    else if (event.outcome.kind !== 'imported') this.#out.write(`    ${mark.refused()} ${stepWords[event.step]}\n`);
  }

  end(): void {
    this.#bar?.bar.end();
    this.#bar = null;
  }

  #showBytes({ step, doneBytes, totalBytes, atMs }: BundleImportEvent, out: ProgressOutput): void {
    if (totalBytes === 0) return;
    this.#bar ??= { step, bar: new ProgressBar(step, out) };
    this.#bar.bar.show(doneBytes, totalBytes, atMs);
  }
}
