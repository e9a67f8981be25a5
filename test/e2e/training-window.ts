import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Page } from 'playwright';
import type { CallInput, CallName, CallOutput } from '../../contract/window/bridge.ts';
import { systemClock } from '../../core/system-clock.ts';
import { openTraining } from '../../main/training/open-training.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { findAxeFaults } from '../renderer/support/axe.ts';
import { call, openWindow, type OpenProgram } from './window.ts';

/** A window on a training station of its own. */
export interface TrainingWindow extends OpenProgram {
  readonly bundleFile: (name: string) => string;
  readonly logIn: (username: string) => Promise<void>;
}

/** Makes a training station once, at a low cost of passwords; each test then works on a copy. */
export async function prepareTraining(folder: string): Promise<void> {
  const opened = await openTraining(join(folder, 'data-training'), systemClock, {
    passwordCost: { memoryKib: 8, passes: 1, lanes: 1 },
  });
  assert.ok(opened.ok);
  await opened.value.station.close();
  await opened.value.bench.close();
}

export async function openTrainingWindow(t: TestContext, prepared: string): Promise<TrainingWindow> {
  const folder = tempFolder(t);
  if (!existsSync(join(folder, 'data-training'))) cpSync(prepared, folder, { recursive: true });
  const program = await openWindow(t, { folder, training: true, locale: 'en-GB' });
  const { training } = await ok(program.page, 'window.begin', {});
  assert.ok(training);
  const { password } = training;
  return Object.assign(program, {
    bundleFile: (name: string) => join(folder, 'data-training', 'bundles', name),
    logIn: async (username: string) => {
      await ok(program.page, 'session.login', { username, password });
      await program.page.reload();
      await program.page.getByRole('navigation').waitFor();
    },
    password,
  });
}

export async function ok<N extends CallName>(page: Page, name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const answer = await call(page, name, input);
  if (!answer.ok) throw new Error(`${name}: ${answer.code}: ${answer.reason}`);
  return answer.value;
}

/** Opens a place of the window as its address does. */
export async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => void (location.hash = to), hash);
}

/** Drops a file of the disk on the page, as a person does from the file manager. */
export async function dropFile(page: Page, path: string): Promise<void> {
  await page.evaluate(() => {
    const input = Object.assign(document.createElement('input'), { id: 'dropped', type: 'file', multiple: true });
    document.body.append(input);
  });
  const cdp = await page.context().newCDPSession(page);
  const { root } = await cdp.send('DOM.getDocument');
  const { nodeId } = await cdp.send('DOM.querySelector', { nodeId: root.nodeId, selector: '#dropped' });
  await cdp.send('DOM.setFileInputFiles', { nodeId, files: [path] });
  await page.evaluate(() => {
    const input = document.querySelector<HTMLInputElement>('#dropped');
    const dataTransfer = new DataTransfer();
    for (const file of input?.files ?? []) dataTransfer.items.add(file);
    input?.remove();
    for (const type of ['dragenter', 'dragover', 'drop'])
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
  });
}

const looks = {
  light: { colorScheme: 'light', contrast: 'no-preference' },
  dark: { colorScheme: 'dark', contrast: 'no-preference' },
  'high-contrast': { colorScheme: 'light', contrast: 'more' },
} as const;

/** Every look at the least size, then 200 % zoom, which leaves 512 × 350: no fault of accessibility, nothing cut off, and pictures to be looked at. */
export async function checkLooks(page: Page, name: string): Promise<void> {
  const folder = join(import.meta.dirname, '../artefacts/e2e');
  mkdirSync(folder, { recursive: true });
  const take = async (look: string): Promise<void> =>
    await page.screenshot({ path: join(folder, `${name}-${look}.png`) }).then(() => undefined);
  await page.setViewportSize({ width: 1024, height: 700 });
  for (const [look, media] of Object.entries(looks)) {
    await page.emulateMedia({ ...media, reducedMotion: 'reduce' });
    await take(look);
    assert.deepEqual(await findAxeFaults(page, look === 'light' ? undefined : ['color-contrast']), [], look);
  }
  await page.emulateMedia(looks.light);
  await page.setViewportSize({ width: 512, height: 350 });
  await take('zoomed');
  assert.deepEqual(await findAxeFaults(page), [], 'zoomed');
  const cutOff = await page.evaluate(
    () =>
      [...document.querySelectorAll('html, body, main')].filter(
        ({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1,
      ).length,
  );
  assert.equal(cutOff, 0, 'something has to be scrolled sideways at 200 %');
  await page.setViewportSize({ width: 1024, height: 700 });
}
