import type { MessageBoxOptions } from 'electron';
import { namePlace } from '../../contract/plain/name-place.ts';
import type { UpdateJobView } from '../../contract/schema/update-job.ts';
import type { ShellWords } from '../words/shell-words.ts';

/** Asks, and answers with the number of the button. */
export type ShowMessageBox = (options: MessageBoxOptions) => Promise<number>;

const KEEP_WORKING = 0;
const CLOSE = 1;
const naturally = new Intl.Collator('en', { numeric: true });

/** True where the window may close: nothing is under way, or a person has read where and what becomes of it. */
export async function mayClose(
  jobs: readonly UpdateJobView[],
  { close }: ShellWords,
  show: ShowMessageBox,
): Promise<boolean> {
  if (jobs.length === 0) return true;
  const answer = await show({
    type: 'warning',
    title: close.title,
    message: close.message(jobs.length),
    // No serial: the window may be locked.
    detail: close.detail(jobs.map(({ position, place }) => namePlace(position, place)).sort(naturally.compare)),
    buttons: [close.keepWorking, close.closeAll],
    defaultId: KEEP_WORKING,
    cancelId: KEEP_WORKING,
    noLink: true,
  });
  return answer === CLOSE;
}
