import type { AuditEvent } from '../../contract/schema/audit.ts';

const words: Readonly<Partial<Record<AuditEvent['type'], string>>> = {
  'station.initialised': 'Station set up',
  'operator.created': 'Operator created',
  'operator.password-changed': 'Password and key set',
  'policy.installed': 'Policy installed',
  'bundle.imported': 'Bundle imported',
  'approval.signed': 'Approval signed',
  'update.checked': 'Checked',
  'order.unit-started': 'Started by a standing order',
  'device.clone-seen': 'Same serial at another position',
};

/** An event in a few words: the job's move, or what was done. */
export function describeEvent({ type, data }: AuditEvent): string {
  if (type !== 'update.moved') return words[type] ?? type;
  const { from, to } = data;
  if (typeof to !== 'string') return 'Moved';
  if (typeof from !== 'string') return 'Job opened';
  return from === to ? `Facts recorded while ${to}` : `${from} → ${to}`;
}

/** Who did it. */
export function describeActor({ actor }: AuditEvent): string {
  return actor.kind === 'station' ? 'station' : actor.username;
}

/** Events by which a job is folded. */
export function isJobEvent({ type }: AuditEvent): boolean {
  return type === 'update.moved' || type === 'update.checked';
}
