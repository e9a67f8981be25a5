import type { Refusal } from '../../../contract/result.ts';
import type {
  BundleComparison,
  ComponentComparison,
  InstalledVersions,
} from '../../../contract/schema/bundle-comparison.ts';
import { call } from '../../bridge/call.ts';

let installed = $state.raw<InstalledVersions | null>(null);
let against = $state<string | null>(null);
let compared = $state.raw<BundleComparison | null>(null);
let components = $state.raw<ComponentComparison | null>(null);
let refusal = $state.raw<Refusal | null>(null);
let componentsRefusal = $state.raw<Refusal | null>(null);
let isRead = $state(false);
let round = 0;

/** What changes with the bundle that is open. */
export const comparison = {
  /** Null while it is read, and where the operator may not see it. */
  get installed(): InstalledVersions | null {
    return installed;
  },
  /** Digest of the bundle that it is compared with; null: there is none. */
  get against(): string | null {
    return against;
  },
  get compared(): BundleComparison | null {
    return compared;
  },
  get components(): ComponentComparison | null {
    return components;
  },
  get refusal(): Refusal | null {
    return refusal;
  },
  get componentsRefusal(): Refusal | null {
    return componentsRefusal;
  },
  get isRead(): boolean {
    return isRead;
  },
};

/** Begins anew for a bundle: with what most units run, or with the bundle before it. */
export async function openComparison(digest: string): Promise<void> {
  const mine = ++round;
  isRead = false;
  installed = null;
  forget();
  const answer = await call('bundle.installed', { digest });
  if (mine !== round) return;
  refusal = answer.ok ? null : answer;
  installed = answer.ok ? answer.value : null;
  await compareWith(digest, installed?.suggested ?? null);
}

export async function compareWith(digest: string, other: string | null): Promise<void> {
  const mine = ++round;
  forget();
  against = other;
  const [pair, listed] = await Promise.all([
    other === null ? null : call('bundle.compare', { digest, against: other }),
    call('bundle.components', { digest, against: other }),
  ]);
  if (mine !== round) return;
  compared = pair?.ok === true ? pair.value : null;
  if (pair?.ok === false) refusal = pair;
  components = listed.ok ? listed.value : null;
  componentsRefusal = listed.ok ? null : listed;
  isRead = true;
}

function forget(): void {
  compared = null;
  components = null;
  componentsRefusal = null;
}
