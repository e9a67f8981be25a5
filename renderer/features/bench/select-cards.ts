/** What a hand on the map of cards asks for. */
export interface SelectActions {
  readonly toggle: (position: string) => void;
  readonly selectTo: (position: string) => void;
  readonly selectAll: () => void;
}

/**
 * Chooses several cards: Space on a card, Ctrl A outside of fields, and clicks with Shift or Ctrl. Space on the big next action chooses as well and
 * does not press it: Enter does. Returns the function that ends it.
 */
export function selectCards(map: HTMLElement, { toggle, selectTo, selectAll }: SelectActions): () => void {
  const positionOf = ({ target }: Event): string | null => {
    const card = target instanceof Element ? target.closest('[data-position]') : null;
    return card?.getAttribute('data-position') ?? null;
  };
  const onSpace = (event: KeyboardEvent): void => {
    // A scanner's burst has been taken already.
    if (event.key !== ' ' || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    const position = positionOf(event);
    const isNext = event.target instanceof Element && event.target.closest('[data-next]') !== null;
    if (position === null || !isNext) return;
    event.preventDefault();
    if (event.repeat) return;
    if (event.shiftKey) selectTo(position);
    else toggle(position);
  };
  const onAll = (event: KeyboardEvent): void => {
    const isAll = event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey);
    if (!isAll || event.defaultPrevented || event.shiftKey || event.altKey || isTyping(event.target)) return;
    event.preventDefault();
    selectAll();
  };
  const onClick = (event: MouseEvent): void => {
    const position = positionOf(event);
    if (position === null || !(event.shiftKey || event.ctrlKey || event.metaKey)) return;
    // Neither a button nor a text selection is meant.
    event.preventDefault();
    event.stopPropagation();
    if (event.shiftKey) selectTo(position);
    else toggle(position);
  };
  /** The browser would mark all text between two clicks. */
  const onPress = (event: MouseEvent): void => {
    if (event.shiftKey && positionOf(event) !== null) event.preventDefault();
  };
  map.addEventListener('mousedown', onPress);
  map.addEventListener('keydown', onSpace);
  map.addEventListener('click', onClick, { capture: true });
  document.addEventListener('keydown', onAll);
  return () => {
    map.removeEventListener('mousedown', onPress);
    map.removeEventListener('keydown', onSpace);
    map.removeEventListener('click', onClick, { capture: true });
    document.removeEventListener('keydown', onAll);
  };
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('input:not([type="checkbox"]), textarea, select');
}
