/**
 * Who may import whom: the table of ARCHITECTURE.md as data. What is not allowed here is refused by `drydock/layering`.
 *
 * A path that ends in `/` is a folder with all that is in it, any other path is one file. A file belongs to the room with the
 * longest path that fits, and may always import its own room.
 */
export interface Room {
  readonly path: string;
  /** Rooms, folders or files that may be imported. */
  readonly imports: readonly string[];
  /** The same for `import type` only: what is gone at run time. */
  readonly importsTypes?: readonly string[];
  /** Packages that may be imported, by name. */
  readonly packages: readonly string[];
  /** True where Node's built-in modules may be imported. */
  readonly node: boolean;
}

/** What every room of the core stands on: the contract, and the few files at the core's root that are no room's own. */
const foundation = [
  'core/canonical-json.ts',
  'core/digest.ts',
  'core/ports.ts',
  'core/random-uuid.ts',
  'core/station-settings.ts',
  'core/strict-json.ts',
  'core/sync-folder.ts',
  'core/system-clock.ts',
];

function coreRoom(
  name: string,
  imports: readonly string[],
  packages: readonly string[] = [],
  importsTypes: readonly string[] = [],
): Room {
  return {
    path: `core/${name}/`,
    imports: ['contract/', ...foundation, ...imports],
    // Every operation writes an event, through the interface that the audit room declares for it.
    importsTypes: ['core/audit/event.ts', ...importsTypes],
    packages: ['valibot', ...packages],
    node: true,
  };
}

/** What a shell hands to the station when it opens it, as types. */
const ports = ['core/ports.ts', 'core/device/usb-backend.ts'];

/** The composition root is the one place that knows every room of the core. */
const compositionRoot = {
  imports: ['contract/', 'core/', 'resources/', 'package.json'],
  packages: ['valibot'],
  node: true,
};

export const rooms: readonly Room[] = [
  { path: 'contract/', imports: [], packages: ['valibot'], node: false },

  ...foundation.map((path) => ({
    path,
    imports: ['contract/', ...foundation],
    packages: path === 'core/canonical-json.ts' ? ['canonicalize'] : [],
    node: true,
  })),
  coreRoom('trust', [], ['node-forge']),
  coreRoom('mcuboot', []),
  // A bundle may bring device profiles; they are read by the one reader that profiles have.
  coreRoom('bundle', ['core/trust/', 'core/mcuboot/', 'core/device/profile/'], ['yauzl', 'yazl']),
  coreRoom('operator', [], ['@node-rs/argon2']),
  coreRoom('policy', [], [], ['core/operator/']),
  coreRoom('audit', []),
  coreRoom('device', ['core/mcuboot/'], ['cborg']),
  coreRoom('scan', []),
  coreRoom('update', ['core/bundle/', 'core/policy/', 'core/device/', 'core/audit/']),
  coreRoom(
    'report',
    ['core/update/', 'core/audit/', 'core/policy/'],
    ['pdfkit', '@expo-google-fonts/ibm-plex-sans', '@expo-google-fonts/ibm-plex-mono'],
    ['core/operator/'],
  ),
  // Storage implements interfaces that the other rooms declare: it names their types. Which states of a job are closed it asks
  // the one table of transitions.
  coreRoom('storage', ['core/update/transitions.ts'], ['better-sqlite3'], ['core/']),
  { path: 'core/station.ts', ...compositionRoot },
  { path: 'core/station/', ...compositionRoot },

  // A unit is the other end of the cable: it shares the numbers of the DFU specification with the core, and no code.
  { path: 'simulator/', imports: ['core/device/dfu/constants.ts'], packages: ['cborg'], node: true },

  // Bundles and images of the demonstration product, for the demo, the served units and the training bench; signed with the keys in
  // resources/demo/, which everybody has.
  {
    path: 'demo/',
    imports: ['contract/', 'core/bundle/make/', 'core/trust/', 'simulator/', 'resources/'],
    packages: [],
    node: true,
  },

  // The shells hand the machine's USB to the core, which knows only the interface.
  {
    path: 'cli/',
    imports: [
      'contract/',
      'core/station.ts',
      'core/station/',
      // Tools that work without a station: making bundles, checking device profiles, and verifying what a station handed over.
      'core/bundle/make/',
      'core/device/profile/',
      'core/report/verifier/',
      'core/trust/',
      // What those who make a bundle write by hand is read as strictly as what a station is given.
      'core/strict-json.ts',
      'core/system-clock.ts',
      'simulator/',
      'demo/',
    ],
    importsTypes: ports,
    packages: ['commander', 'usb', 'valibot'],
    node: true,
  },
  {
    path: 'main/',
    imports: [
      'contract/',
      // What the build has made: the page, the preload, the licences.
      'out/',
      'main/training/',
      'core/station.ts',
      'core/station/',
      // The shell puts the system's key chain in the file's place, and writes its own few settings as safely as the core does.
      'core/audit/durable-file.ts',
      'core/audit/secret-store.ts',
      'core/strict-json.ts',
      'core/system-clock.ts',
    ],
    importsTypes: ports,
    packages: ['electron', 'usb', 'valibot'],
    node: true,
  },
  // The one part of the shell that knows virtual units.
  {
    path: 'main/training/',
    imports: [
      'contract/',
      'core/station.ts',
      'core/station/inspect-log.ts',
      'core/system-clock.ts',
      'simulator/',
      'demo/',
    ],
    importsTypes: [...ports, 'main/'],
    packages: [],
    node: true,
  },
  { path: 'preload/', imports: ['contract/'], packages: ['electron'], node: false },
  { path: 'renderer/', imports: ['contract/'], packages: ['svelte', 'uqr'], node: false },

  { path: 'lint/', imports: [], packages: ['eslint'], node: true },
  {
    path: 'scripts/',
    imports: ['contract/'],
    packages: ['@doyensec/electronegativity', 'typescript', 'vite'],
    node: true,
  },
];

/**
 * Rooms that may import everything: tests reach into each room, and a benchmark sets up a whole station and makes its
 * bundles. Nobody else may import them.
 */
export const unlimitedRooms = ['test/', 'bench/'];
