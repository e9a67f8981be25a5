import type { Session } from 'electron';
import { windowOrigin } from '../../contract/window/bridge.ts';

/**
 * A station opens no socket (REQ-OTA-TLS-02). The content policy says so to the page; this says it to Chromium itself, for every
 * request of whatever scheme and whoever makes it: http, WebSocket, file, a favicon, an update of a component.
 *
 * @param withDevTools false in a packaged program; the tools' own page has a scheme of its own
 */
export function denyRequests(session: Pick<Session, 'webRequest'>, withDevTools: boolean): void {
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !isOwnRequest(details.url, withDevTools) });
  });
}

/** True for the window's own files, and for images that a style or an icon brings in itself. */
export function isOwnRequest(address: string, withDevTools: boolean): boolean {
  const url = URL.parse(address);
  if (url === null) return false;
  switch (url.protocol) {
    case 'app:':
      return `${url.protocol}//${url.host}` === windowOrigin;
    case 'data:':
      return /^data:image\/(?:png|svg\+xml)[;,]/.test(address);
    case 'devtools:':
      return withDevTools;
    default:
      return false;
  }
}
