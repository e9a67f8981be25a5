import type { ApprovalKind, ApprovalScope } from '../../../contract/schema/policy.ts';
import { formatList } from '../../words/format-list.ts';
import { language } from '../../words/language.svelte.ts';
import { say } from '../../words/say.ts';
import { approvalsWords } from './words.ts';

/** What an approval is for, on which units and under which work order, in one line. */
export function sayScope(kind: ApprovalKind, { serials, workOrder }: ApprovalScope): string {
  return say(approvalsWords.signedFor, {
    kind: say(approvalsWords[kind]),
    units: serials === '*' ? say(approvalsWords.everyUnit) : formatList(language(), serials),
    order: workOrder === null ? say(approvalsWords.anyOrder) : say(approvalsWords.order, { order: workOrder }),
  });
}
