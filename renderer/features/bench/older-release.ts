import type { PendingApproval } from '../../../contract/schema/approval.ts';
import type { BundleView } from '../../../contract/schema/bundle.ts';
import type { DeviceState } from '../../../contract/schema/device.ts';
import type { ApprovalStatement } from '../../../contract/schema/policy.ts';

/** An older bundle that fits a unit, what the unit runs, and how far its approval is. */
export interface OlderRelease {
  readonly bundle: BundleView;
  /** Security counters: of what runs, and of the image that would be installed. */
  readonly from: number;
  readonly to: number;
  /** Distinct approvers whose approval covers this unit, this step and this work order. */
  readonly given: number;
  /** Null where no policy says how many are needed. */
  readonly required: number | null;
}

export interface DowngradeStock {
  readonly bundles: readonly BundleView[];
  /** For downgrades; since each is for one unit, a bundle stays in it however many are signed. */
  readonly pending: readonly PendingApproval[];
  readonly statements: readonly ApprovalStatement[];
}

/** True where as many approvals are given as the policy asks for; the station checks them anew when the job begins. */
export function isApproved({ given, required }: OlderRelease): boolean {
  return required !== null && given >= required;
}

/** Bundles with one image for the unit's hardware whose security counter is below that of what runs, newest first. */
export function listOlderReleases(
  unit: DeviceState,
  { bundles, pending, statements }: DowngradeStock,
  workOrder: string,
  nowMs: number,
): readonly OlderRelease[] {
  const valid = bundles.filter(
    ({ manifest }) => manifest.product.id === unit.product && Date.parse(manifest.expires) > nowMs,
  );
  return valid
    .flatMap((bundle): OlderRelease[] => {
      const [image, ...others] = bundle.manifest.images.filter(({ compat }) => compat.includes(unit.hardware));
      if (image === undefined || others.length > 0) return [];
      const running = unit.slots.find(({ logical, role }) => logical === image.slot && role === 'running');
      const from = running?.counter ?? null;
      if (from === null || image.version >= from) return [];
      const waiting = pending.find(({ bundleDigest, kind }) => bundleDigest === bundle.digest && kind === 'downgrade');
      const given = new Set(
        (waiting?.approvals ?? [])
          .filter(({ id, scope }) => {
            const terms = statements.find((statement) => statement.id === id)?.downgrade ?? null;
            const isForUnit = scope.serials !== '*' && scope.serials.includes(unit.serial);
            const isForOrder = scope.workOrder === null || scope.workOrder === workOrder;
            return isForUnit && isForOrder && terms?.toVersion === image.version && terms.fromVersionAtMost >= from;
          })
          .map(({ operator }) => operator.id),
      ).size;
      return [{ bundle, from, to: image.version, given, required: waiting?.required ?? null }];
    })
    .sort((one, other) => other.to - one.to || other.bundle.importedAt.localeCompare(one.bundle.importedAt));
}
