import type { App } from 'electron';

/**
 * One window for one machine: a second start shows the first one's window. Its command line is not looked at, so that no other program
 * can hand a path to the running one.
 *
 * @returns false where another Drydock runs already; this one then has nothing to do
 */
export function claimSingleInstance(app: Pick<App, 'requestSingleInstanceLock' | 'on'>, show: () => void): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', show);
  return true;
}
