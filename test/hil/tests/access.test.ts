import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { RealBench } from '../guest/real-bench.ts';

const RULES = '/etc/udev/rules.d/70-drydock.rules';
/** From systemd, which the guest does not have: what the tag means. */
const SEAT_RULES = '/etc/udev/rules.d/73-seat-late.rules';
const SEATS = '/run/systemd/seats';
const rules = fileURLToPath(new URL('../../../resources/udev/70-drydock.rules', import.meta.url));
const tryOpen = fileURLToPath(new URL('../guest/try-open.ts', import.meta.url));

/** Opens the unit as an ordinary person (uid 1000), in a process that also has to end by itself. */
function openAsPerson(): string {
  const run = spawnSync(process.execPath, [tryOpen], { uid: 1000, gid: 1000, encoding: 'utf8', timeout: 60_000 });
  if (run.error !== undefined) throw run.error;
  assert.equal(run.status, 0, `${run.stdout}${run.stderr}`);
  return run.stdout.trim();
}

test('REQ-OTA-USB-01 a person without the udev rules may not open a unit, and is told so; with them the person at the seat may', async (t) => {
  const real = await RealBench.start(t);
  assert.match(openAsPerson(), /^device\.access-denied: .*udev/s);

  t.after(() => {
    rmSync(RULES, { force: true });
    rmSync(SEAT_RULES, { force: true });
    rmSync(SEATS, { recursive: true, force: true });
    execFileSync('udevadm', ['control', '--reload']);
  });
  copyFileSync(rules, RULES);
  writeFileSync(SEAT_RULES, 'TAG=="uaccess", ENV{MAJOR}!="", RUN{builtin}+="uaccess"\n');
  // What logind writes when somebody logs in at the machine; udev's "uaccess" reads it.
  mkdirSync(SEATS, { recursive: true });
  writeFileSync(`${SEATS}/seat0`, 'IS_SEAT0=1\nACTIVE=1\nACTIVE_UID=1000\n');
  execFileSync('udevadm', ['control', '--reload']);
  await real.unplug('1-1');
  await real.seesUnits(0);
  await real.plug('1-1');
  await real.seesUnits(1);
  execFileSync('udevadm', ['settle']);
  assert.equal(openAsPerson(), 'accepted');
});
