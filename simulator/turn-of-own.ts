import { setImmediate as nextTurn } from 'node:timers/promises';

let lastTurn: Promise<void> = Promise.resolve();

/**
 * Resolves in a turn of the event loop that nobody else got here. Real hardware answers one after the other; eight virtual units that share
 * a turn would hold up, with all that their host does with the answers, everybody else of the process for the time of eight.
 */
export function turnOfOwn(): Promise<void> {
  lastTurn = lastTurn.then(() => nextTurn());
  return lastTurn;
}
