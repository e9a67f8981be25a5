const forgetters: (() => void)[] = [];
let last: string | undefined;

/** What one operator typed stays for the same operator to come back to, and is not the next one's. */
export function onNextOperator(forget: () => void): void {
  forgetters.push(forget);
}

/** Called with whoever is logged in. */
export function meetOperator(id: string): void {
  if (last !== undefined && last !== id) for (const forget of forgetters) forget();
  last = id;
}
