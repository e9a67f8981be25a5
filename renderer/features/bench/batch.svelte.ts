import type { Refusal } from '../../../contract/result.ts';
import { announce } from '../../design/announce.svelte.ts';
import { say } from '../../words/say.ts';
import { batchWords } from './batch-words.ts';
import { bench, choiceOf, may, onNextOperator, papersOf, standing, start } from './bench.svelte.ts';
import { unitReadings } from './readings.svelte.ts';
import type { Card } from './cards.ts';
import { nameOfPlace, nameOfUnit, sentenceOf } from './describe.ts';
import { clearSelection, isStartable, selection } from './selection.svelte.ts';
import { versionsOf } from './versions.ts';
import { benchWords } from './words.ts';

/** What will happen to one chosen place; `goes` null: it is left out, and why. */
export interface BatchRow {
  readonly card: Card;
  readonly name: string;
  readonly goes: { readonly change: string; readonly assetTag: string | null } | null;
  readonly why: string;
}

/** What came of a start. */
export interface BatchResult {
  readonly name: string;
  readonly position: string;
  readonly jobId: string | null;
  readonly refusal: Refusal | null;
}

let results = $state.raw<readonly BatchResult[] | null>(null);
let isStarting = $state(false);

export const batch = {
  /** Null until the batch was started. */
  get results(): readonly BatchResult[] | null {
    return results;
  },
  get isStarting(): boolean {
    return isStarting;
  },
};

onNextOperator(() => {
  results = null;
  isStarting = false;
});

/** A new confirmation: what came of the last one is on the cards. */
export function beginBatch(): void {
  if (!isStarting) results = null;
}

/** The plan for what is chosen, as the bench stands now. */
export function planBatch(): readonly BatchRow[] {
  return selection.cards.map((card) => {
    const name = say(benchWords.unitAt, { unit: nameOfUnit(card), place: nameOfPlace(card) });
    return isStartable(card)
      ? { card, name, goes: describeStart(card), why: '' }
      : { card, name, goes: null, why: whyNot(card) };
  });
}

function describeStart(card: Card): BatchRow['goes'] {
  const choice = choiceOf(card);
  const idle = { ...card, job: null };
  const { runs, target } = versionsOf(
    idle,
    unitReadings.all.get(card.position),
    choice,
    bench.stock,
    unitReadings.images,
  );
  const isRecovery = choice?.why === null && choice.kind === 'recovery';
  const after = target ?? say(benchWords.none);
  const change = isRecovery ? say(batchWords.recovery, { after }) : say(batchWords.change, { before: runs, after });
  return { change, assetTag: papersOf(card).assetTag.trim() || null };
}

function whyNot(card: Card): string {
  if (card.job !== null && card.job.endedAt === null) return say(batchWords.hasJob);
  // What its last job came to is not why it gets no new one.
  const idle = { ...card, job: null };
  return sentenceOf(idle, standing(idle), choiceOf(card), may('update.execute'));
}

/** Starts what the plan says, each unit as a job of its own. One that is refused stops no other. */
export async function startBatch(rows: readonly BatchRow[]): Promise<void> {
  if (isStarting) return;
  isStarting = true;
  const going = rows.filter(({ goes }) => goes !== null);
  const answers = await Promise.all(
    going.map(async ({ card, name }): Promise<BatchResult> => {
      const answer = await start(card);
      const base = { name, position: card.position };
      if (answer === null) return { ...base, jobId: null, refusal: null };
      return answer.ok ? { ...base, jobId: answer.value.id, refusal: null } : { ...base, jobId: null, refusal: answer };
    }),
  );
  isStarting = false;
  results = answers;
  clearSelection();
  announce(sayDone(answers));
}

export function sayDone(answers: readonly BatchResult[]): string {
  const started = answers.filter(({ jobId }) => jobId !== null).length;
  return say(batchWords.done, { started, all: answers.length });
}
