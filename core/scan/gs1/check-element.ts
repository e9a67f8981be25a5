import { accept, refuse, type Result } from '../../../contract/result.ts';
import { calendarDay } from '../calendar-day.ts';
import { fitsCheckDigit } from '../check-digit.ts';
import { readElementDate } from './element-date.ts';
import type { Component, ElementDefinition } from './element-table.ts';

const characterSets: Readonly<Record<Component['characters'], RegExp>> = {
  N: /^\d*$/,
  /** GS1 General Specifications figure 7.11-1. */
  X: /^[!"%-?A-Z_a-z]*$/,
  /** Figure 7.11-2. */
  Y: /^[#\-/0-9A-Z]*$/,
  /** Figure 7.11-3: base64url with padding. */
  Z: /^[A-Za-z0-9_-]*={0,2}$/,
};

/**
 * A value has the parts that its identifier asks for. Values are not quoted in refusals: what was scanned into the wrong
 * field may be a secret. Refuses with `scan.element-invalid`, `scan.check-digit-wrong` or `scan.date-invalid`.
 */
export function checkElement(definition: ElementDefinition, value: string, thisYear: number): Result<void> {
  let at = 0;
  for (const component of definition.components) {
    if (component.optional && at === value.length) break;
    const part = value.slice(at, at + component.maxLen);
    if (part.length < component.minLen) return refuseElement(definition, 'is too short');
    if (!characterSets[component.characters].test(part)) return refuseElement(definition, 'holds other characters');
    const ruled = checkRules(definition, component, part, thisYear);
    if (!ruled.ok) return ruled;
    at += part.length;
  }
  return at < value.length ? refuseElement(definition, 'is too long') : accept(undefined);
}

function checkRules(definition: ElementDefinition, component: Component, part: string, thisYear: number): Result<void> {
  const name = nameOf(definition);
  for (const rule of component.rules) {
    if (rule === 'csum' && !fitsCheckDigit(part)) {
      const reason = `The check digit of ${name} does not fit: the code was misread or is misprinted. Nothing was taken from it; scan it again.`;
      return refuse('scan.check-digit-wrong', reason, { ai: definition.ai });
    }
    if (!isDayOfRule(rule, part, thisYear)) {
      const reason = `${name} of the code is not a day of the calendar. Nothing was taken from it; scan it again, or type what the label says.`;
      return refuse('scan.date-invalid', reason, { ai: definition.ai });
    }
  }
  return accept(undefined);
}

function isDayOfRule(rule: string, part: string, thisYear: number): boolean {
  if (rule === 'yymmd0') return readElementDate(part, thisYear) !== null;
  if (rule === 'yymmdd') return !part.endsWith('00') && readElementDate(part, thisYear) !== null;
  if (rule !== 'yyyymmdd') return true;
  return calendarDay(Number(part.slice(0, 4)), Number(part.slice(4, 6)), Number(part.slice(6))) !== null;
}

function refuseElement(definition: ElementDefinition, what: string): Result<never> {
  const reason = `The value of ${nameOf(definition)} ${what}: the code was misread or is misprinted. Nothing was taken from it; scan it again.`;
  return refuse('scan.element-invalid', reason, { ai: definition.ai });
}

function nameOf({ ai, title }: ElementDefinition): string {
  return title === '' ? `(${ai})` : `(${ai}) ${title}`;
}
