import { EventEmitter } from 'node:events';
import type { IpcMainInvokeEvent, WebContents, WebContentsPrintOptions, WindowOpenHandlerResponse } from 'electron';
import type { Page } from 'playwright';
import { fromChromium } from './origin.ts';
import { PageLink } from './page-link.ts';
import { askParent } from './parent.ts';

/** What the program sees of the page's document. There is one frame that ever has a bridge. */
interface MainFrame {
  readonly parent: null;
  readonly url: string;
  readonly origin: string;
}

interface Preventable {
  readonly url: string;
  readonly isMainFrame: boolean;
  readonly isSameDocument: false;
  preventDefault(): void;
}

/** Methods whose form is Electron's own; events are by name. */
type Methods = Pick<WebContents, 'send' | 'closeDevTools' | 'isDestroyed' | 'getURL'>;

export class StandInWebContents extends EventEmitter implements Methods {
  #page: Page | undefined;
  #link: PageLink | undefined;
  #onOpen: (details: { url: string }) => WindowOpenHandlerResponse = () => ({ action: 'allow' });
  readonly mainFrame: MainFrame;

  constructor() {
    super();
    const getUrl = (): string => this.getURL();
    this.mainFrame = {
      parent: null,
      get url() {
        return getUrl();
      },
      get origin() {
        const { protocol, host } = new URL(getUrl());
        return host === '' ? 'null' : `${protocol}//${host}`;
      },
    };
  }

  async attach(page: Page, preload: string): Promise<PageLink> {
    this.#page = page;
    const event = (): IpcMainInvokeEvent =>
      ({ sender: this, senderFrame: this.mainFrame }) as unknown as IpcMainInvokeEvent;
    this.#link = await PageLink.open(page, {
      preload,
      event,
      onInput: (type) => this.emit('input-event', {}, { type }),
    });
    page.on('popup', (popup) => {
      if (this.#onOpen({ url: popup.url() }).action === 'deny') void popup.close();
    });
    return this.#link;
  }

  /** True where the program lets the page go there. */
  mayNavigate(url: string, isMainFrame: boolean): boolean {
    let prevented = false;
    const event: Preventable = { url, isMainFrame, isSameDocument: false, preventDefault: () => (prevented = true) };
    this.emit('will-frame-navigate', event);
    if (isMainFrame) this.emit('will-navigate', event);
    return !prevented;
  }

  send(channel: string, ...values: unknown[]): void {
    this.#link?.send(channel, values);
  }

  setWindowOpenHandler(handler: (details: { url: string }) => WindowOpenHandlerResponse): void {
    this.#onOpen = handler;
  }

  getURL(): string {
    return fromChromium(this.#page?.url() ?? 'about:blank');
  }

  isDestroyed(): boolean {
    return this.#page?.isClosed() ?? false;
  }

  /** Asks whoever sits at the page, in a box of Chromium's; null where it was closed. */
  async askPerson(words: string, preset = ''): Promise<string | null> {
    return (await this.#page?.evaluate(([text, value]) => prompt(text, value), [words, preset] as const)) ?? null;
  }

  /** A test names a PDF file as the printer, and none where the dialogue is closed; a person gets Chromium's own dialogue, which does not tell. */
  print(options: WebContentsPrintOptions, done: (success: boolean, failureReason: string) => void): void {
    const print = async (): Promise<string> => {
      const byPerson = async (): Promise<true> => {
        await this.#page?.evaluate(() => window.print());
        return true;
      };
      const path = await askParent({ kind: 'print', options }, byPerson);
      if (path === true) return '';
      const { pageSize } = options;
      if (typeof path !== 'string' || path === '') return 'Print job canceled';
      if (this.#page === undefined || typeof pageSize !== 'object') return 'Invalid printer settings';
      const size = { width: `${pageSize.width / 1000}mm`, height: `${pageSize.height / 1000}mm` };
      await this.#page.pdf({ path, ...size, printBackground: options.printBackground === true });
      return '';
    };
    print().then(
      (failure) => done(failure === '', failure),
      (error: unknown) => done(false, String(error)),
    );
  }

  closeDevTools(): void {
    // A page that is driven from outside shows none.
  }
}
