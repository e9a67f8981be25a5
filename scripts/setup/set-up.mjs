import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withSetupLock } from './setup-lock.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const modules = join(root, 'node_modules');
const stampFile = join(modules, '.drydock-setup');

/**
 * Makes the installed packages those of package-lock.json, and proves that they run: installs only where the lock file, the
 * platform or the architecture differ from those of the last set-up, or where the bundled Node is missing or broken.
 * Safe to run several times at once. Throws with one sentence where the tree cannot be made ready.
 */
export async function setUp() {
  if (isReady()) return;
  await withSetupLock(join(root, '.drydock-setup.lock'), () => {
    // Another set-up may have done the work while this one waited.
    if (isReady()) return;
    console.log('Drydock sets itself up: installing the packages of package-lock.json …');
    installPackages();
    const node = findBundledNode();
    if (node === undefined) {
      throw new Error(
        'the bundled Node did not come with the packages; are install scripts switched off (ignore-scripts)?',
      );
    }
    checkNativeModule(node);
    writeStamp();
    console.log('Drydock is set up.');
  });
}

function isReady() {
  return readIfPresent(stampFile) === expectedStamp() && findBundledNode() !== undefined;
}

/** What the installed packages depend on, as text: equal text, equal packages. */
function expectedStamp() {
  const lockDigest = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  return `${lockDigest} ${process.platform} ${process.arch}\n`;
}

/** Renamed into place, so that a set-up that was killed never leaves a stamp. */
function writeStamp() {
  const unfinished = `${stampFile}.${process.pid}`;
  writeFileSync(unfinished, expectedStamp());
  renameSync(unfinished, stampFile);
}

function installPackages() {
  rmSync(stampFile, { force: true });
  const options = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  // npm names itself and its own Node to the scripts that it runs; without npm above us the one on the PATH is taken.
  const npm = process.env['npm_execpath'];
  const run =
    npm === undefined
      ? spawnSync('npm', options, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
      : spawnSync(process.env['npm_node_execpath'] ?? process.execPath, [npm, ...options], {
          cwd: root,
          stdio: 'inherit',
        });
  if (run.error !== undefined) throw new Error(`npm could not be started (${run.error.message}).`);
  if (run.status !== 0) throw new Error('"npm ci" failed; its own message stands above.');
}

/** Path of the Node that the `node` package brought, or undefined where it is missing or does not run here. */
function findBundledNode() {
  const manifest = readIfPresent(join(modules, 'node', 'package.json'));
  if (manifest === undefined) return undefined;
  const { version, bin } = /** @type {{ version: string, bin: { node: string } }} */ (JSON.parse(manifest));
  const node = join(modules, 'node', bin.node);
  if (!existsSync(node)) return undefined;
  const answer = spawnSync(node, ['--version'], { encoding: 'utf8' });
  return answer.status === 0 && answer.stdout.trim() === `v${version}` ? node : undefined;
}

/** The database is the one package that a station cannot start without and that is native code. */
function checkNativeModule(/** @type {string} */ node) {
  const program = "const Database = require('better-sqlite3'); new Database(':memory:').close();";
  const answer = spawnSync(node, ['-e', program], { cwd: root, encoding: 'utf8' });
  if (answer.status === 0) return;
  throw new Error(
    `the database module does not load on ${process.platform} ${process.arch}: ${answer.stderr.trim() || String(answer.signal)}`,
  );
}

/** @returns {string | undefined} */
function readIfPresent(/** @type {string} */ file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
