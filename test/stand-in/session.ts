import { EventEmitter } from 'node:events';
import type { Session } from 'electron';

type RequestListener = Parameters<Session['webRequest']['onBeforeRequest']>[0];
type ProtocolHandler = Parameters<Session['protocol']['handle']>[1];
type PermissionCheck = Parameters<Session['setPermissionCheckHandler']>[0];

/** What a window may load and be allowed, as the program has set it; the pages ask here. */
export class StandInSession extends EventEmitter {
  readonly #protocols = new Map<string, ProtocolHandler>();
  #onBeforeRequest: RequestListener = null;
  #mayHave: PermissionCheck = null;

  readonly protocol = {
    handle: (scheme: string, handler: ProtocolHandler): void => void this.#protocols.set(scheme, handler),
  };
  readonly webRequest = {
    onBeforeRequest: (listener: RequestListener): void => void (this.#onBeforeRequest = listener),
  };

  /** Chromium asks no one: what the check refuses is set to denied, and nothing is ever prompted for. */
  setPermissionCheckHandler(handler: PermissionCheck): void {
    this.#mayHave = handler;
  }
  readonly setPermissionRequestHandler = ignore;
  readonly setDevicePermissionHandler = ignore;
  readonly setDisplayMediaRequestHandler = ignore;
  readonly setBluetoothPairingHandler = ignore;
  readonly setCertificateVerifyProc = ignore;
  readonly setSpellCheckerEnabled = ignore;

  mayHave(permission: string, origin: string): boolean {
    const details = { isMainFrame: true, requestingUrl: origin } as Parameters<NonNullable<PermissionCheck>>[3];
    return this.#mayHave?.(null, permission as Parameters<NonNullable<PermissionCheck>>[1], origin, details) ?? true;
  }

  /** The answer of the program to a request, or null where it is refused or belongs to no protocol of the program. */
  async answer(request: {
    readonly url: string;
    readonly method: string;
    readonly resourceType: string;
  }): Promise<Response | null> {
    if (await this.#isCancelled(request)) return null;
    const handler = this.#protocols.get(new URL(request.url).protocol.slice(0, -1));
    return handler === undefined ? null : await handler(new Request(request.url, { method: request.method }));
  }

  async #isCancelled(request: {
    readonly url: string;
    readonly method: string;
    readonly resourceType: string;
  }): Promise<boolean> {
    const listener = this.#onBeforeRequest;
    if (listener === null) return false;
    return await new Promise((done) => {
      const details = { ...request, id: 0, timestamp: 0, referrer: '', uploadData: [] };
      listener(details as unknown as Parameters<NonNullable<RequestListener>>[0], ({ cancel }) =>
        done(cancel === true),
      );
    });
  }
}

/** What Chromium cannot be asked through a page: unit tests show that the program sets it. */
function ignore(): void {
  // Nothing to do here.
}

const sessions = new Map<string, StandInSession>();

export const session = {
  fromPartition(partition: string): StandInSession {
    const found = sessions.get(partition) ?? new StandInSession();
    sessions.set(partition, found);
    return found;
  },
};
