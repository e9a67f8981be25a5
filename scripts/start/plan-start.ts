import { homedir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../project-root.ts';
import { findChromium } from './find-chromium.ts';

export interface StartPlan {
  /** One line or two for whoever types `npm start`. */
  readonly say: string;
  /** Null where no window can be opened. */
  readonly run: {
    readonly command: string;
    readonly options: readonly string[];
    readonly env: Readonly<Record<string, string>>;
  } | null;
}

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  /** Path of Electron's binary, or null. */
  readonly electron: string | null;
  readonly node: string;
}

const withoutWindow = 'The whole job without a window: npm run demo';

/** How the window can be opened on this machine. */
export function planStart({ platform, env, electron, node }: Machine): StartPlan {
  if (platform === 'linux' && !hasDisplay(env)) {
    return {
      say: `There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set): start Drydock in a desktop session, or under "xvfb-run npm start".\n${withoutWindow}`,
      run: null,
    };
  }
  if (electron !== null) {
    return {
      say: `Drydock opens in ${electron}.`,
      run: { command: electron, options: [join(projectRoot, 'out', 'app')], env: {} },
    };
  }
  const chromium = findChromium(env);
  if (chromium === null) {
    return {
      say: `Neither Electron's binary nor a Chromium is here. "npx install-electron" fetches the binary; or install Chromium, or name one in DRYDOCK_CHROMIUM.\n${withoutWindow}`,
      run: null,
    };
  }
  const register = join(projectRoot, 'test', 'stand-in', 'register.ts');
  return {
    say: `Electron's binary is not here; Drydock opens over ${chromium} instead, for development and learning.`,
    run: {
      command: node,
      options: ['--disable-warning=ExperimentalWarning', '--import', register, join(projectRoot, 'main', 'main.ts')],
      env: { STAND_IN_HEADED: '1', STAND_IN_USER_DATA: userDataFolder(platform, env), DRYDOCK_CHROMIUM: chromium },
    },
  };
}

/** Where Electron keeps what outlives a window, such as the data folder that was chosen; a variable that is set counts for its platform only. */
function userDataFolder(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string {
  const chosen = platform === 'win32' ? env['APPDATA'] : platform === 'darwin' ? undefined : env['XDG_CONFIG_HOME'];
  const usual = { win32: ['AppData', 'Roaming'], darwin: ['Library', 'Application Support'] }[platform as string] ?? [
    '.config',
  ];
  return join(chosen ?? join(homedir(), ...usual), 'Drydock');
}

function hasDisplay(env: NodeJS.ProcessEnv): boolean {
  return (env['DISPLAY'] ?? '') !== '' || (env['WAYLAND_DISPLAY'] ?? '') !== '';
}
