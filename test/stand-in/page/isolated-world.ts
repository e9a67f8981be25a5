import type { Wire } from '../wire.ts';

declare global {
  /** Put in front of this file. */
  const createWire: () => Wire;
  /** Chromium's way to the stand-in; exists in this world alone. */
  const standInToMain: (text: string) => void;
  var standIn: {
    reply(call: number, failed: boolean, text: string): void;
    receive(channel: string, text: string): void;
    file(id: string): File | undefined;
    readonly electron: unknown;
  };
}

const wire = createWire();
type Listener = (event: object, ...values: unknown[]) => void;
type Exposed = Readonly<Record<string, (...values: unknown[]) => unknown>>;

const waiting = new Map<number, { done: (value: unknown) => void; fail: (error: Error) => void }>();
const listeners = new Map<string, Set<Listener>>();
const files = new Map<string, File>();
const exposed = new Map<string, Exposed>();
let last = 0;

const say = (type: string, detail: unknown): boolean => document.dispatchEvent(new CustomEvent(type, { detail }));
const toMain = (message: object): void => standInToMain(JSON.stringify(message));

globalThis.standIn = {
  reply(call, failed, text) {
    const waiter = waiting.get(call);
    waiting.delete(call);
    if (failed) waiter?.fail(new Error(text));
    else waiter?.done(wire.decode(text));
  },
  receive(channel, text) {
    for (const listener of listeners.get(channel) ?? []) listener({}, ...(wire.decode(text) as unknown[]));
  },
  file: (id) => files.get(id),
  electron: {
    ipcRenderer: {
      invoke: (channel: string, ...values: unknown[]) =>
        new Promise((done, fail) => {
          last += 1;
          const values_ = wire.encode(values);
          waiting.set(last, { done, fail });
          toMain({ type: 'invoke', call: last, channel, values: values_ });
        }),
      on(channel: string, listener: Listener) {
        listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
      },
      off(channel: string, listener: Listener) {
        listeners.get(channel)?.delete(listener);
      },
    },
    contextBridge: {
      exposeInMainWorld(name: string, api: Exposed) {
        exposed.set(name, api);
        say('stand-in-expose', { name, methods: Object.keys(api) });
      },
    },
    webUtils: {
      /** The path is known to the browser alone; this name is replaced by it on the way to the main process. */
      getPathForFile(file: unknown) {
        if (!(file instanceof File)) throw new TypeError('getPathForFile takes a File');
        const id = crypto.randomUUID();
        files.set(id, file);
        return `\0stand-in-file:${id}`;
      },
    },
  },
};

/** A function of the page as this world calls it. */
const callable = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || !('standInFunction' in value)) return value;
  const id = value.standInFunction;
  return (...values: unknown[]): void => void say('stand-in-function', { id, values });
};

document.addEventListener('stand-in-call', (event) => {
  const detail = (event as CustomEvent<{ name: string; method: string; call: number; values: unknown[] } | null>)
    .detail;
  if (detail === null) return;
  const { name, method, call, values } = detail;
  const answer = (failed: boolean, value: unknown): boolean => say('stand-in-answer', { call, failed, value });
  try {
    const value = exposed.get(name)?.[method]?.(...values.map(callable));
    if (value instanceof Promise) {
      value.then(
        (result) => answer(false, result),
        (error: unknown) => answer(true, error instanceof Error ? error.message : String(error)),
      );
    } else if (typeof value === 'function') {
      last += 1;
      exposed.set('', { ...exposed.get(''), [String(last)]: value as () => unknown });
      answer(false, { isFunction: last });
    } else {
      answer(false, { value });
    }
  } catch (error) {
    answer(true, error instanceof Error ? error.message : String(error));
  }
});

const noteInput = ({ isTrusted, type }: Event): void => {
  if (isTrusted) toMain({ type: 'input', input: type });
};
for (const type of ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart']) {
  addEventListener(type, noteInput, { capture: true });
}
