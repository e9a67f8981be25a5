import type { UpdateWindow, Weekday } from '../../../contract/schema/policy.ts';
import { formatList } from '../../words/format-list.ts';
import { localeOf } from '../../words/fill.ts';
import { language } from '../../words/language.svelte.ts';
import { say } from '../../words/say.ts';
import { ruleWords } from './rule-words.ts';

const week: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
/** A Monday. */
const monday = Date.UTC(2024, 0, 1);

/** `Mon, Tue 22:00–04:30 UTC`: days in the order of the week, three or more in a row as `Mon–Fri`. */
export function sayWindow({ days, from, to }: UpdateWindow): string {
  const format = new Intl.DateTimeFormat(localeOf[language()], { weekday: 'short', timeZone: 'UTC' });
  const name = (day: number): string => format.format(monday + day * 24 * 3600 * 1000);
  const parts = runsOf(days).flatMap(([first, last]) => {
    if (last === first) return [name(first)];
    if (last === first + 1) return [name(first), name(last)];
    return [say(ruleWords.days, { first: name(first), last: name(last) })];
  });
  return say(ruleWords.window, { days: formatList(language(), parts), from, to });
}

/** First and last number of each run of days that follow one another. */
function runsOf(days: readonly Weekday[]): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (const [number, day] of week.entries()) {
    if (!days.includes(day)) continue;
    const run = runs.at(-1);
    if (run?.[1] === number - 1) run[1] = number;
    else runs.push([number, number]);
  }
  return runs;
}
