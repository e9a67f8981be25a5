import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright';
import { accept } from '../../../contract/result.ts';
import type { WindowState } from '../../../contract/window/window-operations.ts';
import { type Answers, FakeBridge } from './fake-bridge.ts';
import { origin, serveFolder } from './page-files.ts';
import { trust } from './sample-views.ts';

/** How a person sees the window; `least` is the smallest size that it is made for. `zoomed`: 1024×700 at 200 %, which leaves 512×350. */
export interface Look {
  readonly size?: 'least' | 'zoomed';
  readonly language?: 'en-GB' | 'de-DE';
}

export interface OpenWindow {
  readonly page: Page;
  readonly bridge: FakeBridge;
  /** What the page complained of: errors, and violations of its policy. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

const sizes = {
  least: { width: 1024, height: 700 },
  zoomed: { width: 512, height: 350 },
} as const;

/** Opens the built window on a scripted station. */
export async function openWindow(
  browser: Browser,
  view: WindowState,
  answers: Answers = {},
  look: Look = {},
  route = '',
): Promise<OpenWindow> {
  const bridge = new FakeBridge({
    'window.begin': () => accept(view),
    'trust.show': () => accept(trust),
    ...answers,
  });
  return await openPage(browser, 'out/renderer', bridge, look, route);
}

/** Opens the gallery of components at one of its pages. */
export async function openGallery(browser: Browser, route: string, look: Look = {}): Promise<OpenWindow> {
  return await openPage(browser, 'out/gallery', new FakeBridge({}), look, route);
}

async function openPage(
  browser: Browser,
  folder: 'out/renderer' | 'out/gallery',
  bridge: FakeBridge,
  look: Look,
  route: string,
): Promise<OpenWindow> {
  const context: BrowserContext = await browser.newContext({
    viewport: sizes[look.size ?? 'least'],
    deviceScaleFactor: look.size === 'zoomed' ? 2 : 1,
    colorScheme: 'light',
    contrast: 'no-preference',
    locale: look.language ?? 'en-GB',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
  });
  const complaints: string[] = [];
  await serveFolder(context, folder);
  await bridge.attach(context);
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(`${origin}/index.html${route === '' ? '' : `#/${route}`}`);
  await page
    .locator('h1')
    .filter({ hasNotText: /^Drydock (?:is starting|startet)$/ })
    .waitFor();
  return { page, bridge, complaints, close: () => context.close() };
}

/** A picture to be looked at. */
export async function takePicture(page: Page, name: string): Promise<void> {
  const folder = join(import.meta.dirname, '../../artefacts/renderer');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), caret: 'initial' });
}
