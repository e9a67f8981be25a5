import { join } from 'node:path';
import { app, BrowserWindow, protocol, session } from 'electron';
import { windowOrigin } from '../../contract/window/bridge.ts';
import { appScheme, serveApp } from '../../main/security/app-protocol.ts';

// The least program of this shell: one window with one heading, by the same protocol, under the same policy, with the same preload.
protocol.registerSchemesAsPrivileged([appScheme]);
await app.whenReady();
const partition = session.fromPartition('minimal');
serveApp(partition.protocol, process.env['BENCH_MINIMAL_PAGE'] ?? '');
const window = new BrowserWindow({
  width: 1280,
  height: 800,
  webPreferences: {
    session: partition,
    sandbox: true,
    contextIsolation: true,
    preload: join(import.meta.dirname, '../../out/preload/preload.cjs'),
  },
});
await window.loadURL(`${windowOrigin}/index.html`);
