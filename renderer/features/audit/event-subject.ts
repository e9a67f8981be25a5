import type { AuditEvent } from '../../../contract/schema/audit.ts';
import { formatList } from '../../words/format-list.ts';
import { language } from '../../words/language.svelte.ts';

/** Facts of an event's data that name what it is about, by type; the first that is there counts. */
const named: Readonly<Partial<Record<AuditEvent['type'], readonly string[]>>> = {
  'station.initialised': ['name'],
  'station.changed': ['setting'],
  'operator.created': ['username'],
  'operator.factor-rule-changed': ['after'],
  'session.login': ['username'],
  'trust.anchor-pinned': ['label', 'subject'],
  'trust.image-key-pinned': ['label', 'keySha256'],
  'trust.anchor-removed': ['subject'],
  'trust.image-key-removed': ['label', 'keySha256'],
  'trust.crl-imported': ['issuer'],
  'trust.time-floor-raised': ['to'],
  'trust.clock-accepted': ['reason'],
  'policy.installed': ['product'],
  'bundle.imported': ['release', 'file'],
  'device.clone-seen': ['position'],
  'order.opened': ['positions'],
  'order.closed': ['end'],
  'order.unit-withheld': ['position'],
  'report.exported': ['report'],
  'audit.verified': ['size'],
  'audit.checkpoint-exported': ['size'],
  'audit.key-confirmed': ['name'],
  'audit.key-removed': ['name'],
  'audit.cosigned': ['log'],
  'audit.cosignature-kept': ['witness'],
  'operation.refused': ['operation'],
};

/** As many digits of an identifier as tell it from another one; the whole stands in the event. */
const shownDigits = 8;

/** What an event was done to, as short as a person names it; null where the event names nothing. */
export function subjectOf(event: AuditEvent): string | null {
  for (const key of named[event.type] ?? []) {
    const value = event.data[key];
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    if (Array.isArray(value)) return formatList(language(), value.map(String));
  }
  const { unit, approval, job, bundle, operator } = event.subject;
  const username = event.data['username'];
  if (unit !== undefined) return unit;
  if (typeof username === 'string') return username;
  const id = approval ?? job ?? bundle;
  if (id !== undefined) return id.slice(0, shownDigits);
  if (event.actor.kind === 'operator' && event.actor.id === operator) return event.actor.username;
  return operator?.slice(0, shownDigits) ?? null;
}
