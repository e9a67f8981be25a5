/** What host and guest tell each other through the results folder. */

/** `order.json`, before the guest starts: only test files whose path holds one of these texts; all where there are none. */
export interface GuestOrder {
  readonly wanted: readonly string[];
}

/** `outcome.json`, when the guest is done. What is to be read by people it has written on its console. */
export interface GuestOutcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}
