import { refuse, type Refusal } from '../../contract/result.ts';

/** What an import is refused with whose signal was aborted. */
export function refuseCancelled(): Refusal {
  return refuse('bundle.import-cancelled', 'The import was cancelled before it was complete.');
}
