import { accept, refuse, type Result } from '../../../contract/result.ts';
import type { ScannedElement } from '../../../contract/schema/scan.ts';
import { checkElement } from './check-element.ts';
import { findElement, type ElementDefinition, type ElementTable } from './element-table.ts';

/** FNC1 as a reader sends it. */
export const separator = '\x1d';

interface Raw {
  readonly definition: ElementDefinition;
  readonly value: string;
}

/**
 * Element strings as a symbol carries them (GS1 General Specifications §7.8): identifier and value without brackets, values
 * of no predefined length ended by FNC1. A separator that is not needed is borne. Refuses with a code of `scan.…`.
 */
export function readJoinedElements(text: string, table: ElementTable, thisYear: number): Result<ScannedElement[]> {
  const raw: Raw[] = [];
  let at = text.startsWith(separator) ? 1 : 0;
  while (at < text.length) {
    const definition = findElement(table, text, at);
    if (definition === null) return refuseIdentifier();
    const from = at + definition.ai.length;
    const end = text.indexOf(separator, from);
    const last = end === -1 ? text.length : end;
    const to = definition.predefinedLen === null ? last : Math.min(from + definition.predefinedLen, last);
    raw.push({ definition, value: text.slice(from, to) });
    at = text.charAt(to) === separator ? to + 1 : to;
  }
  return checkAll(raw, thisYear);
}

/** Element strings as they are printed beneath a symbol: `(01)09501101530003(10)AB-123`; `\(` is a bracket of the value. */
export function readBracketedElements(text: string, table: ElementTable, thisYear: number): Result<ScannedElement[]> {
  const raw: Raw[] = [];
  let at = 0;
  while (at < text.length) {
    const [head, ai = ''] = /^\((\d{2,4})\)/.exec(text.slice(at, at + 6)) ?? [];
    const definition = table.get(ai);
    if (head === undefined || definition === undefined) return refuseIdentifier();
    at += head.length;
    let value = '';
    while (at < text.length && text.charAt(at) !== '(') {
      if (text.startsWith('\\(', at)) at += 1;
      value += text.charAt(at);
      at += 1;
    }
    raw.push({ definition, value });
  }
  return checkAll(raw, thisYear);
}

/** The elements as one line for people; a bracket of a value is marked so that the line reads back as what it was. */
export function writeBracketed(elements: readonly ScannedElement[]): string {
  return elements.map(({ ai, value }) => `(${ai})${value.replaceAll('(', '\\(')}`).join('');
}

function checkAll(raw: readonly Raw[], thisYear: number): Result<ScannedElement[]> {
  if (raw.length === 0) return refuseIdentifier();
  const seen = new Map<string, string>();
  for (const { definition, value } of raw) {
    const checked = checkElement(definition, value, thisYear);
    if (!checked.ok) return checked;
    const before = seen.get(definition.ai);
    if (before !== undefined && before !== value) {
      const reason = `The code states (${definition.ai}) ${definition.title} twice, and not alike. Nothing was taken from it; type what the label says.`;
      return refuse('scan.contradictory', reason, { ai: definition.ai });
    }
    seen.set(definition.ai, value);
  }
  return accept(raw.map(({ definition: { ai, title }, value }) => ({ ai, title, value })));
}

function refuseIdentifier(): Result<never> {
  const reason =
    'The code is no GS1 code that Drydock can read: where an application identifier must stand there is none that GS1 has given out. Nothing was taken from it; scan it again, or type what the label says.';
  return refuse('scan.element-invalid', reason);
}
