import { SvelteMap } from 'svelte/reactivity';
import type { WindowEvent } from '../../contract/window/bridge.ts';
import { take, type Facts } from './facts.ts';

/** What the station has told, as components follow it. */
export const station: Facts = {
  jobs: new SvelteMap(),
  progress: new SvelteMap(),
  orders: new SvelteMap(),
  withheld: new SvelteMap(),
  imports: new SvelteMap(),
  units: new SvelteMap(),
  usb: new SvelteMap(),
};

/** Takes the station's own events; the shell's are not its business. */
export function hear(event: WindowEvent): void {
  if (event.type !== 'window.state' && event.type !== 'window.go') take(station, event);
}

/** Nothing that one operator saw stays for the next. */
export function forget(): void {
  for (const map of Object.values(station) as Map<string, unknown>[]) map.clear();
}
