import { onNextOperator } from '../../app/next-operator.ts';
import { say } from '../../words/say.ts';
import { trustWords } from './words.ts';

let of = '';

/** What was typed to the proposal that is reviewed; stays while the drawer is closed. */
export const review = $state({ meaning: '', reason: '' });

/** Begins anew where another proposal is opened. */
export function beginReview(sha256: string): void {
  if (of === sha256) return;
  of = sha256;
  Object.assign(review, { meaning: say(trustWords.meaningUsual), reason: '' });
}

export function endReview(): void {
  of = '';
}

onNextOperator(endReview);
