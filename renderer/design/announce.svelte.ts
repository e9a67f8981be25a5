import { untrack } from 'svelte';

let spoken = $state('');

/** What the live region says. */
export function announcement(): string {
  return spoken;
}

/** Tells something to those who do not see it: a unit that arrived, a job that ended, a thing that was copied. */
export function announce(text: string): void {
  // The same text twice is told twice: a region tells only what changes. Who tells it from an effect is not told anew by it.
  spoken = untrack(() => spoken) === text ? `${text}\u00a0` : text;
}

/** Forgets what was told: whoever locks the window, or leaves it, leaves no unit's name behind in it. */
export function fallSilent(): void {
  spoken = '';
}
