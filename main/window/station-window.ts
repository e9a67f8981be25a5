import { BrowserWindow, session } from 'electron';
import { denyDevTools } from '../security/debugging.ts';
import { denyNavigation } from '../security/navigation.ts';
import { windowPartition } from '../security/secure-session.ts';
import { startPage } from '../security/start-page.ts';
import { restrictedPage } from '../security/web-preferences.ts';

/** The one window, with every rule on it before it loads anything; shown when there is something to see. */
export function createStationWindow(preload: string, isPackaged: boolean): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 1024,
    minHeight: 700,
    show: false,
    title: 'Drydock',
    backgroundColor: '#ffffff',
    webPreferences: {
      ...restrictedPage(preload),
      session: session.fromPartition(windowPartition),
      devTools: !isPackaged,
    },
  });
  denyNavigation(window.webContents);
  denyDevTools(window.webContents, isPackaged);
  window.once('ready-to-show', () => window.show());
  return window;
}

/** Loads the start page. */
export async function loadStartPage(window: BrowserWindow): Promise<void> {
  await window.loadURL(startPage);
}
