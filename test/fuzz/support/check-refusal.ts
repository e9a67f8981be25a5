import assert from 'node:assert/strict';
import { errorCodes } from '../../../contract/error-code.ts';

interface Verdict {
  readonly ok: boolean;
  readonly code?: string;
  readonly reason?: string;
}

/** A refusal has a code of the contract and one bounded sentence for a person. */
export function checkRefusal(verdict: Verdict): void {
  if (verdict.ok) return;
  assert.ok(
    verdict.code !== undefined && verdict.code in errorCodes,
    `the code ${verdict.code ?? ''} is not in the contract`,
  );
  assert.match(verdict.reason ?? '', /^.{10,}[.?!]$/s);
  assert.ok((verdict.reason ?? '').length < 20_000, 'the reason is as long as a file');
}
