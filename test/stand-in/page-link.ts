import { readFileSync } from 'node:fs';
import type { IpcMainInvokeEvent } from 'electron';
import type { CDPSession, Page } from 'playwright';
import { invoke } from './ipc-main.ts';
import { isolatedWorldScript, mainWorldScript } from './page-scripts.ts';
import { createWire } from './wire.ts';

const world = 'stand-in-preload';
const wire = createWire();

type Message =
  | { readonly type: 'invoke'; readonly call: number; readonly channel: string; readonly values: string }
  | { readonly type: 'input'; readonly input: string };

export interface PageLinkOptions {
  readonly preload: string;
  readonly event: () => IpcMainInvokeEvent;
  readonly onInput: (type: string) => void;
}

/** The way between a page's preload, which runs in a world of its own, and this process. */
export class PageLink {
  readonly #cdp: CDPSession;
  readonly #options: PageLinkOptions;
  /** The preload's world in the document that is shown now. */
  #context: number | undefined;

  private constructor(cdp: CDPSession, options: PageLinkOptions) {
    this.#cdp = cdp;
    this.#options = options;
  }

  static async open(page: Page, options: PageLinkOptions): Promise<PageLink> {
    const cdp = await page.context().newCDPSession(page);
    const link = new PageLink(cdp, options);
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name === world) link.#context = context.id;
    });
    cdp.on('Runtime.executionContextsCleared', () => (link.#context = undefined));
    cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === 'standInToMain') void link.#receive(JSON.parse(payload) as Message, executionContextId);
    });
    await cdp.send('Page.enable');
    await cdp.send('Runtime.enable');
    await cdp.send('Runtime.addBinding', { name: 'standInToMain', executionContextName: world });
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldScript });
    const source = isolatedWorldScript(readFileSync(options.preload, 'utf8'));
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source, worldName: world });
    return link;
  }

  /** A message to the page; one that has no document yet does not get it, as in Electron. */
  send(channel: string, values: readonly unknown[]): void {
    if (this.#context === undefined) return;
    void this.#run(this.#context, 'receive', channel, wire.encode(values));
  }

  async denyPermission(name: string, origin: string): Promise<void> {
    // Which names Chromium knows changes from version to version.
    await this.#cdp
      .send('Browser.setPermission', { permission: { name }, setting: 'denied', origin })
      .catch(() => undefined);
  }

  async #receive(message: Message, context: number): Promise<void> {
    if (message.type === 'input') {
      this.#options.onInput(message.input);
      return;
    }
    const { call, channel, values } = message;
    try {
      const given = wire.decode(await this.#withPaths(values, context)) as unknown[];
      const answer = await invoke(this.#options.event(), channel, given);
      await this.#run(context, 'reply', call, false, wire.encode(answer));
    } catch (error) {
      await this.#run(context, 'reply', call, true, error instanceof Error ? error.message : String(error));
    }
  }

  /** A document that is gone hears nothing any more. */
  async #run(contextId: number, method: 'reply' | 'receive', ...values: (string | number | boolean)[]): Promise<void> {
    const expression = `standIn.${method}(${values.map((value) => JSON.stringify(value)).join(', ')})`;
    await this.#cdp.send('Runtime.evaluate', { expression, contextId }).catch(() => undefined);
  }

  /** Puts the paths of files, which only the browser knows, in the place of their names. */
  async #withPaths(text: string, contextId: number): Promise<string> {
    let replaced = text;
    for (const [marker, id = ''] of text.matchAll(/\\u0000stand-in-file:([0-9a-f-]{36})/g)) {
      const expression = `standIn.file(${JSON.stringify(id)})`;
      const { result } = await this.#cdp.send('Runtime.evaluate', { expression, contextId });
      const path =
        result.objectId === undefined
          ? ''
          : (await this.#cdp.send('DOM.getFileInfo', { objectId: result.objectId })).path;
      replaced = replaced.replace(marker, JSON.stringify(path).slice(1, -1));
    }
    return replaced;
  }
}
