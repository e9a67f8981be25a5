import type { IpcMainInvokeEvent, WebContents } from 'electron';
import { refuse, type Refusal } from '../../contract/result.ts';
import { windowOrigin } from '../../contract/window/bridge.ts';

/** What is known of who calls. */
export type Sender = Pick<IpcMainInvokeEvent, 'senderFrame'>;

/**
 * Refuses a call with `window.sender-refused` that does not come from the main frame of our one window, at our origin. A frame that is
 * gone has no `senderFrame`; it is not trusted either. Electron's checklist, 17.
 *
 * @param contents of our window, or null while there is none
 */
export function checkSender({ senderFrame }: Sender, contents: Pick<WebContents, 'mainFrame'> | null): Refusal | null {
  const isOurs =
    senderFrame !== null &&
    contents !== null &&
    senderFrame === contents.mainFrame &&
    senderFrame.parent === null &&
    senderFrame.origin === windowOrigin;
  return isOurs ? null : refuse('window.sender-refused', 'This call does not come from the window of Drydock.');
}
