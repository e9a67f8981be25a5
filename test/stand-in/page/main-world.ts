/**
 * The page's half of `contextBridge`, in the page's own world. Nothing but copies crosses: `CustomEvent.detail` is cloned by Chromium
 * when it is read in another world. Functions stay where they are, and are called by number.
 */
(() => {
  interface Exposed {
    readonly name: string;
    readonly methods: readonly string[];
  }
  interface Answer {
    readonly call: number;
    readonly failed: boolean;
    readonly value: unknown;
  }
  const calls = new Map<number, (answer: Answer) => void>();
  const functions = new Map<number, (...values: unknown[]) => unknown>();
  let last = 0;
  const say = (type: string, detail: unknown): boolean => document.dispatchEvent(new CustomEvent(type, { detail }));

  /** A function among the arguments is named by its number; it is not cloned. */
  const nameFunctions = (value: unknown): unknown => {
    if (typeof value !== 'function') return value;
    last += 1;
    functions.set(last, value as (...values: unknown[]) => unknown);
    return { standInFunction: last };
  };

  const callThrough = (name: string, method: string, values: readonly unknown[]): unknown => {
    last += 1;
    const call = last;
    let ended: Answer | undefined;
    const promise = new Promise((done, fail) => {
      calls.set(call, (answer) => {
        ended = answer;
        calls.delete(call);
        if (answer.failed) fail(new Error(String(answer.value)));
        else done(answer.value);
      });
    });
    promise.catch(() => undefined);
    say('stand-in-call', { name, method, call, values: values.map(nameFunctions) });
    // What the preload answers at once is no promise for the page either.
    const { isFunction, value } = (ended?.value ?? {}) as { isFunction?: number; value?: unknown };
    if (isFunction !== undefined) return () => callThrough('', String(isFunction), []);
    return ended === undefined || ended.failed ? promise : value;
  };

  document.addEventListener('stand-in-expose', (event) => {
    const { name, methods } = (event as CustomEvent<Exposed>).detail;
    const api = Object.fromEntries(
      methods.map((method) => [method, (...values: unknown[]) => callThrough(name, method, values)]),
    );
    Object.defineProperty(globalThis, name, { value: Object.freeze(api), writable: false, configurable: false });
  });
  document.addEventListener('stand-in-answer', (event) => {
    const answer = (event as CustomEvent<Answer>).detail;
    calls.get(answer.call)?.(answer);
  });
  document.addEventListener('stand-in-function', (event) => {
    const { id, values } = (event as CustomEvent<{ id: number; values: unknown[] }>).detail;
    functions.get(id)?.(...values);
  });
})();
