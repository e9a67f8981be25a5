import { formatRoute, parseRoute, type Route } from './parse-route.ts';

let taken = window.location.hash;
let current = $state.raw<Route>(parseRoute(taken));

window.addEventListener('hashchange', take);

/** Where the window is; a reload comes back to it. */
export function route(): Route {
  return current;
}

/** The window is there when this returns, not when the browser has told: the next key is already meant for it. */
export function go(feature: string, ...rest: readonly string[]): void {
  window.location.hash = formatRoute(feature, ...rest);
  take();
}

function take(): void {
  if (window.location.hash === taken) return;
  taken = window.location.hash;
  current = parseRoute(taken);
}
