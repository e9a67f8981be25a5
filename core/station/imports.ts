import { basename } from 'node:path';
import type { BundleImportEvent, ImportOutcome } from '../../contract/events.ts';
import { accept, refuse, type Result } from '../../contract/result.ts';
import type { ImportStep } from '../../contract/schema/bundle-import.ts';
import type { ImportedBundle } from '../bundle/commit-bundle.ts';
import { recordRefusal } from '../bundle/commit-bundle.ts';
import type { ReadRunningImages } from '../bundle/delta/find-bases.ts';
import { importBundle } from '../bundle/import-bundle.ts';
import type { ImportPorts } from '../bundle/import-ports.ts';
import type { Clock } from '../ports.ts';
import { ImportTeller } from './import-teller.ts';

export interface ImportsParts {
  readonly ports: ImportPorts;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly emit: (event: BundleImportEvent) => void;
}

/** Who asks for the import of which file. */
export interface ImportOrder {
  readonly importId: string;
  readonly path: string;
  readonly actor: { readonly kind: 'operator'; readonly id: string; readonly username: string };
  readonly readUnit?: ReadRunningImages;
  /** Called for a bundle that was imported, before the next import begins. */
  readonly imported: (imported: ImportedBundle) => void;
}

interface UnderWay {
  readonly operatorId: string;
  readonly controller: AbortController;
}

/** The station's imports: one at a time, the others wait in their order; each is told of and can be cancelled by whoever asked for it. */
export class Imports {
  readonly #parts: ImportsParts;
  readonly #underWay = new Map<string, UnderWay>();
  #last: Promise<unknown> = Promise.resolve();
  #stopped = false;

  constructor(parts: ImportsParts) {
    this.#parts = parts;
  }

  /** As `importBundle`. Refuses `bundle.import-id-taken`, with the event of an import that was refused. */
  run(order: ImportOrder): Promise<Result<ImportedBundle>> {
    const { importId, actor, path } = order;
    const { ports, clock, emit } = this.#parts;
    if (this.#underWay.has(importId)) {
      const refusal = refuse('bundle.import-id-taken', 'Another import of this id waits or is under way.');
      recordRefusal(actor, refusal, { file: nameOf(path), digest: null, baseUnit: null }, ports);
      return Promise.resolve(refusal);
    }
    const controller = new AbortController();
    if (this.#stopped) controller.abort();
    this.#underWay.set(importId, { operatorId: actor.id, controller });
    const teller = new ImportTeller({ importId, operatorId: actor.id, file: nameOf(path) }, clock, emit);
    if (this.#underWay.size > 1) teller.begin('waiting');
    const answer = this.#last.then(() => this.#work(order, controller.signal, teller));
    // The next one's turn comes whatever became of this one.
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  /** Once it is accepted, nothing of the import is committed. Refuses `bundle.import-unknown`. */
  cancel(importId: string, operatorId: string): Result<void> {
    const found = this.#underWay.get(importId);
    if (found?.operatorId !== operatorId) {
      const reason = 'No import of yours with this id waits or is under way; it may have ended already.';
      return refuse('bundle.import-unknown', reason);
    }
    found.controller.abort();
    return accept(undefined);
  }

  /** Cancels every import, and resolves when the last has cleared away what it had begun. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const { controller } of this.#underWay.values()) controller.abort();
    await this.#last;
  }

  async #work(order: ImportOrder, signal: AbortSignal, teller: ImportTeller): Promise<Result<ImportedBundle>> {
    const { importId, imported, ...request } = order;
    const told = {
      begin: (step: ImportStep) => {
        // The last step waits for nothing: whoever cancels from now on is told that it is too late.
        if (step === 'store') this.#underWay.delete(importId);
        teller.begin(step);
      },
      progress: (doneBytes: number, totalBytes: number) => teller.progress(doneBytes, totalBytes),
    };
    try {
      const answer = await importBundle({ ...request, ...told, signal }, this.#parts.ports);
      if (answer.ok) imported(answer.value);
      teller.end(outcomeOf(answer));
      return answer;
    } catch (error) {
      const reason = 'The import broke off by an error of the program or of the machine; try again.';
      teller.end({ kind: 'refused', code: 'station.fault', reason });
      throw error;
    } finally {
      this.#underWay.delete(importId);
    }
  }
}

function outcomeOf(answer: Result<ImportedBundle>): ImportOutcome {
  if (answer.ok) {
    const { bundle, alreadyPresent } = answer.value;
    return { kind: 'imported', digest: bundle.digest, alreadyPresent };
  }
  const { code, reason } = answer;
  return { kind: code === 'bundle.import-cancelled' ? 'cancelled' : 'refused', code, reason };
}

function nameOf(path: string): string {
  return basename(path).toWellFormed().slice(0, 255);
}
