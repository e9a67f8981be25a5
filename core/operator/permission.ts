import { accept, refuse } from '../../contract/result.ts';
import type { Refusal, Result } from '../../contract/result.ts';
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

/** What the operator may do now: nothing until an initial password is replaced, and a second factor enrolled where the station asks for one. */
export function effectivePermissions(
  operator: Pick<OperatorView, 'roles' | 'status' | 'mustChangePassword' | 'secondFactor'>,
): readonly Permission[] {
  const mayWork = operator.status === 'active' && !operator.mustChangePassword && operator.secondFactor !== 'missing';
  return mayWork ? permissionsOf(operator.roles) : [];
}

/** What an operator must do before anything else. Refuses with `operator.must-change-password` or `operator.factor-required`. */
export function checkReady(operator: OperatorView): Refusal | null {
  const { printedName, roles } = operator;
  if (operator.mustChangePassword) {
    return refuse(
      'operator.must-change-password',
      `${printedName} must replace the initial password before anything else.`,
    );
  }
  if (operator.secondFactor !== 'missing') return null;
  const reason = `This station asks ${printedName} (${roles.join(', ')}) for a second factor; enrol one before anything else.`;
  return refuse('operator.factor-required', reason);
}

/** Refuses with `operator.must-change-password`, `operator.factor-required` or `station.permission-denied`. */
export function requirePermission(operator: OperatorView, permission: Permission): Result<void> {
  if (effectivePermissions(operator).includes(permission)) return accept(undefined);
  const unready = checkReady(operator);
  if (unready !== null) return unready;
  const reason = `${operator.printedName} (${operator.roles.join(', ')}) does not have the permission "${permission}".`;
  return refuse('station.permission-denied', reason, { permission });
}
