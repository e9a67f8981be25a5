import { SvelteSet } from 'svelte/reactivity';
import type { BundleImportEvent } from '../../../contract/events.ts';
import { station } from '../../station/live.svelte.ts';

/** Ids of imports that somebody has read the end of. */
const cleared = new SvelteSet<string>();

/** Imports that are shown: those under way whoever asked for them, and the operator's own that have ended and were not cleared. */
export function shownImports(operatorId: string | undefined): readonly BundleImportEvent[] {
  return [...station.imports.values()].filter(
    (one) => one.outcome === null || (one.operatorId === operatorId && !cleared.has(one.importId)),
  );
}

export function clearEnded(imports: readonly BundleImportEvent[]): void {
  for (const { importId, outcome } of imports) if (outcome !== null) cleared.add(importId);
}
