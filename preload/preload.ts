import { contextBridge, ipcRenderer, webUtils } from 'electron';
import {
  callChannel,
  dropChannel,
  eventChannel,
  missedChannel,
  type Bridge,
  type MissedEvents,
  type NumberedEvent,
  type WindowEvent,
} from '../contract/window/bridge.ts';
import type { Result } from '../contract/result.ts';

type Listener = (event: WindowEvent) => void;

/**
 * What waits for a listener that asks what it missed: an event that comes before the answer may be older than what the answer tells, and is
 * then left out.
 */
function subscribe(listener: Listener): () => void {
  let waiting: NumberedEvent[] | null = [];
  let ended = false;
  const receive = (_event: unknown, message: NumberedEvent): void => {
    if (waiting === null) listener(message.event);
    else waiting.push(message);
  };
  const begin = (missed: MissedEvents): void => {
    const later = (waiting ?? []).filter(({ number }) => number > missed.upTo);
    waiting = null;
    if (ended) return;
    for (const event of [...missed.events, ...later.map(({ event }) => event)]) listener(event);
  };
  ipcRenderer.on(eventChannel, receive);
  const asked = ipcRenderer.invoke(missedChannel) as Promise<Result<MissedEvents>>;
  const nothing: MissedEvents = { upTo: 0, events: [] };
  void asked.then(
    (answer) => begin(answer.ok ? answer.value : nothing),
    () => begin(nothing),
  );
  return () => {
    ended = true;
    ipcRenderer.off(eventChannel, receive);
  };
}

const bridge: Bridge = {
  call: (name, input) => ipcRenderer.invoke(callChannel, name, input),
  drop: (files, purpose) =>
    ipcRenderer.invoke(
      dropChannel,
      files.map((file) => webUtils.getPathForFile(file as File)),
      purpose,
    ),
  subscribe,
};

contextBridge.exposeInMainWorld('drydock', bridge);
