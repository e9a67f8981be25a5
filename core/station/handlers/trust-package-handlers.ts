import { accept, refuse, type Refusal, type Result } from '../../../contract/result.ts';
import type { OperatorView } from '../../../contract/schema/session.ts';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { Operators } from '../../operator/operators.ts';
import { permissionsOf } from '../../operator/permission.ts';
import type { Sessions } from '../../operator/sessions.ts';
import type { Clock } from '../../ports.ts';
import { packageLimits } from '../../trust/package/package-document.ts';
import type { TrustPackage } from '../../trust/package/read-package.ts';
import type { StoredPackage, TrustPackageRepository } from '../../trust/package/repository.ts';
import type { TrustChanges } from '../../trust/package/trust-changes.ts';
import type { PackageFiles } from '../../trust/package/verify-package.ts';
import type { TrustStore } from '../../trust/trust-store.ts';
import type { Handlers } from '../dispatch.ts';
import { writeReportFiles } from '../../report/write-files.ts';
import { readBoundedFile } from '../read-bounded-file.ts';
import { packageFiles, pinnedFiles } from '../trust-files.ts';
import { exportPackage, viewChange, viewOverview, viewPackageAnchor } from '../view-trust.ts';

type TrustPackageHandlers = Pick<
  Handlers,
  'trust.show' | 'trust.export' | 'trust.export-files' | 'trust.propose' | 'trust.approve' | 'trust.reject'
>;

export interface TrustPackageHandlerDeps {
  readonly clock: Clock;
  readonly trust: TrustStore;
  readonly trustPackages: TrustPackageRepository;
  readonly trustChanges: TrustChanges;
  readonly operators: Operators;
  readonly sessions: Sessions;
  readonly log: Pick<AuditLog, 'list'>;
  readonly trustedNow: () => Result<Date>;
}

/** Trust packages: one person proposes, another approves (REQ-OTA-SIG-05). */
export function createTrustPackageHandlers(deps: TrustPackageHandlerDeps): TrustPackageHandlers {
  const { trust, trustPackages, trustChanges, operators, sessions, trustedNow } = deps;
  const othersWhoMayApprove = (operator: OperatorView): OperatorView[] =>
    operators.list().filter((other) => other.id !== operator.id && mayEverApprove(other));
  const findInForce = (family: string): Result<{ stored: StoredPackage; adopted: TrustPackage }> => {
    const stored = trustPackages.currentPackages().find((one) => one.family === family);
    const adopted = trust.packages().find((one) => one.sha256 === stored?.sha256);
    if (stored === undefined || adopted === undefined) return refuseUnknown(family);
    return accept({ stored, adopted });
  };

  return {
    'trust.show': () => accept(viewOverview(deps)),
    'trust.export': ({ family }) => {
      const found = findInForce(family);
      return found.ok ? accept(exportPackage(found.value.stored, found.value.adopted)) : found;
    },
    'trust.export-files': ({ family, folder }) => {
      const found = family === null ? accept(null) : findInForce(family);
      if (!found.ok) return found;
      const files = found.value === null ? pinnedFiles(trust) : packageFiles(found.value.stored, found.value.adopted);
      if (files.length === 0) return refuse('trust.not-pinned', 'No root and no image key was pinned by hand.');
      const written = writeReportFiles(folder, files);
      return written.ok ? accept({ files: [...written.value] }) : written;
    },
    'trust.propose': ({ packages, begin }, { operator }) => {
      const files = readFiles(packages);
      if (!files.ok) return files;
      const now = trustedNow();
      if (!now.ok) return now;
      const proposed = trustChanges.propose({ packages: files.value, begin }, { operator, at: now.value });
      if (!proposed.ok) return proposed;
      const { proposal, change, steps } = proposed.value;
      const last = steps.at(-1);
      if (last === undefined) throw new Error('a proposal has a step');
      return accept({
        sha256: proposal.sha256,
        change: viewChange(change),
        reason: last.package.reason,
        anchors: last.package.anchors.map(viewPackageAnchor),
        signers: last.signers.map(({ subject }) => subject),
        mayApproveAlone: othersWhoMayApprove(operator).length === 0,
      });
    },
    'trust.approve': async ({ family, sha256, meaning, password, code }, { token }) => {
      const authority = await sessions.reauthenticate(token, password, code);
      if (!authority.ok) return authority;
      // From here on nothing waits: what is checked is what is approved.
      const now = trustedNow();
      if (!now.ok) return now;
      const proposal = trustChanges.find(family, sha256);
      if (!proposal.ok) return proposal;
      const { operator } = authority.value;
      const [other] = othersWhoMayApprove(operator);
      if (proposal.value.proposedBy.id === operator.id && other !== undefined) return refuseAlone(operator, other);
      const approved = trustChanges.approve({ family, sha256, meaning }, authority.value, now.value);
      if (!approved.ok) return approved;
      const { change, steps } = approved.value;
      return accept({
        change: viewChange(change),
        crlsTaken: steps.reduce((sum, { crls }) => sum + crls.taken.length, 0),
        crlsLeftOut: steps.reduce((sum, { crls }) => sum + crls.leftOut, 0),
      });
    },
    'trust.reject': (input, { operator }) => {
      const rejected = trustChanges.reject(input, operator);
      return rejected.ok ? accept({}) : rejected;
    },
  };
}

/**
 * Whoever holds the permission now or after a lockout or an initial password: an administrator who locks or resets the other's account
 * does not thereby become alone. Only disabling does, which cannot be undone and stands in the log.
 */
function mayEverApprove({ status, roles }: OperatorView): boolean {
  return status !== 'disabled' && permissionsOf(roles).includes('trust.approve');
}

function readFiles(
  packages: readonly { readonly document: string; readonly signature: string }[],
): Result<readonly PackageFiles[]> {
  const files: PackageFiles[] = [];
  for (const paths of packages) {
    const document = readBoundedFile(paths.document, packageLimits.documentBytes, 'The trust package');
    if (!document.ok) return document;
    const signature = readBoundedFile(paths.signature, packageLimits.signatureBytes, "The trust package's signature");
    if (!signature.ok) return signature;
    files.push({ document: document.value, signature: signature.value });
  }
  return accept(files);
}

function refuseAlone(operator: OperatorView, other: OperatorView): Refusal {
  const reason = `${operator.printedName} proposed this change of trust; somebody else approves it, such as ${other.printedName}.`;
  return refuse('trust.second-person', reason, { proposedBy: operator.id });
}

function refuseUnknown(family: string): Refusal {
  return refuse('trust.package-family', `This station has no trust package of ${family}.`, { family });
}
