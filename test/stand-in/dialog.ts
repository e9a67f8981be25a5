import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type {
  BaseWindow,
  MessageBoxOptions,
  MessageBoxReturnValue,
  OpenDialogOptions,
  OpenDialogReturnValue,
} from 'electron';
import type { BrowserWindow } from './browser-window.ts';
import { askParent } from './parent.ts';
import type { StandInWebContents } from './web-contents.ts';

/** The system's dialogues: a test answers them, or a person in a box of Chromium's. */
export const dialog = {
  async showOpenDialog(window: BaseWindow, options: OpenDialogOptions): Promise<OpenDialogReturnValue> {
    const { defaultPath = homedir() } = options;
    const answer = await askParent({ kind: 'open', options }, async () => {
      const typed = await contentsOf(window).askPerson(describeOpening(options, defaultPath));
      return typed === null || typed.trim() === '' ? [] : resolve(defaultPath, typed.trim());
    });
    const filePaths = (Array.isArray(answer) ? answer : [answer]).filter(
      (path): path is string => typeof path === 'string' && path !== '',
    );
    return { canceled: filePaths.length === 0, filePaths };
  },

  /** Electron's waits for a click; here it is said and over. */
  showErrorBox(title: string, content: string): void {
    process.stderr.write(`${title}: ${content}\n`);
  },

  async showMessageBox(window: BaseWindow, options: MessageBoxOptions): Promise<MessageBoxReturnValue> {
    const { message, detail = '', buttons = ['OK'], defaultId = 0, cancelId = 0 } = options;
    const answer = await askParent({ kind: 'message', options }, () => {
      const offered = buttons.map((button, index) => `${index}: ${button}`).join('\n');
      return contentsOf(window).askPerson(`${message}\n${offered}\n\n${detail}`, String(defaultId));
    });
    const response = answer === null || answer === '' ? Number.NaN : Number(answer);
    return { response: response in buttons ? response : cancelId, checkboxChecked: false };
  },
};

const MOST_NAMES = 20;

/** What is asked for, and what lies where the dialogue would open: a name of it is enough. */
function describeOpening({ title = 'Open', properties = [] }: OpenDialogOptions, folder: string): string {
  const isFolder = properties.includes('openDirectory');
  const found = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  const names = found.flatMap((entry) =>
    entry.isDirectory() === isFolder && !entry.name.startsWith('.') ? [entry.name] : [],
  );
  const what = `${title}\nPath of a ${isFolder ? 'folder' : 'file'}, or one of these names in ${folder}:`;
  return [what, ...names.sort().slice(0, MOST_NAMES)].join('\n');
}

function contentsOf(window: BaseWindow): StandInWebContents {
  return (window as unknown as BrowserWindow).webContents;
}
