import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  app,
  dialog,
  ipcMain,
  Menu,
  powerMonitor,
  safeStorage,
  session,
  shell as desktop,
  type BrowserWindow,
} from 'electron';
import { usb } from 'usb';
import { callChannel, dropChannel, eventChannel, missedChannel } from '../contract/window/bridge.ts';
import { accept, type Result } from '../contract/result.ts';
import { stationVersion } from '../core/station/version.ts';
import { systemClock } from '../core/system-clock.ts';
import { checkSender } from './ipc/sender.ts';
import { serveApp } from './security/app-protocol.ts';
import { secureSession, windowPartition } from './security/secure-session.ts';
import { claimSingleInstance } from './security/single-instance.ts';
import { Shell } from './shell.ts';
import { DataPlace } from './station/data-place.ts';
import { inspectMachineLog, openMachineStation } from './station/open-machine-station.ts';
import type { OpenedStation } from './station/station-host.ts';
import { inspectTrainingLog, openTraining, trainingBundles } from './training/open-training.ts';
import { describeProgram } from './window/about.ts';
import { mayClose } from './window/closing.ts';
import { menuTemplate } from './window/menu.ts';
import { wordsFor } from './words/words-for.ts';
import { createStationWindow, loadStartPage } from './window/station-window.ts';

const out = fileURLToPath(new URL('../out/', import.meta.url));

/** The program from its start to its end: one instance, one station, one window. */
export function runApplication(): void {
  let window: BrowserWindow | null = null;
  const show = (): void => {
    if (window?.isMinimized() === true) window.restore();
    window?.show();
    window?.focus();
  };
  if (!claimSingleInstance(app, show)) {
    app.quit();
    return;
  }
  app.on('window-all-closed', () => app.quit());
  app
    .whenReady()
    .then(
      async () => {
        window = await openWindow();
      },
      (error: unknown) => reportFault('start', error),
    )
    .catch((error: unknown) => {
      reportFault('start', error);
      const { title, text } = wordsFor('system', app.getLocale()).startFailed;
      dialog.showErrorBox(title, text);
      app.exit(1);
    });
}

async function openWindow(): Promise<BrowserWindow> {
  const windowSession = session.fromPartition(windowPartition);
  secureSession(app, windowSession);
  serveApp(windowSession.protocol, join(out, 'renderer'));
  const window = createStationWindow(join(out, 'preload', 'preload.cjs'), app.isPackaged);
  const training = app.commandLine.hasSwitch('training');
  const shell = createShell(window);
  answerPage(window, shell);
  await shell.start(training);
  setMenu(window, shell);
  watchPeople(window, shell);
  closeInOrder(window, shell);
  await loadStartPage(window);
  return window;
}

function createShell(window: BrowserWindow): Shell {
  const given = app.commandLine.getSwitchValue('data');
  const place = new DataPlace(
    given === '' ? undefined : given,
    process.env,
    join(app.getPath('userData'), 'station-folder.json'),
  );
  const machine = { usb, clock: systemClock, randomBytes, keychain: safeStorage, platform: process.platform };
  let bundles: string | null = null;
  return new Shell({
    place,
    clock: systemClock,
    randomBytes,
    openStation: (folder, create) => openMachineStation(folder, create, machine),
    openTraining: async (folder): Promise<Result<OpenedStation>> => {
      const opened = await openTraining(folder, systemClock);
      if (!opened.ok) return opened;
      bundles = trainingBundles(folder);
      const { station, dataFolder, bench } = opened.value;
      return accept({ station, dataFolder, keychain: false, training: bench });
    },
    inspectLog: (folder, training) => (training ? inspectTrainingLog(folder) : inspectMachineLog(folder, machine)),
    send: (message) => {
      if (!window.isDestroyed()) window.webContents.send(eventChannel, message);
    },
    showOpenDialog: async (options) => {
      const start =
        bundles === null || options.properties?.includes('openDirectory') === true ? {} : { defaultPath: bundles };
      const { canceled, filePaths } = await dialog.showOpenDialog(window, { ...options, ...start });
      return canceled ? [] : filePaths;
    },
    openFolder: async (path) => {
      const failure = await desktop.openPath(path);
      if (failure !== '') reportFault('window.show-folder', failure);
    },
    print: (options) =>
      new Promise((done) => {
        window.webContents.print(options, (success, failureReason) => done({ success, failureReason }));
      }),
    about: () => describeProgram(stationVersion, process.versions, join(out, 'licences.json')),
    systemLocale: () => app.getLocale(),
    shell: (process.versions as Partial<NodeJS.ProcessVersions>)['electron'] === undefined ? 'stand-in' : 'electron',
    reportFault,
  });
}

/** The three ways by which the page reaches this process; each asks first who it is. */
function answerPage(window: BrowserWindow, shell: Shell): void {
  const contents = () => (window.isDestroyed() ? null : window.webContents);
  ipcMain.handle(callChannel, (event, name: unknown, input: unknown) => {
    return checkSender(event, contents()) ?? shell.call(name, input);
  });
  ipcMain.handle(dropChannel, (event, paths: unknown, purpose: unknown) => {
    return checkSender(event, contents()) ?? shell.drop(paths, purpose);
  });
  ipcMain.handle(missedChannel, async (event) => {
    const refused = checkSender(event, contents());
    return refused ?? accept(await shell.missed());
  });
}

function setMenu(window: BrowserWindow, shell: Shell): void {
  const actions = {
    go: (to: Parameters<Shell['go']>[0]) => shell.go(to),
    lock: () => shell.lock(),
    quit: () => window.close(),
    restart: (training: boolean) => {
      const others = process.argv.slice(1).filter((argument) => argument !== '--training');
      app.relaunch({ args: training ? [...others, '--training'] : others });
      window.close();
    },
  };
  const kind = { training: shell.isTraining, developing: !app.isPackaged };
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(shell.words, actions, kind)));
}

/** A hand at the machine keeps the window open to it; a machine that is locked or sleeps has none. */
function watchPeople(window: BrowserWindow, shell: Shell): void {
  window.webContents.on('input-event', () => shell.idleLock.touch());
  powerMonitor.on('lock-screen', () => shell.lock());
  powerMonitor.on('suspend', () => shell.lock());
  shell.idleLock.run().catch((error: unknown) => reportFault('idle lock', error));
}

/** The window closes when the station has: jobs are left where each can be resumed. */
function closeInOrder(window: BrowserWindow, shell: Shell): void {
  let closing = false;
  const close = async (): Promise<void> => {
    const show = async (options: Electron.MessageBoxOptions): Promise<number> =>
      (await dialog.showMessageBox(window, options)).response;
    if (!(await mayClose(shell.ledger.jobsUnderWay, shell.words, show))) {
      closing = false;
      return;
    }
    await shell.close();
    window.destroy();
  };
  window.on('close', (event) => {
    event.preventDefault();
    if (closing) return;
    closing = true;
    close().catch((error: unknown) => {
      reportFault('close', error);
      window.destroy();
    });
  });
}

/** For the program's own log. What went wrong may quote an input, so only its kind and place are written. */
function reportFault(operation: string, error: unknown): void {
  const what = error instanceof Error ? (error.stack ?? error.name).replace(error.message, '…') : typeof error;
  process.stderr.write(`${operation}: ${what}\n`);
}
