import type { App, CommandLine, WebContents } from 'electron';

/** Switches that open the window, or the main process, to another program. */
const debuggingSwitches = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'inspect',
  'inspect-brk',
  'inspect-port',
  'inspect-wait',
  'js-flags',
  'load-extension',
  'disable-web-security',
  'no-sandbox',
  'single-process',
];

/**
 * The first switch of the command line by which somebody could reach into a packaged program, or null. The fuses refuse those of Node;
 * Chromium's own are refused here, before the program is ready. While it is developed all of them are there.
 */
export function findDebuggingSwitch(
  { isPackaged }: Pick<App, 'isPackaged'>,
  commandLine: Pick<CommandLine, 'hasSwitch'>,
): string | null {
  if (!isPackaged) return null;
  return debuggingSwitches.find((name) => commandLine.hasSwitch(name)) ?? null;
}

/** Developer tools read a page's memory, and with it what an operator typed. A packaged program has none, whatever opens them. */
export function denyDevTools(contents: Pick<WebContents, 'on' | 'closeDevTools'>, isPackaged: boolean): void {
  if (isPackaged) contents.on('devtools-opened', () => contents.closeDevTools());
}
