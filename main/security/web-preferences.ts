import type { WebPreferences } from 'electron';

/**
 * The page is treated as if it were hostile: it has no Node, shares no objects with the preload (context isolation), and its
 * process is one that the operating system confines (sandbox). Each of these is Electron's default today; they stand here all the same, so
 * that no default decides. The spelling checker would fetch dictionaries.
 *
 * @param preload absolute path of the one script that runs before the page
 */
export function restrictedPage(preload: string): WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    enableBlinkFeatures: '',
    webviewTag: false,
    navigateOnDragDrop: false,
    safeDialogs: true,
    spellcheck: false,
    plugins: false,
    webgl: false,
    // A page that does not paint still has to count the bytes of the jobs that go on behind it.
    backgroundThrottling: false,
  };
}
