import type { Result } from '../../contract/result.ts';
import type { AskPerson } from './update-target.ts';

/** Waits for what a person at the bench is asked to do, and takes the request back when the wait is over, however it ended. */
export async function whileAsking(
  ask: AskPerson,
  text: string,
  wait: () => Promise<Result<void>>,
): Promise<Result<void>> {
  const takeBack = ask('power-cycle', text);
  try {
    return await wait();
  } finally {
    takeBack();
  }
}
