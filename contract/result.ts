import type { ErrorCode } from './error-code.ts';

/** Facts that belong to a refusal: numbers, names and digests, never secrets. */
export type RefusalDetail = Readonly<Record<string, string | number | boolean | null>>;

/** An expected "no": the check that failed (`code`) and one plain sentence for a person (`reason`). */
export interface Refusal {
  readonly ok: false;
  readonly code: ErrorCode;
  readonly reason: string;
  readonly detail?: RefusalDetail;
}

export interface Accepted<T> {
  readonly ok: true;
  readonly value: T;
}

/** Expected refusals are values; exceptions are for bugs and I/O. */
export type Result<T> = Accepted<T> | Refusal;

export function accept<T>(value: T): Accepted<T> {
  return { ok: true, value };
}

export function refuse(code: ErrorCode, reason: string, detail?: RefusalDetail): Refusal {
  return detail === undefined ? { ok: false, code, reason } : { ok: false, code, reason, detail };
}

/** Carries a refusal through code that can only unwind by throwing: a stream, or the body of a transaction. */
export class RefusalError extends Error {
  override readonly name = 'RefusalError';
  readonly refusal: Refusal;

  constructor(refusal: Refusal, options?: ErrorOptions) {
    super(`${refusal.code}: ${refusal.reason}`, options);
    this.refusal = refusal;
  }
}
