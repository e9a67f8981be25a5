import type { ErrorCode } from '../../../contract/error-code.ts';
import type { Words } from '../words.ts';

/** What a refusal means, beside the reason that the station gives: a title, which stands as a sentence too, and what to do. */
export interface RefusalWords {
  readonly title: Words;
  readonly next: Words;
}

/** The words of each code of a room: a code without words is an error of types. */
export type RefusalTable<Code extends ErrorCode = ErrorCode> = Readonly<Record<Code, RefusalWords>>;
