import { setTimeout as delay } from 'node:timers/promises';

const LOOK_EVERY_MS = 50;
/** Far more than the slowest emulation needs; what does not happen in it does not happen. */
const LIMIT_MS = 30_000;

/** Waits for something that the kernel or another process does by itself; rejects, with its name, where it does not come. */
export async function eventually(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let waitedMs = 0; !(await isSo()); waitedMs += LOOK_EVERY_MS) {
    if (waitedMs >= LIMIT_MS) throw new Error(`waited in vain: ${what}`);
    await delay(LOOK_EVERY_MS);
  }
}
