import type { UpdateJobView } from '../../../contract/schema/update-job.ts';
import type { Words } from '../../words/words.ts';
import { jobSentences, standingWords } from './standing-words.ts';

/** What happened, or happens, to the unit of a job, and what it runs as far as that is known. */
export function whatHappened({ kind, state, code }: Pick<UpdateJobView, 'kind' | 'state' | 'code'>): Words {
  // The one failure after which a unit does not run what it ran before.
  if (state === 'failed' && code === 'update.kept-unproven') return standingWords.keptUnproven;
  if (kind !== 'recovery') return jobSentences[state];
  // A unit that is recovered had no firmware that ran.
  if (state === 'failed') return standingWords.recoveryFailed;
  return state === 'refused' || state === 'cancelled' ? standingWords.nothingWritten : jobSentences[state];
}
