import type { Page } from 'playwright';

let stampedUntil = 0;

/** What a reader presses for FNC1 between two elements: Ctrl and ]. */
const separator = { key: ']', code: 'BracketRight', modifiers: 2 };

/**
 * Sends keys as a wedge does: 4 ms from one to the next, by their stamps, however fast the machine sends them; Enter at the end. The character GS
 * (0x1D) of a GS1 code is sent as Ctrl and ].
 */
export async function scan(page: Page, code: string): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  const keys = [
    ...Array.from(code).map((key) => (key === '\u001d' ? separator : { key, text: key })),
    { key: 'Enter', text: '\r' },
  ];
  const begins = Math.max(Date.now() / 1000, stampedUntil + 1);
  stampedUntil = begins + keys.length * 0.004;
  await Promise.all(
    keys.flatMap((key, at) => [
      cdp.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key, timestamp: begins + at * 0.004 }),
      cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', key: key.key, timestamp: begins + at * 0.004 + 0.001 }),
    ]),
  );
  await cdp.detach();
}
