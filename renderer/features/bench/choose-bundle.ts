import type { ApprovalState, PendingApproval } from '../../../contract/schema/approval.ts';
import type { BundleView, ManifestImage } from '../../../contract/schema/bundle.ts';
import type { DeviceState, SlotView } from '../../../contract/schema/device.ts';

/** What a unit is given when it is started: the station decides anew when it is. */
export type InstallKind = 'install' | 'recovery';

/** A bundle's image for the hardware of a unit, and the slot that runs now. */
interface Candidate {
  readonly bundle: BundleView;
  readonly image: ManifestImage;
  readonly running: SlotView;
}

/** The right bundle for a unit, or why there is none. */
export type Choice =
  | { readonly why: null; readonly bundle: BundleView; readonly image: ManifestImage; readonly kind: InstallKind }
  /** The station does not say what it holds, or what of it is approved. */
  | { readonly why: 'unanswered' }
  | { readonly why: 'no-bundle' }
  | { readonly why: 'other-hardware' }
  | { readonly why: 'nothing-newer'; readonly bundle: BundleView }
  | { readonly why: 'expired'; readonly bundle: BundleView }
  | { readonly why: 'no-policy'; readonly bundle: BundleView }
  /** Approved, but under another work order only. */
  | { readonly why: 'other-work-order'; readonly bundle: BundleView; readonly workOrder: string }
  /** `approval-ended`: one that was given ended by its time. */
  | {
      readonly why: 'unapproved' | 'approval-ended';
      readonly bundle: BundleView;
      readonly given: number;
      readonly required: number;
    };

/** What the station holds, as it was asked last. */
export interface Stock {
  readonly bundles: readonly BundleView[];
  /** How each of the bundles stands on every unit under any work order, by digest, as the station itself says. */
  readonly states: Readonly<Record<InstallKind, ReadonlyMap<string, ApprovalState>>>;
  /** Bundles that wait, with approvals for single units and work orders; those of the longest lists are not all in it. */
  readonly pending: readonly PendingApproval[];
}

/**
 * Chooses the newest bundle that is made for the unit, newer than what it runs, valid, and approved for it under the work order. It only
 * spares a person the search: each job's preflight checks everything itself.
 */
export function chooseBundle(unit: DeviceState, stock: Stock, workOrder: string, nowMs: number): Choice {
  const ofProduct = stock.bundles.filter(({ manifest }) => manifest.product.id === unit.product);
  if (ofProduct.length === 0) return { why: 'no-bundle' };
  const fitting = ofProduct.flatMap((bundle) => findImage(bundle, unit)).sort(newestFirst);
  const [newest] = fitting;
  if (newest === undefined) return { why: 'other-hardware' };
  const newer = fitting.filter(({ image, running }) => !isReadable(running) || image.version > (running.counter ?? 0));
  if (newer.length === 0) return { why: 'nothing-newer', bundle: newest.bundle };
  const valid = newer.filter(({ bundle }) => Date.parse(bundle.manifest.expires) > nowMs);
  const approvals = valid.map((candidate) => ({ candidate, missing: findMissing(candidate, unit, stock, workOrder) }));
  const ready = approvals.find(({ missing }) => missing === null)?.candidate;
  if (ready !== undefined) return { why: null, bundle: ready.bundle, image: ready.image, kind: kindFor(ready.running) };
  const elsewhere = approvals.find(({ missing }) => missing?.why === 'other-work-order')?.missing;
  return elsewhere ?? approvals[0]?.missing ?? { why: 'expired', bundle: newest.bundle };
}

function findImage(bundle: BundleView, unit: DeviceState): Candidate[] {
  const [image, ...others] = bundle.manifest.images.filter(({ compat }) => compat.includes(unit.hardware));
  const running = unit.slots.find(({ logical, role }) => logical === image?.slot && role === 'running');
  return image === undefined || others.length > 0 || running === undefined ? [] : [{ bundle, image, running }];
}

function newestFirst(one: Candidate, other: Candidate): number {
  return other.image.version - one.image.version || other.bundle.importedAt.localeCompare(one.bundle.importedAt);
}

function isReadable({ counter, state }: SlotView): boolean {
  return counter !== null && state !== 'empty' && state !== 'invalid';
}

function kindFor(running: SlotView): InstallKind {
  return isReadable(running) ? 'install' : 'recovery';
}

/** Null where nothing is missing for this unit under this work order. What the station does not say is missing. */
function findMissing(
  { bundle, running }: Candidate,
  unit: DeviceState,
  stock: Stock,
  workOrder: string,
): Choice | null {
  const kind = kindFor(running);
  const state = stock.states[kind].get(bundle.digest);
  if (state?.state === 'complete') return null;
  if (state?.state !== 'waiting') return { why: state?.state ?? 'no-policy', bundle };
  const why = state.ended > 0 ? 'approval-ended' : 'unapproved';
  const waiting = stock.pending.find((one) => one.bundleDigest === bundle.digest && one.kind === kind);
  if (waiting === undefined) return { why, bundle, given: state.given, required: state.required };
  const forUnit = waiting.approvals.filter(({ scope }) => scope.serials === '*' || scope.serials.includes(unit.serial));
  const under = (order: string): number =>
    new Set(
      forUnit
        .filter(({ scope }) => scope.workOrder === null || scope.workOrder === order)
        .map(({ operator }) => operator.id),
    ).size;
  const { required } = waiting;
  if (under(workOrder) >= required) return null;
  const other = forUnit.map(({ scope }) => scope.workOrder).find((order) => order !== null && under(order) >= required);
  if (other != null) return { why: 'other-work-order', bundle, workOrder: other };
  return { why, bundle, given: under(workOrder), required };
}
