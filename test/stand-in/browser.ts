import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright';
import { chromiumPath } from './find-chromium.ts';

export interface StandInBrowser {
  readonly context: BrowserContext;
  /** Where a test connects to the same pages. */
  readonly debuggingFolder: string;
  close(): Promise<void>;
}

/** A window of its own for people, without tabs, address and Chromium's remarks on its own switches; no translation is offered. */
const asWindow = ['--app=data:text/html,', '--test-type', '--window-size=1280,800', '--disable-features=Translate'];

/** Arguments of `app.commandLine` are handed on: that is what they are for. */
export async function launchBrowser(switches: readonly string[], headed: boolean): Promise<StandInBrowser> {
  const debuggingFolder = mkdtempSync(join(tmpdir(), 'drydock-stand-in-'));
  const isRoot = process.getuid?.() === 0;
  const context = await chromium.launchPersistentContext(debuggingFolder, {
    executablePath: await chromiumPath(),
    headless: !headed,
    acceptDownloads: false,
    // Scroll bars take their place in tests as they do for people.
    ignoreDefaultArgs: ['--hide-scrollbars'],
    // The program itself decides when it ends.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    serviceWorkers: 'block',
    // Chromium's own sandbox does not run as root.
    chromiumSandbox: !isRoot,
    viewport: headed ? null : { width: 1280, height: 800 },
    args: ['--disable-gpu', '--remote-debugging-port=0', ...(headed ? asWindow : []), ...switches],
  });
  return {
    context,
    debuggingFolder,
    async close() {
      // A person who closes the last window has ended Chromium as well.
      await context.close().catch(() => undefined);
      rmSync(debuggingFolder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
