import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Permission } from '../../../contract/permission.ts';
import type { OperatorView, Role } from '../../../contract/schema/session.ts';
import { effectivePermissions, permissionsOf, requirePermission } from '../../../core/operator/permission.ts';
import { refusal } from './operator-bench.ts';

const operator = (roles: Role[], change: Partial<OperatorView> = {}): OperatorView => ({
  id: 'b5f0a1f2-0c5e-4c39-9d0b-2f6f6f0f7a11',
  username: 'bo',
  printedName: 'Bo Lee',
  roles,
  status: 'active',
  mustChangePassword: false,
  lockedUntil: null,
  publicKeySha256: null,
  secondFactor: 'none',
  createdAt: '2026-11-22T09:00:00.000Z',
  ...change,
});

test('REQ-OTA-OPR-02 duties are separate: each consequential right belongs to one role', () => {
  const holders = (permission: Permission) =>
    (['technician', 'approver', 'auditor', 'administrator'] as const).filter((role) =>
      permissionsOf([role]).includes(permission),
    );
  assert.deepEqual(holders('update.execute'), ['technician']);
  assert.deepEqual(holders('approval.sign'), ['approver']);
  assert.deepEqual(holders('operator.manage'), ['administrator']);
  assert.deepEqual(holders('trust.manage'), ['administrator']);
  assert.deepEqual(holders('policy.manage'), ['administrator']);
  assert.deepEqual(holders('audit.export'), ['auditor', 'administrator']);
  for (const permission of Permission.options) assert.ok(holders(permission).length > 0, permission);
});

test('REQ-OTA-OPR-02 an auditor can read and export, and change nothing', () => {
  for (const permission of permissionsOf(['auditor'])) assert.match(permission, /\.(read|export)$/);
});

test('REQ-OTA-OPR-02 roles add up', () => {
  const both = permissionsOf(['technician', 'approver']);
  assert.ok(both.includes('update.execute') && both.includes('approval.sign'));
  assert.equal(new Set(both).size, both.length);
});

test('REQ-OTA-OPR-02 refuses by name what the roles do not give', () => {
  assert.ok(requirePermission(operator(['technician']), 'update.execute').ok);
  const reason = /^Bo Lee \(technician\) does not have the permission "approval\.sign"\.$/;
  refusal(requirePermission(operator(['technician']), 'approval.sign'), 'station.permission-denied', reason);
  refusal(requirePermission(operator([]), 'station.read'), 'station.permission-denied');
});

test('REQ-OTA-OPR-02 nothing is permitted before the initial password is replaced, nor to a disabled account', () => {
  const fresh = operator(['administrator'], { mustChangePassword: true });
  assert.deepEqual(effectivePermissions(fresh), []);
  refusal(requirePermission(fresh, 'station.read'), 'operator.must-change-password');
  refusal(
    requirePermission(operator(['administrator'], { status: 'disabled' }), 'station.read'),
    'station.permission-denied',
  );
});
