import { EventEmitter } from 'node:events';
import { spawn } from 'node:child_process';
import type { MenuItemConstructorOptions } from 'electron';
import { tellParent } from './parent.ts';

/**
 * In place of the module `electron`, where its binary cannot be had: windows are pages of an installed Chromium, and the same main/ and
 * preload/ run as in Electron. It is a means of development and of tests, and no part of what is packaged.
 */
export { app } from './app.ts';
export { BrowserWindow } from './browser-window.ts';
export { dialog } from './dialog.ts';
export { ipcMain } from './ipc-main.ts';
export { session } from './session.ts';

/** Schemes are mapped to names of hosts; there is nothing to register. */
export const protocol = { registerSchemesAsPrivileged: (): void => undefined };

/** There is no key chain here, and none is made up. */
const noKeychain = (): Promise<never> => Promise.reject(new Error('safeStorage is not available in the stand-in'));
export const safeStorage = {
  isAsyncEncryptionAvailable: (): Promise<boolean> => Promise.resolve(false),
  encryptStringAsync: noKeychain,
  decryptStringAsync: noKeychain,
  getSelectedStorageBackend: () => 'basic_text' as const,
};

/** A test can make the machine lock itself, or sleep. */
export const powerMonitor = new EventEmitter();
process.on('message', (message: { power?: 'lock-screen' | 'suspend' }) => {
  if (message.power !== undefined) powerMonitor.emit(message.power);
});

/** A page has no menu bar; a test can choose from it by the label. */
let menu: readonly MenuItemConstructorOptions[] = [];
export const Menu = {
  buildFromTemplate: (template: readonly MenuItemConstructorOptions[]) => template,
  setApplicationMenu(template: readonly MenuItemConstructorOptions[]): void {
    menu = template;
  },
};
process.on('message', (message: { menu?: string }) => {
  if (message.menu === undefined) return;
  const items = menu.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));
  const item = items.find(({ label }) => label === message.menu);
  (item?.click as (() => void) | undefined)?.();
});

export const shell = {
  /** A test is told; otherwise the desktop opens the folder. */
  openPath(path: string): Promise<string> {
    if (process.send !== undefined) tellParent({ openedFolder: path });
    else
      spawn(process.platform === 'darwin' ? 'open' : 'xdg-open', [path], { detached: true, stdio: 'ignore' }).unref();
    return Promise.resolve('');
  },
};
