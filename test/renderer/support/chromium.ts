import { chromium, type Browser } from 'playwright';
import { chromiumPath } from '../../stand-in/find-chromium.ts';

/** A headless Chromium that looks for nothing on the network. */
export async function launchChromium(): Promise<Browser> {
  return await chromium.launch({
    executablePath: await chromiumPath(),
    headless: true,
    // Scroll bars take their place as they do for people.
    ignoreDefaultArgs: ['--hide-scrollbars'],
    // Chromium's own sandbox does not run as root.
    chromiumSandbox: process.getuid?.() !== 0,
    args: ['--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}
