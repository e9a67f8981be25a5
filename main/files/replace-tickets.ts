import { accept, type Result } from '../../contract/result.ts';
import type { FilePurpose } from '../../contract/window/file-purpose.ts';
import type { FileTickets } from './file-tickets.ts';

export interface ReplacedInput {
  readonly input: unknown;
  /** What now stands in the input and must stand in no answer. */
  readonly paths: readonly string[];
}

/**
 * A copy of an input in which each ticket is replaced by its path. What is no string is left as it is: the operation's own schema
 * refuses it. A string that is no ticket of this purpose is refused with `window.file-unknown`, so that no path of the page's making
 * gets through.
 *
 * @param fields dotted path of the field → what it must have been chosen for; `*` is every element of a list
 */
export function replaceTickets(
  input: unknown,
  fields: Readonly<Record<string, FilePurpose>>,
  tickets: Pick<FileTickets, 'pathOf'>,
): Result<ReplacedInput> {
  const paths: string[] = [];
  let replaced = input;
  for (const [field, purpose] of Object.entries(fields)) {
    const result = replaceAt(replaced, field.split('.'), (value) => {
      const path = tickets.pathOf(value, purpose);
      if (path.ok) paths.push(path.value);
      return path;
    });
    if (!result.ok) return result;
    replaced = result.value;
  }
  return accept({ input: replaced, paths });
}

type Replace = (value: string) => Result<string>;

function replaceAt(value: unknown, [step, ...rest]: readonly string[], replace: Replace): Result<unknown> {
  if (step === undefined) return typeof value === 'string' ? replace(value) : accept(value);
  if (step === '*') return Array.isArray(value) ? replaceInList(value, rest, replace) : accept(value);
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return accept(value);
  const inner = replaceAt((value as Record<string, unknown>)[step], rest, replace);
  return inner.ok ? accept({ ...value, [step]: inner.value }) : inner;
}

function replaceInList(list: readonly unknown[], rest: readonly string[], replace: Replace): Result<unknown> {
  const replaced: unknown[] = [];
  for (const element of list) {
    const result = replaceAt(element, rest, replace);
    if (!result.ok) return result;
    replaced.push(result.value);
  }
  return accept(replaced);
}
