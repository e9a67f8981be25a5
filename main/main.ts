import { app, protocol } from 'electron';
import { runApplication } from './application.ts';
import { appScheme } from './security/app-protocol.ts';
import { switchNetworkOff } from './security/command-line.ts';
import { findDebuggingSwitch } from './security/debugging.ts';

// What has to be said before Chromium starts.
switchNetworkOff(app.commandLine);
protocol.registerSchemesAsPrivileged([appScheme]);
app.enableSandbox();

const debugging = findDebuggingSwitch(app, app.commandLine);
if (debugging === null) {
  runApplication();
} else {
  process.stderr.write(`Drydock does not start with --${debugging}: it would let another program into the station.\n`);
  app.exit(1);
}
