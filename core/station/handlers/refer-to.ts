import type { OperatorRef } from '../../../contract/schema/update-job.ts';
import type { Caller } from '../dispatch.ts';

/** The operator as jobs and orders name him. */
export function referTo({ operator }: Caller): OperatorRef {
  const { id, username, printedName } = operator;
  return { id, username, printedName };
}
