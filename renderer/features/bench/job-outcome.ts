import type { UpdateJobView } from '../../../contract/schema/update-job.ts';
import { refusalWords } from '../../words/refusals/refusals.ts';
import { say } from '../../words/say.ts';
import { jobWords } from './job-words.ts';

/** What the job's code means, and what to do; nothing while the job goes on by itself. */
export function meaningOf({ code, endedAt, state }: Pick<UpdateJobView, 'code' | 'endedAt' | 'state'>): string {
  const isOver = endedAt !== null || state === 'indeterminate';
  const words = code === null || !isOver ? undefined : refusalWords(code);
  if (words === undefined) return '';
  return say(jobWords.outcome, { what: say(words.title), next: say(words.next) });
}
