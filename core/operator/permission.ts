import { accept, refuse } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import { Permission } from '../../contract/permission.ts';
import type { OperatorView, Role } from '../../contract/schema/session.ts';

/**
 * THE table of who may do what. Duties are separate (21 CFR 11.10 (g)): a technician cannot approve, an approver cannot
 * execute, the auditor changes nothing, and an administrator runs the station but neither approves nor installs.
 * Approving a change of trust is a second person's, and no approval of a bundle.
 */
const permissionsOfRole: Readonly<Record<Role, readonly Permission[]>> = {
  technician: [
    'station.read',
    'bundle.import',
    'bundle.read',
    'device.read',
    'bench.manage',
    'update.execute',
    'update.read',
    'report.export',
  ],
  approver: [
    'station.read',
    'bundle.import',
    'bundle.read',
    'trust.approve',
    'approval.sign',
    'device.read',
    'update.read',
    'audit.read',
    'report.export',
  ],
  auditor: ['station.read', 'bundle.read', 'device.read', 'update.read', 'audit.read', 'audit.export', 'report.export'],
  administrator: [
    'station.read',
    'station.manage',
    'operator.manage',
    'trust.manage',
    'trust.approve',
    'policy.manage',
    'bundle.import',
    'bundle.read',
    'device.read',
    'bench.manage',
    'update.read',
    'audit.read',
    'audit.export',
    'report.export',
  ],
};

/** Every permission of the roles together, in the order of the contract. */
export function permissionsOf(roles: readonly Role[]): readonly Permission[] {
  return Permission.options.filter((permission) => roles.some((role) => permissionsOfRole[role].includes(permission)));
}

/** What the operator may do now: nothing until an initial password is replaced. */
export function effectivePermissions(
  operator: Pick<OperatorView, 'roles' | 'status' | 'mustChangePassword'>,
): readonly Permission[] {
  return operator.status === 'active' && !operator.mustChangePassword ? permissionsOf(operator.roles) : [];
}

/** Refuses with `operator.must-change-password` or `station.permission-denied`. */
export function requirePermission(operator: OperatorView, permission: Permission): Result<void> {
  if (effectivePermissions(operator).includes(permission)) return accept(undefined);
  if (operator.mustChangePassword) {
    const reason = `${operator.printedName} must replace the initial password before anything else.`;
    return refuse('operator.must-change-password', reason, { permission });
  }
  const reason = `${operator.printedName} (${operator.roles.join(', ')}) does not have the permission "${permission}".`;
  return refuse('station.permission-denied', reason, { permission });
}
