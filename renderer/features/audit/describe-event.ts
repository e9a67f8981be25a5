import type { AuditEvent } from '../../../contract/schema/audit.ts';
import type { JobState } from '../../../contract/schema/update-job.ts';
import { jobStateWords } from '../../station/job-mark.ts';
import { say } from '../../words/say.ts';
import { eventWords } from './event-words.ts';
import { subjectOf } from './event-subject.ts';
import { orderEndWords } from './order-end-words.ts';
import { auditWords } from './words.ts';

/** Who did it, as the log names them. */
export function actorOf({ actor }: AuditEvent): string {
  return actor.kind === 'station' ? say(auditWords.station) : actor.username;
}

/** An event in one sentence of the window's language. */
export function describeEvent(event: AuditEvent): string {
  const sentence = say(eventWords[event.type], {
    who: actorOf(event),
    what: subjectIn(event) ?? say(auditWords.nothing),
  });
  if (event.type === 'update.moved') {
    const state = event.data['to'];
    return isJobState(state) ? say(auditWords.moved, { sentence, state: say(jobStateWords[state]) }) : sentence;
  }
  // These say in their own words what was refused.
  const saysNo =
    event.type === 'operation.refused' || event.type === 'order.unit-withheld' || event.type === 'order.closed';
  return event.outcome === 'done' || saysNo ? sentence : say(auditWords.tried, { sentence });
}

function subjectIn(event: AuditEvent): string | null {
  const { end } = event.data;
  const isEnd = event.type === 'order.closed' && typeof end === 'string' && Object.hasOwn(orderEndWords, end);
  return isEnd ? say(orderEndWords[end as keyof typeof orderEndWords]) : subjectOf(event);
}

function isJobState(value: unknown): value is JobState {
  return typeof value === 'string' && Object.hasOwn(jobStateWords, value);
}
