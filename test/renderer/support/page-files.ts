import { existsSync, readFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import type { BrowserContext } from 'playwright';

const root = join(import.meta.dirname, '../../..');

/** What the shell's app protocol answers to: Chromium knows no `app:` scheme of its own. */
export const origin = 'https://drydock.app.invalid';

/** The window's policy. `svelte-trusted-html` is the one policy of trusted types: Svelte makes its templates with it. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types svelte-trusted-html',
].join('; ');

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
};

/** Answers a page's requests from a built folder, with the window's policy and without a socket; every other request fails. */
export async function serveFolder(context: BrowserContext, folder: 'out/renderer' | 'out/gallery'): Promise<void> {
  const base = join(root, folder);
  if (!existsSync(join(base, 'index.html'))) {
    throw new Error(
      `${folder} is missing: run this test by "npm test -- renderer", or "npm run build:renderer" first.`,
    );
  }
  await context.route('**/*', async (route) => {
    const url = new URL(route.request().url());
    const file = join(base, normalize(url.pathname));
    if (url.origin !== origin || !file.startsWith(base) || !existsSync(file)) {
      await route.abort('blockedbyclient');
      return;
    }
    await route.fulfill({
      status: 200,
      headers: {
        'content-type': types[extname(file)] ?? 'application/octet-stream',
        'content-security-policy': contentSecurityPolicy,
      },
      body: readFileSync(file),
    });
  });
}
