import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { signCheckpoint } from '../../../core/audit/checkpoint.ts';
import { makeVerifierKey } from '../../../core/audit/verifier-key.ts';
import { ask, confirm, cosign, fresh, setPair, type Pair } from '../../helpers/cosigning-pair.ts';
import { mth, subproof } from '../../helpers/rfc6962.ts';
import type { VirtualDepot } from '../../helpers/virtual-depot.ts';

async function refuseToCosign({ witness, stick }: Pair, path: string): Promise<string> {
  const folder = fresh(stick);
  const { code } = await witness.refusal('auditor', 'audit.cosign', { path, folder });
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.startsWith('cosigned')),
    [],
    'a cosignature was written',
  );
  return code;
}

/** Every event's exact bytes, as the station shows them. */
async function leavesOf(depot: VirtualDepot, size: number): Promise<Buffer[]> {
  const leaves: Buffer[] = [];
  for (let seq = 1; seq <= size; seq += 1) {
    leaves.push(Buffer.from((await depot.call('auditor', 'audit.show', { seq })).leaf));
  }
  return leaves;
}

/** A request that only the station's own key can make: a checkpoint of what its log never was. */
function forge({ log, origin, stick }: Pair, old: number, size: number): string {
  const privateKey = createPrivateKey(readFileSync(join(log.options.dataFolder, 'station.key')));
  const key = makeVerifierKey(origin, createPublicKey(privateKey));
  const note = signCheckpoint(
    { origin, size: BigInt(size), root: Buffer.alloc(32, 7), extensions: [] },
    key,
    privateKey,
  );
  const path = join(fresh(stick), 'forged.tlog-request');
  writeFileSync(path, `old ${old}\n\n${note}`);
  return path;
}

test('REQ-OTA-AUD-01 a second station cosigns on a removable medium, and the first keeps and shows it', async (t) => {
  const pair = await setPair(t);
  const { log, witness, origin, witnessName } = pair;
  const first = await ask(pair, null);
  assert.match(readFileSync(first, 'utf8'), /^old 0\n\ndrydock\//);
  const cosigned = await cosign(pair, first);
  const kept = await log.call('auditor', 'audit.add-cosignature', { path: cosigned });
  assert.deepEqual(
    kept.added.map(({ name }) => name),
    [witnessName],
  );

  // The second time the request begins where the witness stands, which the kept cosignature tells.
  await log.call('administrator', 'station.rename', { name: 'Another name' });
  const second = await ask(pair, witnessName);
  const [head = '', note = ''] = readFileSync(second, 'utf8').split('\n\n');
  const [old, ...proof] = head.split('\n');
  assert.equal(old, `old ${kept.size}`);
  const size = Number(note.split('\n')[1]);
  const leaves = await leavesOf(log, size);
  assert.deepEqual(
    proof,
    subproof(kept.size, leaves, true).map((hash) => hash.toString('base64')),
    'the proof is that of RFC 6962, made from the events alone',
  );
  assert.equal(note.split('\n')[2], mth(leaves).toString('base64'));
  witness.clock.advance(60_000);
  const again = await log.call('auditor', 'audit.add-cosignature', { path: await cosign(pair, second) });
  assert.equal(again.size, size);

  const { cosignatures, logSize } = await log.call('auditor', 'audit.witnesses', {});
  assert.deepEqual(
    cosignatures.map((one) => [one.name, one.size, one.fault]),
    [
      [witnessName, size, null],
      [witnessName, kept.size, null],
    ],
  );
  assert.ok(logSize > size);
  const { witnessed } = await witness.call('auditor', 'audit.witnesses', {});
  assert.deepEqual(
    witnessed.map((one) => [one.origin, one.size]),
    [[origin, size]],
  );
  for (const [depot, type] of [
    [witness, 'audit.cosigned'],
    [log, 'audit.cosignature-kept'],
  ] as const) {
    const events = await depot.call('auditor', 'audit.list', { before: null, type, outcome: 'done', limit: 10 });
    assert.equal(events.length, 2, type);
  }
  assert.ok((await witness.call('auditor', 'audit.verify', {})).intact);
  assert.ok((await log.call('auditor', 'audit.verify', {})).intact);

  // A confirmed witness counts where the log is compared, without its key being given.
  const compared = await log.call('auditor', 'audit.compare', { path: cosigned, witnessKeys: [] });
  assert.deepEqual(
    compared.cosignedBy.map(({ name }) => name),
    [witnessName],
  );
});

test('REQ-OTA-AUD-01 OpenSSL verifies a cosignature from the message that C2SP tlog-cosignature describes', async (t) => {
  const pair = await setPair(t);
  const cosigned = await cosign(pair, await ask(pair, null));
  const folder = fresh(pair.stick);
  const note = readFileSync(cosigned, 'utf8');
  const [text = '', lines = ''] = note.split('\n\n');
  const line = lines.split('\n').find((one) => one.startsWith(`— ${pair.witnessName} `)) ?? '';
  const signature = Buffer.from(line.split(' ')[2] ?? '', 'base64');
  assert.equal(signature.length, 4 + 8 + 64);
  const time = signature.readBigUInt64BE(4);
  assert.equal(Number(time), Math.floor(pair.witness.clock.now().getTime() / 1000));
  writeFileSync(join(folder, 'message'), `cosignature/v1\ntime ${time}\n${text}\n`);
  writeFileSync(join(folder, 'signature'), signature.subarray(12));
  const vkeyFile = readdirSync(join(cosigned, '..')).find((name) => name.endsWith('.vkey')) ?? '';
  const vkey = readFileSync(join(cosigned, '..', vkeyFile), 'utf8').trim();
  const raw = Buffer.from(vkey.split('+').slice(2).join('+'), 'base64');
  assert.equal(raw[0], 0x04);
  writeFileSync(
    join(folder, 'key.der'),
    Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw.subarray(1)]),
  );
  const verify = (): string =>
    execFileSync(
      'openssl',
      'pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -in message -sigfile signature'.split(' '),
      { cwd: folder, encoding: 'utf8', stdio: 'pipe' },
    );
  assert.match(verify(), /Signature Verified Successfully/);
  writeFileSync(join(folder, 'message'), `cosignature/v1\ntime ${time + 1n}\n${text}\n`);
  assert.throws(verify, 'another time is another statement');
});

test('REQ-OTA-AUD-02 a witness refuses a log that was put back, has two histories, or proves nothing', async (t) => {
  const pair = await setPair(t);
  const first = await ask(pair, null);
  const cosigned = await cosign(pair, first);
  const { size } = await pair.log.call('auditor', 'audit.add-cosignature', { path: cosigned });
  assert.equal(await refuseToCosign(pair, forge(pair, 0, size - 1)), 'audit.witness-rollback');
  assert.equal(await refuseToCosign(pair, forge(pair, size, size)), 'audit.witness-fork');
  assert.equal(await refuseToCosign(pair, forge(pair, size, size + 5)), 'audit.witness-proof-invalid');
  assert.equal(await refuseToCosign(pair, first), 'audit.witness-stale', 'the same request once more');
  assert.equal(await refuseToCosign(pair, await ask(pair, pair.witnessName, 1)), 'audit.witness-stale');
  assert.equal(await refuseToCosign(pair, cosigned), 'audit.witness-request-malformed');
  const large = join(fresh(pair.stick), 'large');
  writeFileSync(large, 'x'.repeat(64 * 1024 + 1));
  assert.equal(await refuseToCosign(pair, large), 'station.file-unreadable');
  const refused = { before: null, type: 'operation.refused', outcome: 'refused', limit: 50 } as const;
  const events = await pair.witness.call('auditor', 'audit.list', refused);
  const fork = events.find(({ code }) => code === 'audit.witness-fork');
  assert.match(JSON.stringify(fork?.data), /(07){32}/, 'the second history stays on record');
  // The state is what it was: the next honest request is cosigned.
  await cosign(pair, await ask(pair, pair.witnessName));
});

test('REQ-OTA-AUD-01 the key of a log or witness is believed only after a person typed its fingerprint', async (t) => {
  const pair = await setPair(t, false);
  const { log, witness, stick } = pair;
  const request = await ask(pair, null);
  assert.equal(await refuseToCosign(pair, request), 'audit.witness-log-unknown');
  const vkeyFile = join(request, '..', 'station.vkey');
  const key = await witness.call('auditor', 'audit.inspect-key', { path: vkeyFile });
  assert.equal(key.keySha256, (await log.call('auditor', 'station.status', {})).keySha256, 'as About shows it there');
  const typed = { verifierKey: key.verifierKey, typedFingerprint: key.keySha256 };
  assert.equal((await witness.refusal('auditor', 'audit.confirm-key', typed)).code, 'station.permission-denied');
  const wrong = { ...typed, typedFingerprint: '0'.repeat(64) };
  assert.equal((await witness.refusal('administrator', 'audit.confirm-key', wrong)).code, 'trust.fingerprint-mismatch');
  const own = await log.refusal('administrator', 'audit.confirm-key', typed);
  assert.equal(own.code, 'audit.witness-self');
  await confirm(witness, key);
  assert.equal((await witness.refusal('administrator', 'audit.confirm-key', typed)).code, 'audit.key-known');
  assert.equal(
    (await witness.refusal('technician', 'audit.cosign', { path: request, folder: stick })).code,
    'station.permission-denied',
  );
  const cosigned = await cosign(pair, request);

  assert.equal(
    (await log.refusal('auditor', 'audit.add-cosignature', { path: cosigned })).code,
    'audit.cosignature-missing',
  );
  const unknown = { folder: stick, witness: pair.witnessName, from: null };
  assert.equal((await log.refusal('auditor', 'audit.request-cosignature', unknown)).code, 'audit.key-unknown');
  const beyond = { folder: stick, witness: null, from: 10_000 };
  assert.equal((await log.refusal('auditor', 'audit.request-cosignature', beyond)).code, 'audit.event-unknown');
  const { ownWitnessKey } = await witness.call('auditor', 'audit.witnesses', {});
  await confirm(log, ownWitnessKey);
  await log.call('auditor', 'audit.add-cosignature', { path: cosigned });
  assert.equal(
    (await log.refusal('auditor', 'audit.add-cosignature', { path: cosigned })).code,
    'audit.cosignature-known',
  );
  const theirs = await witness.refusal('auditor', 'audit.add-cosignature', { path: cosigned });
  assert.equal(theirs.code, 'audit.note-untrusted', "another station's checkpoint is not kept");

  // A key that is removed counts no longer; what was cosigned stays known, so that nobody gets a second beginning.
  const { kind, name } = ownWitnessKey;
  await log.call('administrator', 'audit.remove-key', { kind, name });
  assert.equal((await log.refusal('administrator', 'audit.remove-key', { kind, name })).code, 'audit.key-unknown');
  const [removed] = (await log.call('auditor', 'audit.witnesses', {})).cosignatures;
  assert.equal(removed?.fault?.code, 'audit.key-unknown');
  await witness.call('administrator', 'audit.remove-key', { kind: 'log', name: key.name });
  await confirm(witness, key);
  assert.equal(await refuseToCosign(pair, await ask(pair, null)), 'audit.witness-stale');
});
