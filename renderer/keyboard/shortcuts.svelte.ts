import { isBareCharacter, matches, type Keys } from './keys.ts';

export interface Shortcut {
  readonly keys: Keys;
  /** What it does, as the help says it. */
  readonly label: () => string;
  readonly run: () => void;
}

interface Entry extends Shortcut {
  readonly layer: number;
}

/** A Mac has ⌘ where others have Ctrl. */
export const isMac = navigator.userAgent.includes('Mac OS X');

/**
 * What stands now. Kept outside of Svelte's state, which shows the end of an effect the values from before the change that ended it: one
 * that left would take along those that came in the same moment.
 */
let standing: readonly Entry[] = [];
let openLayers = 0;
let entries = $state.raw<readonly Entry[]>([]);
let layer = $state(0);
const switchName = 'drydock.bare-characters';
let bareCharacters = $state(window.localStorage.getItem(switchName) !== 'off');

/** By this a dialogue tells what stands in it to which layer its keys belong (Svelte's context). */
export const layerContext = Symbol('layer of keys');

/**
 * Makes keys work until the returned function is called. A dialogue's keys hide those of what is below it, also of what only appears there while
 * the dialogue is open.
 * @param at the layer of whoever adds them: 0 outside of dialogues
 */
export function addShortcut(shortcut: Shortcut, at = 0): () => void {
  const entry: Entry = { ...shortcut, layer: at };
  standing = [...standing, entry];
  entries = standing;
  return () => {
    standing = standing.filter((other) => other !== entry);
    entries = standing;
  };
}

/** Opens a layer: from now on only the shortcuts of that layer work. */
export function openLayer(): { readonly number: number; readonly close: () => void } {
  openLayers += 1;
  layer = openLayers;
  return {
    number: openLayers,
    close: () => {
      openLayers -= 1;
      layer = openLayers;
    },
  };
}

/** The shortcuts that work now, as the help shows them; of two with the same keys the newer counts. */
export function workingShortcuts(): readonly Shortcut[] {
  const top = entries.filter((entry) => entry.layer === layer);
  return top.filter((entry, at) => top.findLastIndex(({ keys }) => keys === entry.keys) === at);
}

/** Whether a bare character such as ? is a shortcut (WCAG 2.2, 2.1.4 asks for a switch). Kept by the machine. */
export const bareCharacterSwitch = {
  get on(): boolean {
    return bareCharacters;
  },
  set on(value: boolean) {
    bareCharacters = value;
    window.localStorage.setItem(switchName, value ? 'on' : 'off');
  },
};

/** A scanner that types the same character goes on within this time. */
const loneCharacterMs = 60;
let waiting: ReturnType<typeof setTimeout> | undefined;

/** Runs the shortcut of a key press, where there is one. A bare character waits for a moment: it may begin a scan. */
export function runShortcut(event: KeyboardEvent): void {
  clearTimeout(waiting);
  if (event.defaultPrevented || event.isComposing || event.repeat) return;
  const shortcut = workingShortcuts().find(({ keys }) => matches(keys, event, isMac));
  if (shortcut === undefined) return;
  if (isBareCharacter(shortcut.keys)) {
    if (bareCharacters && !isTyping(event.target)) waiting = setTimeout(shortcut.run, loneCharacterMs);
    return;
  }
  event.preventDefault();
  shortcut.run();
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
}
