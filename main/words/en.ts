import type { ShellWords } from './shell-words.ts';

export const english: ShellWords = {
  choose: {
    bundle: 'Firmware bundle',
    certificate: 'Certificate or public key',
    crl: 'Revocation list',
    'trust-package': 'Trust package',
    'trust-signature': 'Signature of a trust package',
    policy: 'Policy',
    report: 'Report (JSON)',
    checkpoint: 'Kept checkpoint',
    'verifier-key': 'Verifier key',
    'witness-request': 'Request for a cosignature',
    'export-folder': 'Folder to write into',
    'data-folder': 'Folder for the station’s data',
  },
  allFiles: 'All files',
  close: {
    title: 'Units are being updated',
    message: (units) => (units === 1 ? 'One unit is being updated.' : `${units} units are being updated.`),
    detail: (places) =>
      `${places.join('\n')}\n\nIf you close Drydock now, work on them stops. Leave them plugged in: each job can be resumed when Drydock is open again.`,
    keepWorking: 'Keep working',
    closeAll: 'Stop and close',
  },
  startFailed: {
    title: 'Drydock did not start',
    text: 'Drydock met an error of the program or of the machine. No unit was touched. Start it again; if it fails again, tell your administrator. The error stands in the program’s output on standard error.',
  },
  menu: {
    file: 'Station',
    edit: 'Edit',
    view: 'View',
    bench: 'Bench',
    bundles: 'Bundles',
    history: 'History',
    settings: 'Settings',
    about: 'About Drydock',
    lock: 'Lock the window',
    quit: 'Quit',
    training: 'Training mode…',
    station: 'Leave training mode…',
    developerTools: 'Developer tools',
  },
};
