import type { IpcMainInvokeEvent } from 'electron';
import { turnOfOwn } from '../../simulator/turn-of-own.ts';

type Handler = (event: IpcMainInvokeEvent, ...values: unknown[]) => unknown;
const handlers = new Map<string, Handler>();

export const ipcMain = {
  handle(channel: string, handler: Handler): void {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  },
};

/** Calls a handler, in a turn of the event loop of its own as Electron does; an error has the words that Electron gives it on the page's side. */
export async function invoke(event: IpcMainInvokeEvent, channel: string, values: readonly unknown[]): Promise<unknown> {
  const handler = handlers.get(channel);
  try {
    await turnOfOwn();
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    return await handler(event, ...values);
  } catch (error) {
    throw new Error(`Error invoking remote method '${channel}': ${String(error)}`, { cause: error });
  }
}
