import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { MenuItemConstructorOptions } from 'electron';
import { menuTemplate } from '../../../main/window/menu.ts';
import { english } from '../../../main/words/en.ts';

function itemsOf(went: string[]): MenuItemConstructorOptions[] {
  const nothing = () => undefined;
  const actions = { go: (to: string) => void went.push(to), lock: nothing, restart: nothing, quit: nothing };
  return menuTemplate(english, actions, { training: false, developing: false }).flatMap(({ submenu }) =>
    Array.isArray(submenu) ? submenu : [],
  );
}

/** The key of a place as the page has it. */
function keyInPage(place: string): string | undefined {
  const feature = readFileSync(join(import.meta.dirname, `../../../renderer/features/${place}/feature.ts`), 'utf8');
  return /keys: 'Mod\+([^']+)'/.exec(feature)?.[1];
}

test('REQ-OTA-UI-01 the menu names for each place the key that the page has for it, and no key twice', () => {
  const went: string[] = [];
  const items = itemsOf(went);
  const keys = items.flatMap(({ accelerator }) => (typeof accelerator === 'string' ? [accelerator] : []));
  assert.equal(new Set(keys).size, keys.length, keys.join());
  for (const { click, accelerator } of items) {
    const before = went.length;
    (click as (() => void) | undefined)?.();
    const place = went[before];
    if (place !== undefined) assert.equal(accelerator, `CommandOrControl+${keyInPage(place)}`, place);
  }
  assert.equal(went.length, 5);
});
