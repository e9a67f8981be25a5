const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The big next action of a card: what the arrows go to, and Enter presses. A place without one can still be selected. */
export function nextActionIn(card: Element): HTMLElement | null {
  return (
    card.querySelector<HTMLElement>('[data-next] button') ?? card.querySelector<HTMLElement>('[data-select] input')
  );
}

/** Arrow keys inside the map of cards go to the nearest card in that direction. Returns the function that ends it. */
export function moveBetweenCards(map: HTMLElement): () => void {
  const onKey = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    if (step === undefined || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const cards = [...map.children].filter((card) => nextActionIn(card) !== null);
    const from = cards.find((card) => card.contains(document.activeElement));
    if (from === undefined) return;
    const to = nearest(from, cards, step);
    if (to === undefined) return;
    event.preventDefault();
    nextActionIn(to)?.focus();
  };
  map.addEventListener('keydown', onKey);
  return () => {
    map.removeEventListener('keydown', onKey);
  };
}

function nearest(from: Element, cards: readonly Element[], [x, y]: readonly [number, number]): Element | undefined {
  const at = cards.indexOf(from);
  if (x !== 0) return cards[at + x];
  const start = from.getBoundingClientRect();
  const distance = (card: Element): number => {
    const box = card.getBoundingClientRect();
    return Math.abs(box.top - start.top) * 4 + Math.abs(box.left - start.left);
  };
  return cards
    .filter((card) => (card.getBoundingClientRect().top - start.top) * y > 0)
    .sort((one, other) => distance(one) - distance(other))[0];
}
