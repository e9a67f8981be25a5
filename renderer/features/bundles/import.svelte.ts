import type { Refusal } from '../../../contract/result.ts';
import type { ChosenFile } from '../../../contract/window/file-purpose.ts';
import { call } from '../../bridge/call.ts';
import { takeDropped } from '../../bridge/drop.ts';
import { announce } from '../../design/announce.svelte.ts';
import { go, route } from '../../router/route.svelte.ts';
import { printable } from '../../words/printable.ts';
import { say } from '../../words/say.ts';
import { refreshBundles } from './bundles.svelte.ts';
import { bundlesWords } from './words.ts';

/** A file that this page has asked the station to import. */
export interface AskedFile {
  readonly importId: string;
  readonly file: ChosenFile;
  /** Milliseconds of the machine's clock. */
  readonly askedAtMs: number;
  /** Whole, as the station answered; null while it works, and where the bundle was imported. */
  readonly refusal: Refusal | null;
}

let asked = $state.raw<readonly AskedFile[]>([]);
let choosingRefusal = $state.raw<Refusal | null>(null);
let cancelRefusal = $state.raw<Refusal | null>(null);
let alreadyPresent = $state<string | null>(null);

export const bundleImport = {
  /** The files of the last choices, in their order. */
  get asked(): readonly AskedFile[] {
    return asked;
  },
  /** The files could not be taken at all. */
  get choosingRefusal(): Refusal | null {
    return choosingRefusal;
  },
  /** An import could not be cancelled. */
  get cancelRefusal(): Refusal | null {
    return cancelRefusal;
  },
  /** Digest of a bundle that was imported again, while nothing newer was. */
  get alreadyPresent(): string | null {
    return alreadyPresent;
  },
};

export async function chooseBundles(): Promise<void> {
  const chosen = await call('window.choose', { purpose: 'bundle', several: true });
  choosingRefusal = chosen.ok ? null : chosen;
  if (chosen.ok) await importFiles(chosen.value);
}

export async function dropBundles(files: readonly File[]): Promise<void> {
  if (files.length === 0) return;
  const dropped = await takeDropped(files, 'bundle');
  choosingRefusal = dropped.ok ? null : dropped;
  if (dropped.ok) await importFiles(dropped.value);
  else go('bundles');
}

/**
 * Asks for the import of each; the station takes one after the other. Goes where the outcome of a single one is told, unless the person went
 * elsewhere meanwhile; of several, to the list.
 * @param basePosition bench place of a unit whose image a delta may start from
 */
export async function importFiles(files: readonly ChosenFile[], basePosition: string | null = null): Promise<void> {
  if (files.length === 0) return;
  alreadyPresent = null;
  cancelRefusal = null;
  const batch = files.map((file) => ({
    importId: crypto.randomUUID(),
    file,
    askedAtMs: Date.now(),
    refusal: null,
  }));
  asked = [...asked, ...batch].slice(-mostAsked);
  go('bundles');
  const targets = await Promise.all(batch.map((one) => importOne(one, basePosition)));
  await refreshBundles();
  const [only] = targets;
  if (files.length === 1 && only !== undefined && isAtList()) go('bundles', ...only);
}

/** Answers where its outcome is told: nowhere for one that was cancelled. */
async function importOne(
  { importId, file }: AskedFile,
  basePosition: string | null,
): Promise<readonly string[] | undefined> {
  const name = printable(file.name);
  const answer = await call('bundle.import', { path: file.ticket, basePosition, importId });
  if (answer.ok) {
    const { bundle, alreadyPresent: wasThere } = answer.value;
    if (wasThere) alreadyPresent = bundle.digest;
    announce(say(bundlesWords.importedNow, { name }));
    await refreshBundles();
    return [bundle.digest];
  }
  asked = asked.map((one) => (one.importId === importId ? { ...one, refusal: answer } : one));
  const isCancelled = answer.code === 'bundle.import-cancelled';
  announce(say(isCancelled ? bundlesWords.cancelledNow : bundlesWords.refusedNow, { name }));
  return isCancelled ? undefined : ['refused', importId];
}

export async function cancelImport(importId: string): Promise<void> {
  const answer = await call('bundle.cancel-import', { importId });
  cancelRefusal = answer.ok ? null : answer;
}

/** As many as the station remembers of those that have ended, and a choice of many beside. */
const mostAsked = 64;

function isAtList(): boolean {
  const { feature, rest } = route();
  return feature === 'bundles' && rest.length === 0;
}
