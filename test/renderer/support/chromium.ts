import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright';
import packed from '@sparticuz/chromium';

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Path of a Chromium: the one that `DRYDOCK_CHROMIUM` names, one that is installed, or the one that comes as a package. */
export async function findChromium(): Promise<string> {
  const named = process.env['DRYDOCK_CHROMIUM'];
  return named ?? installed.find((path) => existsSync(path)) ?? (await packed.executablePath());
}

/** A headless Chromium that looks for nothing on the network. */
export async function launchChromium(): Promise<Browser> {
  return await chromium.launch({
    executablePath: await findChromium(),
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
