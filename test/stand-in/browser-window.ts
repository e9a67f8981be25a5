import { EventEmitter } from 'node:events';
import type { BrowserWindow as ElectronWindow, BrowserWindowConstructorOptions } from 'electron';
import type { BrowserContext, Page, Route } from 'playwright';
import { app } from './app.ts';
import { fromChromium, toChromium } from './origin.ts';
import { session, type StandInSession } from './session.ts';
import { StandInWebContents } from './web-contents.ts';

/** Permissions of Chromium that a page can ask for without a device at hand, and what Electron calls them. */
const permissions = [
  'geolocation',
  'notifications',
  'midi',
  'clipboard-read',
  'clipboard-write',
  'camera',
  'microphone',
  'idle-detection',
  'local-fonts',
];

/** Pages that belong to a window: the first one takes that with which Chromium has started. */
const taken = new Set<Page>();

type Methods = Pick<
  ElectronWindow,
  'loadURL' | 'close' | 'destroy' | 'isDestroyed' | 'show' | 'focus' | 'isMinimized' | 'restore'
>;

class PreventableEvent {
  prevented = false;

  preventDefault(): void {
    this.prevented = true;
  }
}

/** A window is a page of Chromium whose requests this process answers. */
export class BrowserWindow extends EventEmitter implements Methods {
  readonly #options: BrowserWindowConstructorOptions;
  readonly #session: StandInSession;
  readonly webContents = new StandInWebContents();
  #page: Promise<Page> | undefined;
  #isDestroyed = false;
  /** Addresses that the program itself has asked for: they are no navigation of the page's. */
  readonly #asked = new Set<string>();

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.#options = options;
    const { session: given, partition = '' } = options.webPreferences ?? {};
    this.#session = (given as unknown as StandInSession | undefined) ?? session.fromPartition(partition);
    app.addWindow(this);
  }

  async loadURL(url: string): Promise<void> {
    this.#page ??= this.#open(url);
    const page = await this.#page;
    this.#asked.add(url);
    await page.goto(toChromium(url));
    this.emit('ready-to-show');
  }

  close(): void {
    const event = new PreventableEvent();
    this.emit('close', event);
    if (!event.prevented) this.destroy();
  }

  destroy(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    this.emit('closed');
    void this.#page?.then((page) => page.close()).catch(() => undefined);
    app.removeWindow(this);
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  show(): void {
    this.focus();
  }

  focus(): void {
    // A page that is gone comes to no front; whoever opened it has heard of it.
    this.#page?.then((page) => page.bringToFront()).catch(() => undefined);
  }

  isMinimized(): boolean {
    return false;
  }

  restore(): void {
    this.focus();
  }

  async #open(url: string): Promise<Page> {
    const { context } = await app.browser;
    const page = await this.#takePage(context);
    const { width, height, webPreferences } = this.#options;
    if (page.viewportSize() !== null && width !== undefined && height !== undefined)
      await page.setViewportSize({ width, height });
    if (webPreferences?.preload === undefined) throw new TypeError('a window of the stand-in has a preload');
    const link = await this.webContents.attach(page, webPreferences.preload);
    const origin = new URL(toChromium(url)).origin;
    for (const name of permissions) {
      if (!this.#session.mayHave(name, fromChromium(origin))) await link.denyPermission(name, origin);
    }
    if (process.send === undefined) await this.#askBeforeClosing(page);
    page.on('download', (download) => this.#refuseDownload(() => void download.cancel()));
    // A person has closed the page; the program may still have something to say, and to do.
    page.on('close', () => {
      if (!this.#isDestroyed) this.close();
    });
    await page.route('**/*', (route) => this.#answer(route, page));
    return page;
  }

  /** Whoever closes Chromium's window closes that of the program, which may ask back. Loading anew is no closing. */
  async #askBeforeClosing(page: Page): Promise<void> {
    await page.addInitScript(`
      let isReload = false;
      addEventListener('keydown', ({ key, ctrlKey, metaKey }) => {
        isReload = key === 'F5' || ((ctrlKey || metaKey) && key.toLowerCase() === 'r');
      }, true);
      navigation.addEventListener('navigate', ({ navigationType }) => (isReload ||= navigationType === 'reload'));
      addEventListener('beforeunload', (event) => { if (!isReload) event.preventDefault(); });
    `);
    // All other boxes of the page are for the person.
    page.on('dialog', (box) => {
      if (box.type() !== 'beforeunload') return;
      void box.dismiss().then(() => this.close());
    });
  }

  async #takePage(context: BrowserContext): Promise<Page> {
    const page = context.pages().find((one) => !taken.has(one)) ?? (await context.newPage());
    taken.add(page);
    return page;
  }

  #refuseDownload(cancel: () => void): void {
    const event = new PreventableEvent();
    this.#session.emit('will-download', event);
    if (event.prevented) cancel();
  }

  async #answer(route: Route, page: Page): Promise<void> {
    const request = route.request();
    const url = fromChromium(request.url());
    const isMainFrame = request.frame() === page.mainFrame();
    const isOwn = this.#asked.delete(url);
    if (request.isNavigationRequest() && !isOwn && !this.webContents.mayNavigate(url, isMainFrame)) {
      await route.abort('aborted');
      return;
    }
    const answer = await this.#session.answer({ url, method: request.method(), resourceType: request.resourceType() });
    if (answer === null) {
      await route.abort('blockedbyclient');
      return;
    }
    const body = Buffer.from(await answer.arrayBuffer());
    await route.fulfill({ status: answer.status, headers: Object.fromEntries(answer.headers), body });
  }
}
