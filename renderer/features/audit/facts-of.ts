import type { AuditEvent } from '../../../contract/schema/audit.ts';

export interface Fact {
  readonly key: string;
  readonly text: string;
}

/** What an event was done to and what it tells, as names and values; what has a shape of its own stands as JSON. */
export function factsOf({ subject, data }: AuditEvent): readonly Fact[] {
  const facts = [...Object.entries(subject), ...Object.entries(data)].filter(([, value]) => value !== null);
  return facts.map(([key, value]) => ({ key, text: textOf(value) }));
}

function textOf(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (Array.isArray(value) && value.every((one) => typeof one === 'string' || typeof one === 'number')) {
    return value.map(String).join(', ');
  }
  return JSON.stringify(value);
}
