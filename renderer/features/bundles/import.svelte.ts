import type { Refusal } from '../../../contract/result.ts';
import type { ChosenFile } from '../../../contract/window/file-purpose.ts';
import { call } from '../../bridge/call.ts';
import { takeDropped } from '../../bridge/drop.ts';
import { go } from '../../router/route.svelte.ts';
import { refreshBundles } from './bundles.svelte.ts';

/** A file that was not imported, and why. */
export interface RefusedFile {
  readonly file: ChosenFile;
  readonly refusal: Refusal;
  /** Milliseconds of the machine's clock. */
  readonly atMs: number;
}

let current = $state.raw<ChosenFile | null>(null);
let refused = $state.raw<readonly RefusedFile[]>([]);
let choosingRefusal = $state.raw<Refusal | null>(null);
let alreadyPresent = $state<string | null>(null);

export const bundleImport = {
  /** What is checked now. */
  get current(): ChosenFile | null {
    return current;
  },
  /** What the last choice or drop brought and the station refused, in its order. */
  get refused(): readonly RefusedFile[] {
    return refused;
  },
  /** The files could not be taken at all. */
  get choosingRefusal(): Refusal | null {
    return choosingRefusal;
  },
  /** Digest of a bundle that was imported again, while nothing newer was. */
  get alreadyPresent(): string | null {
    return alreadyPresent;
  },
};

export async function chooseBundles(): Promise<void> {
  if (current !== null) return;
  const chosen = await call('window.choose', { purpose: 'bundle', several: true });
  choosingRefusal = chosen.ok ? null : chosen;
  if (chosen.ok) await importFiles(chosen.value);
}

export async function dropBundles(files: readonly File[]): Promise<void> {
  if (current !== null || files.length === 0) return;
  const dropped = await takeDropped(files, 'bundle');
  choosingRefusal = dropped.ok ? null : dropped;
  if (dropped.ok) await importFiles(dropped.value);
  else go('bundles');
}

/**
 * Imports one after the other, and goes where the outcome of a single one is told; of several, to the list.
 * @param basePosition bench place of a unit whose image a delta may start from
 */
export async function importFiles(files: readonly ChosenFile[], basePosition: string | null = null): Promise<void> {
  if (files.length === 0 || current !== null) return;
  refused = [];
  alreadyPresent = null;
  go('bundles');
  const imported: string[] = [];
  for (const file of files) {
    current = file;
    const answer = await call('bundle.import', { path: file.ticket, basePosition });
    if (answer.ok) {
      imported.push(answer.value.bundle.digest);
      if (answer.value.alreadyPresent) alreadyPresent = answer.value.bundle.digest;
    } else refused = [...refused, { file, refusal: answer, atMs: Date.now() }];
  }
  current = null;
  await refreshBundles();
  const [only] = imported;
  if (files.length === 1) go('bundles', ...(only === undefined ? ['refused', '0'] : [only]));
}
