import type { Result } from '../../contract/result.ts';

/** A refusal ends a benchmark: what it would measure did not happen. */
export function expectOk<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.code}: ${result.reason}`);
  return result.value;
}
