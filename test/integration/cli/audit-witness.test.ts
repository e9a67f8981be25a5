import assert from 'node:assert/strict';
import { cpSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { AuditVerification } from '../../../contract/schema/audit.ts';
import type { WitnessState } from '../../../contract/schema/witness.ts';
import type { CliRun } from '../../helpers/run-cli.ts';
import { rewriteLog } from '../../helpers/tamper-log.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { CliBench } from './cli-bench.ts';

async function done(run: Promise<CliRun>): Promise<string> {
  const { code, out, err } = await run;
  assert.equal(code, 0, out + err);
  return out;
}

function fileIn(folder: string, pattern: RegExp): string {
  return join(folder, readdirSync(folder).find((name) => pattern.test(name)) ?? 'nothing');
}

/** A copy of the station's log, written anew with the station's key, is told by what the witness saw; afterwards it is as it was. */
async function convictRewritten(log: CliBench, witness: string): Promise<void> {
  const copy = join(log.folder, 'copy');
  cpSync(log.data, copy, { recursive: true });
  rewriteLog(log.data, (event) => (event.seq === 3 ? { ...event, data: { ...event.data, rewritten: true } } : event));
  const told = await log.run(['audit', 'verify']);
  assert.equal(told.code, 6, told.out + told.err);
  assert.ok(told.out.includes(`${witness} cosigned another history of this log`), told.out);
  assert.match(told.out, /audit\.cosignature-contradicted/);
  rmSync(log.data, { recursive: true });
  renameSync(copy, log.data);
}

test('REQ-OTA-AUD-01 one station cosigns the log of another from the command line, by the documented steps', async (t) => {
  const [log, witness] = [await CliBench.set(t), await CliBench.set(t)];
  const stick = tempFolder(t);
  const [there, back] = [join(stick, 'there'), join(stick, 'back')];
  log.logIn('ada');
  witness.logIn('ada');
  const state = async (bench: CliBench): Promise<WitnessState> =>
    JSON.parse(await done(bench.run(['audit', 'witnesses', '--json']))) as WitnessState;
  const fingerprint = (await state(log)).ownLogKey.keySha256;

  await done(log.run(['audit', 'witness-request', there]));
  const request = fileIn(there, /\.tlog-request$/);
  const early = await witness.run(['audit', 'cosign', request, back]);
  assert.equal(early.code, 3, early.out + early.err);
  assert.match(early.err, /audit\.witness-log-unknown/);
  const key = join(there, 'station.vkey');
  const mistyped = await witness.run(['audit', 'confirm-key', key], ['0'.repeat(64)]);
  assert.match(mistyped.err, /trust\.fingerprint-mismatch/);
  await done(witness.run(['audit', 'confirm-key', key], [fingerprint]));
  witness.logIn('otto');
  assert.match(await done(witness.run(['audit', 'cosign', request, back])), /Cosigned \d+ events of drydock\//);

  const witnessKey = (await state(witness)).ownWitnessKey;
  const cosigned = fileIn(back, /^cosigned-/);
  await done(log.run(['audit', 'confirm-key', fileIn(back, /\.vkey$/)], [witnessKey.keySha256]));
  log.logIn('otto');
  assert.match(
    await done(log.run(['audit', 'add-cosignature', cosigned])),
    /Cosigned by drydock\/.*; covers \d+ of \d+ events\./,
  );
  assert.match(await done(log.run(['audit', 'compare', cosigned])), /Cosigned by drydock\//);
  const shown = await done(log.run(['audit', 'witnesses']));
  assert.match(shown, /Cosignatures of this log\n {2}\S+ by drydock\/.*; covers \d+ of \d+ events/);
  const verified = await done(log.run(['audit', 'verify']));
  assert.match(
    verified,
    /all intact\.\n.*\n\S+ 1 kept cosignature fits\.\n {2}Cosigned by drydock\/\S+ up to event \d+\.\n$/,
  );
  const { cosignatures } = JSON.parse(await done(log.run(['audit', 'verify', '--json']))) as AuditVerification;
  assert.deepEqual([cosignatures.verified, cosignatures.upTo[0]?.witness], [1, witnessKey.name]);
  await convictRewritten(log, witnessKey.name);
  const next = join(stick, 'next');
  assert.match(await done(log.run(['audit', 'witness-request', next, '--witness', witnessKey.name])), /has seen [1-9]/);

  log.logIn('ada');
  const unsure = await log.run(['audit', 'remove-key', witnessKey.name], ['something else']);
  assert.equal(unsure.code, 2, unsure.out + unsure.err);
  await done(log.run(['audit', 'remove-key', witnessKey.name], [witnessKey.name]));
  const fallen = await log.run(['audit', 'witnesses']);
  assert.equal(fallen.code, 6, 'a cosignature that counts no longer is told by the exit code');
  assert.match(fallen.out, /audit\.key-unknown/);
  assert.match(await done(log.run(['audit', 'verify'])), /No witness vouches.*\n.*that do not count: 1 \(/);
});
