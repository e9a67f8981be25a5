import { announce } from '../../design/announce.svelte.ts';
import { say } from '../../words/say.ts';
import type { Card } from './cards.ts';
import { nameOfPlace, nameOfUnit, wordOf } from './describe.ts';
import type { Standing } from './standing.ts';
import { benchWords } from './words.ts';

/** Tells those who do not see the cards when a job ends or a place needs a person. Returns what is called with how all stand, at each change. */
export function tellEnds(): (standings: readonly { readonly card: Card; readonly now: Standing }[]) => void {
  const told: Record<string, string> = {};
  return (standings) => {
    for (const { card, now } of standings) {
      const before = told[card.position];
      told[card.position] = now.state;
      const isNews =
        before !== undefined && before !== now.state && (card.job?.endedAt != null || now.mark === 'needs-you');
      if (isNews)
        announce(say(benchWords.nowAt, { unit: nameOfUnit(card), place: nameOfPlace(card), state: wordOf(now) }));
    }
  };
}
