import { randomBytes } from 'node:crypto';
import type { ApprovalRecord, ApprovalRequest, PolicyDocument } from '../../../contract/schema/policy.ts';
import type { OperatorView, Role } from '../../../contract/schema/session.ts';
import type { JsonValue } from '../../../core/ports.ts';
import { SigningAuthority } from '../../../core/operator/signing-authority.ts';
import { createSigningKey, openSigningKey } from '../../../core/operator/signing-key.ts';
import type { ApprovalQuestion } from '../../../core/policy/evaluate-approvals.ts';
import { digestPolicy } from '../../../core/policy/policy-document.ts';
import { signApproval } from '../../../core/policy/sign-approval.ts';
import type { ApprovalContext } from '../../../core/policy/sign-approval.ts';
import { cheapCost, value } from '../operator/operator-bench.ts';

export const now = new Date('2026-11-22T09:00:00.000Z');
export const bundleDigest = 'b'.repeat(64);
const password = 'plum orbit ladder';

export const twoApprovals: PolicyDocument = {
  format: 'drydock-policy/1',
  product: 'org.example.pump',
  signatures: { threshold: 1 },
  approvals: { required: 2, roles: ['approver'], validForHours: 72, reasonCodes: [], importerMayApprove: false },
  execution: { roles: ['technician'], separateFromApprover: true },
  updateWindows: [],
  selfTest: { required: ['flow'], timeoutSeconds: 60 },
  onSelfTestFailure: 'revert',
  retries: { stage: 2 },
  timeouts: { rebootSeconds: 60 },
};

export function policyWith(
  change: { approvals?: Partial<PolicyDocument['approvals']>; execution?: Partial<PolicyDocument['execution']> } = {},
) {
  const document: PolicyDocument = {
    ...twoApprovals,
    approvals: { ...twoApprovals.approvals, ...change.approvals },
    execution: { ...twoApprovals.execution, ...change.execution },
  };
  return { document, digest: digestPolicy(document) };
}

/** An operator with a key, who can enter the password again as often as the test needs. */
export interface Signer {
  readonly view: OperatorView;
  readonly publicKey: Uint8Array;
  readonly reauthenticate: () => Promise<SigningAuthority>;
}

export async function createSigner(number: number, printedName: string, roles: Role[] = ['approver']): Promise<Signer> {
  const id = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
  const key = await createSigningKey(password, { operatorId: id, cost: cheapCost, randomBytes });
  const view: OperatorView = {
    id,
    username: `user${number}`,
    printedName,
    roles,
    status: 'active',
    mustChangePassword: false,
    lockedUntil: null,
    publicKeySha256: key.publicKeySha256,
    secondFactor: 'none',
    createdAt: '2026-11-01T08:00:00.000Z',
  };
  const reauthenticate = async () =>
    new SigningAuthority(view, key.publicKey, value(await openSigningKey(key, password, id)));
  return { view, publicKey: key.publicKey, reauthenticate };
}

export const ana = await createSigner(1, 'Ana Ruiz');
export const bo = await createSigner(2, 'Bo Lee');
export const tess = await createSigner(3, 'Tess Berg', ['technician', 'approver']);
export const ines = await createSigner(4, 'Ines Roy', ['technician', 'approver']);

export const request: ApprovalRequest = {
  kind: 'install',
  bundleDigest,
  product: 'org.example.pump',
  scope: { serials: '*', workOrder: null },
  meaning: 'I have reviewed the release and approve its installation.',
  reasonCode: null,
  downgrade: null,
};

export const downgradeRequest: ApprovalRequest = {
  ...request,
  kind: 'downgrade',
  scope: { serials: ['SN-7'], workOrder: null },
  meaning: 'I approve taking this one unit back.',
  downgrade: { fromVersionAtMost: 9, toVersion: 5, reason: 'Version 9 does not fit the customer’s old sensor.' },
};

export function contextOf(change: Partial<ApprovalContext> = {}): ApprovalContext {
  return { policy: policyWith(), importerId: ines.view.id, station: 'north-bench', now, randomBytes, ...change };
}

export async function approve(
  signer: Signer,
  change: Partial<ApprovalRequest> = {},
  context: Partial<ApprovalContext> = {},
): Promise<ApprovalRecord> {
  return value(signApproval(await signer.reauthenticate(), { ...request, ...change }, contextOf(context))).record;
}

export function questionOf(change: Partial<ApprovalQuestion> = {}, ...operators: OperatorView[]): ApprovalQuestion {
  const known = [ana.view, bo.view, tess.view, ines.view, ...operators];
  return {
    kind: 'install',
    bundleDigest,
    product: 'org.example.pump',
    serial: 'SN-7',
    workOrder: 'WO-1',
    imageVersion: 5,
    policy: policyWith(),
    executorIds: [tess.view.id],
    importerId: ines.view.id,
    now,
    withdrawn: new Set(),
    operatorsById: new Map(known.map((operator) => [operator.id, operator])),
    ...change,
  };
}

export function later(hours: number): Date {
  return new Date(now.getTime() + hours * 3_600_000);
}

export type Leaf = string | number | boolean | null;

/** Every leaf of a JSON value: its path and its value. */
export function leavesOf(
  json: JsonValue,
  path: readonly string[] = [],
): readonly { path: readonly string[]; leaf: Leaf }[] {
  if (json === null || typeof json !== 'object') return [{ path, leaf: json }];
  return Object.entries(json).flatMap(([key, inner]: [string, JsonValue]) => leavesOf(inner, [...path, key]));
}
