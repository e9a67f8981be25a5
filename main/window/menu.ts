import type { MenuItemConstructorOptions } from 'electron';
import type { WindowGoEvent } from '../../contract/window/bridge.ts';
import type { ShellWords } from '../words/shell-words.ts';

export interface MenuActions {
  readonly go: (to: WindowGoEvent['to']) => void;
  readonly lock: () => void;
  readonly quit: () => void;
  /** Begins anew in training mode, or as a station. */
  readonly restart: (training: boolean) => void;
}

/** The application's menu. It leads to places of the window, by the keys that they have there, and does nothing that an operator would have to be allowed to. */
export function menuTemplate(
  { menu }: ShellWords,
  actions: MenuActions,
  { training, developing }: { training: boolean; developing: boolean },
): MenuItemConstructorOptions[] {
  const place = (to: WindowGoEvent['to'], accelerator: string): MenuItemConstructorOptions => ({
    label: menu[to],
    accelerator,
    click: () => actions.go(to),
  });
  return [
    {
      label: menu.file,
      submenu: [
        { label: menu.lock, accelerator: 'CommandOrControl+L', click: actions.lock },
        { type: 'separator' },
        { label: training ? menu.station : menu.training, click: () => actions.restart(!training) },
        { type: 'separator' },
        { label: menu.quit, accelerator: 'CommandOrControl+Q', click: actions.quit },
      ],
    },
    {
      label: menu.edit,
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: menu.view,
      submenu: [
        place('bench', 'CommandOrControl+1'),
        place('bundles', 'CommandOrControl+2'),
        place('history', 'CommandOrControl+4'),
        place('settings', 'CommandOrControl+,'),
        { type: 'separator' },
        // Its usual key is that of About.
        { role: 'resetZoom', accelerator: 'CommandOrControl+Shift+0' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(developing
          ? [{ type: 'separator' as const }, { role: 'toggleDevTools' as const, label: menu.developerTools }]
          : []),
        { type: 'separator' },
        place('about', 'CommandOrControl+0'),
      ],
    },
  ];
}
