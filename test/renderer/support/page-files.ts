import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright';
import { windowOrigin } from '../../../contract/window/bridge.ts';
import { answerRequest } from '../../../main/security/app-protocol.ts';
import { fromChromium, toChromium } from '../../stand-in/origin.ts';

const root = join(import.meta.dirname, '../../..');

/** Where the page is: Chromium knows no `app:` scheme of its own. */
export const origin = toChromium(windowOrigin);

/** Answers a page's requests from a built folder as the shell does, with its headers and without a socket; every other request fails. */
export async function serveFolder(context: BrowserContext, folder: 'out/renderer' | 'out/gallery'): Promise<void> {
  const base = join(root, folder);
  if (!existsSync(join(base, 'index.html'))) {
    throw new Error(
      `${folder} is missing: run this test by "npm test -- renderer", or "npm run build:renderer" first.`,
    );
  }
  await context.route('**/*', async (route) => {
    const request = route.request();
    const answer = await answerRequest({ method: request.method(), url: fromChromium(request.url()) }, base);
    if (!answer.ok) {
      await route.abort('blockedbyclient');
      return;
    }
    const body = Buffer.from(await answer.arrayBuffer());
    await route.fulfill({ status: answer.status, headers: Object.fromEntries(answer.headers), body });
  });
}
