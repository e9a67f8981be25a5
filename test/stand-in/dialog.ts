import type {
  BaseWindow,
  MessageBoxOptions,
  MessageBoxReturnValue,
  OpenDialogOptions,
  OpenDialogReturnValue,
} from 'electron';
import { askParent } from './parent.ts';

/** The system's dialogues: a test answers them, or a person at the terminal. */
export const dialog = {
  async showOpenDialog(_window: BaseWindow, options: OpenDialogOptions): Promise<OpenDialogReturnValue> {
    const what = options.properties?.includes('openDirectory') === true ? 'folder' : 'file';
    const answer = await askParent(
      { kind: 'open', options },
      `${options.title ?? 'Open'}: path of the ${what} (empty: none)?`,
    );
    const filePaths = (Array.isArray(answer) ? answer : [answer]).filter(
      (path): path is string => typeof path === 'string' && path !== '',
    );
    return { canceled: filePaths.length === 0, filePaths };
  },

  /** Electron's waits for a click; here it is said and over. */
  showErrorBox(title: string, content: string): void {
    process.stderr.write(`${title}: ${content}\n`);
  },

  async showMessageBox(_window: BaseWindow, options: MessageBoxOptions): Promise<MessageBoxReturnValue> {
    const buttons = options.buttons ?? ['OK'];
    const offered = buttons.map((button, index) => `${index}: ${button}`).join(', ');
    const answer = await askParent(
      { kind: 'message', options },
      `${options.message} ${options.detail ?? ''}\n${offered}?`,
    );
    const response = answer === null || answer === '' ? Number.NaN : Number(answer);
    return { response: response in buttons ? response : (options.cancelId ?? 0), checkboxChecked: false };
  },
};
