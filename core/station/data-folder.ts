import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The data folder: `--data`, else $DRYDOCK_DATA, else the platform's place for an application's data. */
export function findDataFolder(option: string | undefined, env: NodeJS.ProcessEnv = process.env): string {
  const given = option ?? env['DRYDOCK_DATA'];
  if (given !== undefined && given !== '') return resolve(given);
  switch (process.platform) {
    case 'win32':
      return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'Drydock');
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Drydock');
    default:
      return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'drydock');
  }
}
