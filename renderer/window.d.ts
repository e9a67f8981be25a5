import type { Bridge } from '../contract/window/bridge.ts';

declare global {
  interface Window {
    /** What the preload exposes; absent where the page was opened outside of Drydock's window. */
    readonly drydock?: Bridge;
  }
}
