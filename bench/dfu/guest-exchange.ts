import type { Cell } from './cell.ts';

/** What host and guest tell each other through the results folder. Measurements come one in a line, as JSON. */
export const ORDER_FILE = 'order.json';
export const MEASUREMENTS_FILE = 'measurements.jsonl';

export interface GuestBenchOrder {
  readonly cells: readonly Cell[];
  readonly rounds: number;
}
