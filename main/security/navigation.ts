import type { WebContents } from 'electron';
import { startPage } from './start-page.ts';

/**
 * A window shows one page for as long as it lives; ways within it are hashes. Whatever would bring another document into it is refused:
 * links, redirects, frames, `window.open`, webviews. A page of somebody else would otherwise get the preload's bridge.
 * Electron's checklist, 12 to 14.
 */
export function denyNavigation(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => {
    if (!isStartPage(event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isStartPage(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** True for the start page with any hash: what a reload asks for. */
export function isStartPage(address: string): boolean {
  const url = URL.parse(address);
  if (url === null) return false;
  url.hash = '';
  return url.href === startPage;
}
