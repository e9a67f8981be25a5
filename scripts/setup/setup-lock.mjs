import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 200;
const GIVE_UP_MS = 10 * 60_000;

/**
 * Runs `work` while this process alone holds the lock file. Waits for another holder, and takes the lock over from one that
 * no longer runs. Throws where a living holder keeps it for ten minutes.
 * @param {string} file
 * @param {() => void} work
 */
export async function withSetupLock(file, work) {
  const mine = `${hostname()} ${process.pid}\n`;
  let waitedMs = 0;
  while (!tryToCreate(file, mine)) {
    const holder = readIfPresent(file);
    if (holder !== undefined && isDead(holder)) {
      removeIfStill(file, holder);
      continue;
    }
    if (waitedMs === 0) console.log('Another set-up of this folder is running; waiting for it …');
    if (waitedMs >= GIVE_UP_MS) throw new Error(`another set-up holds ${file}; delete that file if none is running.`);
    await delay(POLL_MS);
    waitedMs += POLL_MS;
  }
  try {
    work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** Written in full under another name first: a lock file is never seen empty. */
function tryToCreate(/** @type {string} */ file, /** @type {string} */ content) {
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, content);
  try {
    linkSync(unfinished, file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** A holder on another machine (a shared folder) cannot be asked and counts as alive. */
function isDead(/** @type {string} */ holder) {
  const [host, pid] = holder.trim().split(' ');
  if (host !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return codeOf(error) === 'ESRCH';
  }
}

/** Two waiters may find the same dead holder: the slower one must not remove the lock that the faster one has made. */
function removeIfStill(/** @type {string} */ file, /** @type {string} */ holder) {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  if (readFileSync(aside, 'utf8') !== holder) linkSync(aside, file);
  rmSync(aside);
}

/** @returns {string | undefined} */
function readIfPresent(/** @type {string} */ file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function codeOf(/** @type {unknown} */ error) {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
