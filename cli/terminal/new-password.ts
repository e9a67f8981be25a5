import type { Answers } from './ask.ts';
import { UsageError } from '../usage-error.ts';

/** Asks for a new password twice. What makes a good one is said by the core, which refuses bad ones by name. */
export async function askNewPassword(
  answers: Answers,
  of = 'New password (15 characters or more; 8 beside a second factor)',
): Promise<string> {
  const password = await answers.secret(of);
  const again = await answers.secret('The same again');
  if (password !== again) throw new UsageError('The two passwords differ; nothing was changed.');
  return password;
}
