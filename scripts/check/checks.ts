import type { Check } from './check.ts';
import { commandCheck } from './command-check.ts';
import { findDependencyTableFaults } from './dependency-table.ts';
import { findElectronFaults } from './electron-findings.ts';
import { findErrorCodeFaults } from './error-codes.ts';
import { findLicenceFaults } from './licences.ts';
import { findLinkFaults } from './links.ts';
import { findLockFileFaults } from './lock-file.ts';
import { findStrayTestFiles } from './test-files.ts';

/** Folders with a tsconfig.json of their own, each with the types that it may see and no others. */
const rooms = [
  ...[
    'contract',
    'core',
    'simulator',
    'demo',
    'cli',
    'main',
    'preload',
    'lint',
    'scripts',
    'test',
    'test/stand-in/page',
    'bench',
  ],
];

/**
 * What the tests of the window open: the program as it is built, the gallery of its components, and a Chromium to open them in.
 * Made once, before them: test files run side by side, and builds of theirs would delete each other's files.
 */
export const windowPreparations: readonly Check[] = [
  commandCheck('build of the program', 'scripts/build.ts', '--if-needed'),
  commandCheck(
    'build of the gallery',
    'node_modules/vite/bin/vite.js',
    'build',
    '--config',
    'test/renderer/gallery/vite.config.ts',
  ),
  commandCheck('a Chromium to test in', 'test/stand-in/unpack-chromium.ts'),
];

/** Every check that `npm test` makes before it runs the tests. */
export const checks: readonly Check[] = [
  ...rooms.map((room) => commandCheck(`types of ${room}`, 'node_modules/@typescript/native/bin/tsc', '-p', room)),
  commandCheck(
    'types of renderer',
    'node_modules/svelte-check/bin/svelte-check',
    ...['--workspace', 'renderer', '--tsconfig', './tsconfig.json', '--fail-on-warnings'],
  ),
  commandCheck('lint', 'node_modules/eslint/bin/eslint.js', '--max-warnings', '0', '.'),
  commandCheck('format', 'node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'),
  commandCheck('dead code', 'node_modules/knip/bin/knip.js', '--no-progress'),
  commandCheck(
    'import cycles',
    'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
    '--config',
    '.dependency-cruiser.cjs',
    ...rooms,
    'renderer',
  ),
  { name: 'Electronegativity', findFaults: async () => lines(await findElectronFaults()) },
  { name: 'error codes', findFaults: async () => lines(await findErrorCodeFaults()) },
  commandCheck('traceability', 'scripts/traceability.ts', '--check'),
  { name: 'links in documents', findFaults: async () => lines(await findLinkFaults()) },
  { name: 'licences', findFaults: async () => lines(await findLicenceFaults()) },
  { name: 'table of dependencies', findFaults: async () => lines(await findDependencyTableFaults()) },
  { name: 'lock file', findFaults: async () => lines(await findLockFileFaults()) },
  {
    name: 'every test has a kind',
    findFaults: () => Promise.resolve(lines(findStrayTestFiles().map((file) => `${file} is in no folder that is run`))),
  },
];

function lines(faults: readonly string[]): string {
  return faults.join('\n');
}
