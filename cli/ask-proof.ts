import type { OperatorView } from '../contract/schema/session.ts';
import type { CommandRun } from './command-run.ts';

export const codeQuestion = 'Code from your authenticator app, or a recovery code';

/** Asks whoever is logged in for the password again, and for a code where a second factor is enrolled. */
export async function askProof(run: CommandRun): Promise<{ password: string; code: string | null }> {
  const { operator } = await run.call('session.current', {});
  const password = await run.answers.secret(`Password of ${operator.username}`);
  return { password, code: await askCode(run, operator) };
}

/** Null where the operator has no second factor. */
export async function askCode(run: CommandRun, operator: OperatorView): Promise<string | null> {
  return operator.secondFactor === 'enrolled' ? run.answers.secret(codeQuestion) : null;
}
