import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import type { App, Session, WebContents } from 'electron';
import { denyCertificates } from '../../../main/security/certificates.ts';
import { switchNetworkOff } from '../../../main/security/command-line.ts';
import { denyDevTools, findDebuggingSwitch } from '../../../main/security/debugging.ts';
import { denyDownloads } from '../../../main/security/downloads.ts';
import { denyNavigation, isStartPage } from '../../../main/security/navigation.ts';
import { denyPermissions } from '../../../main/security/permissions.ts';
import { denyRequests, isOwnRequest } from '../../../main/security/requests.ts';
import { claimSingleInstance } from '../../../main/security/single-instance.ts';
import { restrictedPage } from '../../../main/security/web-preferences.ts';

class Preventable {
  prevented = false;
  readonly url: string;
  readonly isMainFrame: boolean;

  constructor(url = '', isMainFrame = true) {
    this.url = url;
    this.isMainFrame = isMainFrame;
  }

  preventDefault(): void {
    this.prevented = true;
  }
}

/** Notes every handler that is set, by the name of the method that sets it. */
function notingSession(): EventEmitter & { handlers: Map<string, (...values: never[]) => unknown> } {
  const handlers = new Map<string, (...values: never[]) => unknown>();
  const note =
    (name: string) =>
    (handler: (...values: never[]) => unknown): void =>
      void handlers.set(name, handler);
  const names = [
    'setPermissionRequestHandler',
    'setPermissionCheckHandler',
    'setDevicePermissionHandler',
    'setDisplayMediaRequestHandler',
    'setBluetoothPairingHandler',
    'setCertificateVerifyProc',
  ];
  const methods = Object.fromEntries(names.map((name) => [name, note(name)]));
  return Object.assign(new EventEmitter(), methods, {
    handlers,
    webRequest: { onBeforeRequest: note('onBeforeRequest') },
  });
}

/** What a handler says through its last argument. */
function saidBy(handler: ((...values: never[]) => unknown) | undefined, ...values: unknown[]): unknown {
  let said: unknown = 'nothing';
  const answer = (...given: unknown[]): void => void (said = given[0]);
  (handler as (...all: unknown[]) => unknown)(...values, answer);
  return said;
}

test('REQ-OTA-UI-02 the page has no Node, no shared objects and a sandbox', () => {
  const page = restrictedPage('/preload.cjs');
  assert.equal(page.sandbox, true);
  assert.equal(page.contextIsolation, true);
  assert.equal(page.webSecurity, true);
  for (const off of [
    'nodeIntegration',
    'nodeIntegrationInWorker',
    'nodeIntegrationInSubFrames',
    'webviewTag',
    'spellcheck',
    'navigateOnDragDrop',
    'allowRunningInsecureContent',
    'experimentalFeatures',
  ] as const) {
    assert.equal(page[off], false, off);
  }
});

test('REQ-OTA-UI-02 every permission and every device is refused', () => {
  const session = notingSession();
  denyPermissions(session as unknown as Session);
  const { handlers } = session;
  assert.equal(saidBy(handlers.get('setPermissionRequestHandler'), null, 'usb'), false);
  assert.equal(handlers.get('setPermissionCheckHandler')?.(), false);
  assert.equal(handlers.get('setDevicePermissionHandler')?.(), false);
  assert.deepEqual(saidBy(handlers.get('setDisplayMediaRequestHandler'), {}), {});
  assert.deepEqual(saidBy(handlers.get('setBluetoothPairingHandler'), {}), { confirmed: false });
  for (const [name, nobody] of [
    ['select-usb-device', undefined],
    ['select-hid-device', undefined],
    ['select-serial-port', ''],
  ] as const) {
    const event = new Preventable();
    let chosen: unknown = 'something';
    const choose = (device?: unknown): void => void (chosen = device);
    session.emit(name, event, ...(name === 'select-serial-port' ? [[], null] : [{}]), choose);
    assert.equal(event.prevented, true, name);
    assert.equal(chosen, nobody, name);
  }
});

test('REQ-OTA-UI-02 no navigation, redirect, frame, window or webview leads anywhere else', () => {
  let open: ((details: { url: string }) => { action: string }) | undefined;
  const contents = Object.assign(new EventEmitter(), {
    setWindowOpenHandler: (handler: typeof open) => (open = handler),
  });
  denyNavigation(contents as unknown as WebContents);
  assert.deepEqual(open?.({ url: 'app://drydock/index.html' }), { action: 'deny' });
  const prevented = (name: string, url: string, isMainFrame = true): boolean => {
    const event = new Preventable(url, isMainFrame);
    contents.emit(name, event);
    return event.prevented;
  };
  assert.equal(prevented('will-navigate', 'app://drydock/index.html'), false, 'a reload');
  assert.equal(prevented('will-navigate', 'https://example.com/'), true);
  assert.equal(prevented('will-navigate', 'file:///etc/passwd'), true);
  assert.equal(prevented('will-frame-navigate', 'app://drydock/index.html', false), true);
  assert.equal(prevented('will-frame-navigate', 'app://drydock/index.html'), false);
  assert.equal(prevented('will-redirect', 'app://drydock/index.html'), true);
  assert.equal(prevented('will-attach-webview', ''), true);
});

test('the start page is the start page with any hash, and nothing that looks like it', () => {
  assert.ok(isStartPage('app://drydock/index.html#/bench'));
  for (const url of [
    'app://drydock/index.html?x',
    'app://drydock/',
    'app://drydock.evil/index.html',
    'app://x@drydock/index.html',
    'javascript:1',
    'nonsense',
  ]) {
    assert.equal(isStartPage(url), false, url);
  }
});

test('REQ-OTA-UI-02 nothing is downloaded', () => {
  const session = new EventEmitter();
  denyDownloads(session as unknown as Session);
  const event = new Preventable();
  session.emit('will-download', event);
  assert.equal(event.prevented, true);
});

test('REQ-OTA-TLS-02 every request that is not for our own files is refused, of any scheme', () => {
  const session = notingSession();
  denyRequests(session as unknown as Session, false);
  const isCancelled = (url: string): unknown => saidBy(session.handlers.get('onBeforeRequest'), { url });
  assert.deepEqual(isCancelled('app://drydock/index.html'), { cancel: false });
  for (const url of [
    'http://example.com/',
    'https://drydock/',
    'ws://localhost/',
    'wss://example.com/',
    'file:///etc/passwd',
    'ftp://example.com/',
    'blob:app://drydock/1',
    'data:text/html,<script>1</script>',
    'data:image/svg+xmlx,<svg>',
    'devtools://devtools/bundled/inspector.html',
    'chrome://version',
    'app://elsewhere/index.html',
    'nonsense',
  ]) {
    assert.deepEqual(isCancelled(url), { cancel: true }, url);
  }
  assert.ok(isOwnRequest('data:image/png;base64,AAAA', false));
  assert.ok(isOwnRequest('devtools://devtools/bundled/inspector.html', true), 'while it is developed');
});

test('REQ-OTA-TLS-02 no certificate is right, and nobody is asked for one or for a password', () => {
  const app = new EventEmitter();
  const session = notingSession();
  denyCertificates(app as unknown as App, session as unknown as Session);
  assert.equal(saidBy(session.handlers.get('setCertificateVerifyProc'), {}), -2);
  const event = new Preventable();
  let trusted: unknown;
  app.emit('certificate-error', event, null, '', '', null, (answer: unknown) => (trusted = answer));
  assert.deepEqual([event.prevented, trusted], [true, false]);
  for (const name of ['select-client-certificate', 'login']) {
    const asked = new Preventable();
    app.emit(name, asked, null, '', [], () => undefined);
    assert.equal(asked.prevented, true, name);
  }
});

test('REQ-OTA-TLS-02 what Chromium does over a network by itself is switched off', () => {
  const switches = new Map<string, string | undefined>();
  switchNetworkOff({ appendSwitch: (name, value) => void switches.set(name, value) });
  for (const name of ['disable-background-networking', 'disable-component-update', 'no-pings', 'disable-sync']) {
    assert.ok(switches.has(name), name);
  }
  assert.equal(switches.get('host-resolver-rules'), 'MAP * ~NOTFOUND');
});

test('REQ-OTA-UI-02 a packaged program neither starts with a debugging switch nor shows developer tools', () => {
  const commandLine = { hasSwitch: (name: string) => name === 'remote-debugging-port' };
  assert.equal(findDebuggingSwitch({ isPackaged: true }, commandLine), 'remote-debugging-port');
  assert.equal(findDebuggingSwitch({ isPackaged: false }, commandLine), null);
  assert.equal(findDebuggingSwitch({ isPackaged: true }, { hasSwitch: () => false }), null);
  for (const isPackaged of [true, false]) {
    let closed = 0;
    const contents = Object.assign(new EventEmitter(), { closeDevTools: () => (closed += 1) });
    denyDevTools(contents as unknown as WebContents, isPackaged);
    contents.emit('devtools-opened');
    assert.equal(closed, isPackaged ? 1 : 0);
  }
});

test('a second start shows the window of the first and hands nothing over', () => {
  let shown: unknown[] = [];
  const show = (...values: unknown[]): void => void (shown = [...shown, values.length]);
  const app = Object.assign(new EventEmitter(), { requestSingleInstanceLock: () => true });
  assert.equal(
    claimSingleInstance(app as unknown as App, () => show()),
    true,
  );
  app.emit('second-instance', {}, ['--data=/elsewhere'], '/');
  assert.deepEqual(shown, [0]);
  const second = Object.assign(new EventEmitter(), { requestSingleInstanceLock: () => false });
  assert.equal(
    claimSingleInstance(second as unknown as App, () => show()),
    false,
  );
});
