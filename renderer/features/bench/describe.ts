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

/** A sentence or two: what happened to this unit, what it means, what comes next. */
export function sentenceOf(card: Card, { state }: Standing, choice: Choice | null, mayExecute: boolean): string {
  const { job, unit } = card;
  if (state === 'needs-you') return job?.attention?.text ?? '';
  if (state === 'interrupted') return say(standingWords.interruptedText);
  if (job !== null) {
    return [say(whatHappened(job)), ...meaningOf(job)].join(' ');
  }
  if (state === 'no-access' && unit?.accessHint != null) return `${say(idleSentences['no-access'])} ${unit.accessHint}`;
  if (state === 'unknown' && unit?.profileNote !== undefined) return unit.profileNote;
  if (Object.hasOwn(idleSentences, state)) return say(idleSentences[state as keyof typeof idleSentences]);
  const text = choice === null ? say(idleSentences.reading) : sentenceOfChoice(choice);
  return state === 'ready' && !mayExecute ? `${text} ${say(choiceSentences.mayNot)}` : text;
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
