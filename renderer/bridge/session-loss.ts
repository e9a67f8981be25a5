import type { ErrorCode } from '../../contract/error-code.ts';

/** Refusals that mean: nobody is logged in any more, or the window is locked, whatever the page believed. */
const codes: ReadonlySet<string> = new Set<ErrorCode | 'window.locked'>([
  'operator.session-expired',
  'operator.disabled',
  'station.not-logged-in',
  'window.locked',
]);

export function isLoss(code: string): boolean {
  return codes.has(code);
}

let listener: (() => void) | undefined;

/** Tells the one who keeps the window's state that it has to be read again. */
export const lostSession = {
  listen(listen: () => void): void {
    listener = listen;
  },
  tell(code: string): void {
    if (isLoss(code)) listener?.();
  },
};
