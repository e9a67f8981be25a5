import type { Component } from 'svelte';

type Loading<P extends Record<string, unknown>> = () => Promise<{ readonly default: Component<P> }>;

const parts: LatePart[] = [];

/** A part of the window that is not needed for its first screen: fetched when it is shown, or before, in the first quiet moments. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export class LatePart<P extends Record<string, unknown> = any> {
  component = $state.raw<Component<P> | null>(null);
  /** Its file is missing or damaged: the browser does not try again before the window is opened anew. */
  isMissing = $state(false);
  #loading: Promise<void> | null = null;
  readonly #load: Loading<P>;

  constructor(load: Loading<P>) {
    this.#load = load;
    parts.push(this);
  }

  fetch(): Promise<void> {
    return (this.#loading ??= this.#load().then(
      (file) => void (this.component = file.default),
      () => void (this.isMissing = true),
    ));
  }
}

/** One after the other, each when the window has nothing else to do, so that places open at once later. */
export async function fetchPartsWhenQuiet(): Promise<void> {
  for (const part of parts) {
    await new Promise((quiet) => requestIdleCallback(quiet));
    await part.fetch();
  }
}
