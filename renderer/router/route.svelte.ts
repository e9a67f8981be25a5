import { formatRoute, parseRoute, type Route } from './parse-route.ts';

let current = $state.raw<Route>(parseRoute(window.location.hash));

window.addEventListener('hashchange', () => {
  current = parseRoute(window.location.hash);
});

/** Where the window is; a reload comes back to it. */
export function route(): Route {
  return current;
}

export function go(feature: string, ...rest: readonly string[]): void {
  window.location.hash = formatRoute(feature, ...rest);
}
