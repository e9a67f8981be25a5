import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { findAxeFaults } from '../../renderer/support/axe.ts';
import { findCutOff } from '../../renderer/support/find-cut-off.ts';

const folder = join(import.meta.dirname, '../../artefacts');

const looks = {
  light: { colorScheme: 'light', contrast: 'no-preference' },
  dark: { colorScheme: 'dark', contrast: 'no-preference' },
  'high-contrast': { colorScheme: 'dark', contrast: 'more' },
} as const;

/** Sees to it that a screen is accessible in each look at its present size; leaves a picture of each, and the light one shown. */
export async function takeLooksAsItStands(page: Page, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const [look, media] of Object.entries(looks)) {
    await page.emulateMedia({ ...media, reducedMotion: 'reduce' });
    await page.screenshot({ path: join(folder, `${name}-${look}.png`) });
    assert.deepEqual(await findAxeFaults(page), [], `${name} ${look}`);
    assert.deepEqual(await findCutOff(page), [], `${name} ${look}`);
  }
  await page.emulateMedia({ ...looks.light, reducedMotion: 'reduce' });
}

/**
 * Sees to it that a screen is accessible in each look, at 1024×700 and at 200 % zoom of it, and that nothing has to be scrolled sideways; leaves a picture of each.
 * @param name begins the pictures' names
 */
export async function takeLooks(page: Page, name: string): Promise<void> {
  await page.setViewportSize({ width: 1024, height: 700 });
  await takeLooksAsItStands(page, name);
  await page.setViewportSize({ width: 512, height: 350 });
  await page.screenshot({ path: join(folder, `${name}-zoomed.png`) });
  assert.deepEqual(await findAxeFaults(page), [], `${name} zoomed`);
  assert.deepEqual(await findCutOff(page), [], name);
  await page.setViewportSize({ width: 1024, height: 700 });
}
