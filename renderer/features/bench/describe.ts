import { say } from '../../words/say.ts';
import { jobStateWords } from '../../station/job-mark.ts';
import type { Card } from './cards.ts';
import type { Choice } from './choose-bundle.ts';
import { meaningOf } from './job-outcome.ts';
import type { Standing } from './standing.ts';
import { choiceSentences, idleSentences, idleWords, standingWords } from './standing-words.ts';
import { whatHappened } from './what-happened.ts';
import { benchWords } from './words.ts';

/** The name of a place as people call it. */
export function nameOfPlace({ position, place }: Pick<Card, 'position' | 'place'>): string {
  return place === null ? say(benchWords.port, { position }) : place.name;
}

export function nameOfUnit({ unit, job }: Card): string {
  const serial = unit === null ? job?.serial : unit.serial;
  if (serial != null) return serial;
  return say(unit === null ? benchWords.noUnit : benchWords.noSerialWord);
}

/** The state's word. */
export function wordOf({ state }: Standing): string {
  if (state === 'needs-you') return say(standingWords.needsYou);
  if (state === 'interrupted') return say(standingWords.interrupted);
  return state in jobStateWords && !(state in idleWords)
    ? say(jobStateWords[state as keyof typeof jobStateWords])
    : say(idleWords[state as keyof typeof idleWords]);
}

const countedEnds = ['confirmed', 'reverted', 'failed', 'refused'] as const;

/** How the bench stands as a whole, and how the jobs that it shows ended. Nothing where there is no card, which is said by itself. */
export function describeBench(all: readonly { readonly card: Card; readonly now: Standing }[]): string {
  if (all.length === 0) return '';
  const units = all.filter(({ card: { unit, job } }) => unit !== null || job?.endedAt === null).length;
  const working = all.filter(({ now }) => now.mark === 'working').length;
  const needs = all.filter(({ now }) => now.mark === 'needs-you' || now.mark === 'indeterminate').length;
  return [
    say(benchWords.units, { count: units }),
    say(benchWords.working, { count: working }),
    say(benchWords.needYou, { count: needs }),
    ...countedEnds.flatMap((end) => {
      const count = all.filter(({ now }) => now.state === end).length;
      return count === 0 ? [] : [say(benchWords[end], { count })];
    }),
  ].join(' · ');
}

/** What happened to a unit, and what that means and what comes next, which may be nothing. */
export interface Sentences {
  readonly happened: string;
  readonly next: string;
}

export function sentencesOf(card: Card, now: Standing, choice: Choice | null, mayExecute: boolean): Sentences {
  const { job, unit } = card;
  const { state } = now;
  if (state === 'needs-you') return { happened: job?.attention?.text ?? '', next: '' };
  if (state === 'interrupted') return { happened: say(standingWords.interruptedText), next: '' };
  if (job !== null) return { happened: say(whatHappened(job)), next: meaningOf(job) };
  if (state === 'no-access') return { happened: say(idleSentences['no-access']), next: unit?.accessHint ?? '' };
  if (state === 'unknown' && unit?.profileNote !== undefined) return { happened: '', next: unit.profileNote };
  if (Object.hasOwn(idleSentences, state))
    return { happened: say(idleSentences[state as keyof typeof idleSentences]), next: '' };
  const happened = choice === null ? say(idleSentences.reading) : sentenceOfChoice(choice);
  return { happened, next: state === 'ready' && !mayExecute ? say(choiceSentences.mayNot) : '' };
}

/** The same in one text. */
export function sentenceOf(card: Card, now: Standing, choice: Choice | null, mayExecute: boolean): string {
  const { happened, next } = sentencesOf(card, now, choice, mayExecute);
  return [happened, next].filter((text) => text !== '').join(' ');
}

function sentenceOfChoice(choice: Choice): string {
  if (choice.why === 'unanswered' || choice.why === 'no-bundle' || choice.why === 'other-hardware')
    return say(idleSentences[choice.why]);
  const release = choice.bundle.manifest.release.name;
  const product = choice.bundle.manifest.product.name;
  switch (choice.why) {
    case null:
      return say(choice.kind === 'recovery' ? choiceSentences.recovery : choiceSentences.ready, { product, release });
    case 'nothing-newer':
      return say(choiceSentences.newest, { release });
    case 'expired':
      return say(choiceSentences.expired, { release });
    case 'no-policy':
      return say(choiceSentences.noPolicy, { release });
    case 'other-work-order':
      return say(choiceSentences.otherWorkOrder, { release, workOrder: choice.workOrder });
    case 'approval-ended':
      return say(choiceSentences.approvalEnded, { release, given: choice.given, required: choice.required });
    case 'unapproved':
      return say(choiceSentences.unapproved, { release, given: choice.given, required: choice.required });
  }
}
