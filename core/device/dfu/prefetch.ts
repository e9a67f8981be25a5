/**
 * Hands out what a source gives and asks it for the next item at once, so that a disk is read while the unit works on a block.
 * One item is held at most. What the source throws is thrown when its turn comes.
 */
export async function* prefetch<T>(source: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]();
  let next = ask(iterator);
  try {
    for (;;) {
      const item = await next;
      if (item.done === true) return;
      next = ask(iterator);
      yield item.value;
    }
  } finally {
    await iterator.return?.();
  }
}

/** Nobody may be waiting when it fails, and Node ends a process for a rejection that nobody has seen. */
function ask<T>(iterator: AsyncIterator<T>): Promise<IteratorResult<T>> {
  const next = iterator.next();
  next.catch(() => undefined);
  return next;
}
