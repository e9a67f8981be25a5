import type { ErrorCode } from '../../../contract/error-code.ts';
import type { windowErrors } from '../../../contract/error-code/window.ts';
import type { Words } from '../words.ts';

/** What a refusal means, beside the reason that the station gives: a title, and what to do where there is something to do. */
export interface RefusalWords {
  readonly title: Words;
  readonly next?: Words;
}

export type RefusalTable = Readonly<Partial<Record<ErrorCode | keyof typeof windowErrors, RefusalWords>>>;
