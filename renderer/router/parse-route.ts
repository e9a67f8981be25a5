/** A place in the window: the feature, and what inside it is shown. `#/history/4f1c…` → `history`, [`4f1c…`]. */
export interface Route {
  readonly feature: string;
  readonly rest: readonly string[];
}

/** Reads the part of an address after `#`. What cannot be decoded is the start. */
export function parseRoute(hash: string): Route {
  try {
    const [feature = '', ...rest] = hash
      .replace(/^#?\/?/, '')
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent);
    return { feature, rest };
  } catch {
    return { feature: '', rest: [] };
  }
}

export function formatRoute(feature: string, ...rest: readonly string[]): string {
  return `#/${[feature, ...rest].map(encodeURIComponent).join('/')}`;
}
