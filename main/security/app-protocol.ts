import { readFile } from 'node:fs/promises';
import type { CustomScheme, Protocol } from 'electron';
import { windowOrigin } from '../../contract/window/bridge.ts';
import { pageHeaders } from './content-policy.ts';
import { findPageFile } from './page-file.ts';

const { host } = new URL(windowOrigin);

/**
 * The window's pages come by a protocol of their own, never by `file:`, whose pages may read the disk and all share one origin.
 * Neither `fetch` nor service workers nor streaming: the page needs none of them.
 */
export const appScheme: CustomScheme = { scheme: 'app', privileges: { standard: true, secure: true } };

/** Answers requests of the app protocol from one folder. Only GET, only plain names, only known types, always with the page's headers. */
export function serveApp(protocol: Pick<Protocol, 'handle'>, folder: string): void {
  protocol.handle(appScheme.scheme, (request) => answerRequest(request, folder));
}

/** 200 with the file, 404 where there is none of that name, 405 for every method but GET. */
export async function answerRequest(
  { method, url }: Pick<Request, 'method' | 'url'>,
  folder: string,
): Promise<Response> {
  if (method !== 'GET') return respond(405);
  const file = findPageFile(url, host, folder);
  if (file === null) return respond(404);
  try {
    const body = new Uint8Array(await readFile(file.path));
    return new Response(body, { status: 200, headers: { ...pageHeaders, 'Content-Type': file.mediaType } });
  } catch (error) {
    if (isMissing(error)) return respond(404);
    throw error;
  }
}

function respond(status: number): Response {
  return new Response(null, { status, headers: pageHeaders });
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR');
}
