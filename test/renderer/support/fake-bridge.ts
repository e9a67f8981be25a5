import type { BrowserContext, Page } from 'playwright';
import { accept, refuse, type Result } from '../../../contract/result.ts';
import type { CallInput, CallName, CallOutput, WindowEvent } from '../../../contract/window/bridge.ts';

/** What the scripted station answers. A function sees the input, and may answer differently the next time. */
export type Answers = {
  [N in CallName]?: (input: CallInput<N>) => Result<CallOutput<N>> | Promise<Result<CallOutput<N>>>;
};

/** Makes `window.drydock` in the page; listeners are told through `window.tellDrydock`. */
const pageScript = `(() => {
  const listeners = new Set();
  window.tellDrydock = (event) => listeners.forEach((listener) => listener(event));
  window.drydock = Object.freeze({
    call: (name, input) => window.callDrydock(name, input),
    drop: () => Promise.resolve({ ok: true, value: [] }),
    subscribe: (listener) => { listeners.add(listener); return () => listeners.delete(listener); },
  });
})()`;

/** A station that answers from a script, behind the same bridge that the preload exposes. */
export class FakeBridge {
  /** Every call in its order; the input of a call is kept, secrets of tests included. */
  readonly calls: { readonly name: CallName; readonly input: unknown }[] = [];
  readonly #answers: Answers;

  constructor(answers: Answers) {
    this.#answers = {
      'window.set-preferences': ({ motion = 'system', ...rest }) => accept({ motion, ...rest }),
      ...answers,
    };
  }

  async attach(context: BrowserContext): Promise<void> {
    await context.exposeFunction('callDrydock', (name: CallName, input: unknown) => this.#answer(name, input));
    await context.addInitScript(pageScript);
  }

  /** Tells the page's listeners. */
  async tell(page: Page, event: WindowEvent): Promise<void> {
    await page.evaluate(`window.tellDrydock(${JSON.stringify(event)})`);
  }

  namesCalled(): readonly CallName[] {
    return this.calls.map(({ name }) => name);
  }

  #answer(name: CallName, input: unknown): Result<unknown> | Promise<Result<unknown>> {
    this.calls.push({ name, input });
    const answer = this.#answers[name] as ((input: unknown) => Result<unknown> | Promise<Result<unknown>>) | undefined;
    return answer?.(input) ?? refuse('station.fault', `The test has no answer to ${name}.`);
  }
}
