import type { ErrorCode } from '../../../contract/error-code.ts';
import { accept, refuse, RefusalError, type Refusal, type Result } from '../../../contract/result.ts';
import { DerError } from './read-der.ts';

/**
 * The one place where a reader's `DerError` (or the refusal it names itself) becomes a value: `code` and a sentence that begins
 * with `what`. Anything else that is thrown is a bug and goes on.
 */
export function readStrictly<T>(code: ErrorCode, what: string, read: () => T): Result<T> {
  try {
    return accept(read());
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal;
    if (error instanceof DerError) return refuse(code, `${what} cannot be read: ${error.message}.`);
    throw error;
  }
}

/** The value, or the refusal thrown up to the nearest `readStrictly` or `catchRefusal`. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new RefusalError(result);
}

/** Runs checks that unwind by throwing a `RefusalError` and hands the refusal back as a value. */
export function catchRefusal<T>(work: () => T): T | Refusal {
  try {
    return work();
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal;
    throw error;
  }
}
