import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';
import { test } from 'node:test';
import type { PolicyDocument } from '../../../contract/schema/policy.ts';
import { sha256Hex } from '../../../core/digest.ts';
import { verifyApproval } from '../../../core/policy/approval.ts';
import { Approvals } from '../../../core/policy/approvals.ts';
import { Policies } from '../../../core/policy/policies.ts';
import type { PolicyAct } from '../../../core/policy/sign-policy.ts';
import type { PolicyEvent } from '../../../core/policy/policy-event.ts';
import { createPolicyRepository } from '../../../core/storage/policy-repository.ts';
import { createOperatorBench, passwordOf, refusal, value } from '../operator/operator-bench.ts';
import { request, twoApprovals } from './policy-bench.ts';

async function createBench() {
  const bench = await createOperatorBench();
  const events: PolicyEvent[] = [];
  const audit = {
    append: (event: PolicyEvent) => {
      assert.ok(bench.connection.inTransaction, 'an event outside the transaction of its change');
      events.push(event);
    },
  };
  const repository = createPolicyRepository(bench.connection);
  const { transact, clock } = bench.ports;
  const ports = { repository, audit, transact, clock };
  const [admin] = bench.operators.list();
  assert.ok(admin);
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const act: PolicyAct = {
    signer: {
      operator: admin,
      publicKey: publicKey.export({ format: 'der', type: 'spki' }),
      signOnce: (message) => sign(null, message, privateKey),
    },
    reason: 'Second signer asked for by the vendor',
    station: 'station-1',
    at: clock.now(),
  };
  return {
    ...bench,
    events,
    ports,
    repository,
    admin,
    act,
    policies: new Policies(ports),
    approvals: new Approvals(ports),
  };
}

const bytesOf = (change: Partial<PolicyDocument> = {}) => Buffer.from(JSON.stringify({ ...twoApprovals, ...change }));

test('REQ-OTA-POL-01 a product’s own policy goes before the one for all', async () => {
  const { policies, admin, act, events } = await createBench();
  refusal(
    policies.findFor('org.example.pump'),
    'policy.missing',
    /No policy is installed for the product org\.example\.pump/,
  );
  const general = value(policies.install(bytesOf({ product: '*' }), null));
  assert.equal(general.installedBy, null);
  assert.deepEqual(value(policies.findFor('org.example.pump')), general);
  const own = value(policies.install(bytesOf(), act));
  assert.deepEqual(value(policies.findFor('org.example.pump')), own);
  assert.deepEqual(value(policies.findFor('org.example.monitor')), general);
  assert.deepEqual(events[0]?.data, { product: '*', digest: general.digest, replaced: null });
  assert.deepEqual(events[0].actor, { kind: 'station' });
  assert.deepEqual(events[1]?.actor, { kind: 'operator', id: admin.id, username: 'admin' });
  const { signature, ...data } = events[1].data;
  assert.deepEqual(data, {
    product: 'org.example.pump',
    digest: own.digest,
    replaced: null,
    reason: 'Second signer asked for by the vendor',
  });
  assert.ok(signature);
});

test('REQ-OTA-POL-01 the last installed version is in force, also where it is an old one again', async () => {
  const { policies, act, repository, events } = await createBench();
  const first = value(policies.install(bytesOf(), act));
  const second = value(policies.install(bytesOf({ onSelfTestFailure: 'hold' }), act));
  assert.equal(value(policies.findFor('org.example.pump')).digest, second.digest);
  value(policies.install(bytesOf(), act));
  assert.equal(value(policies.findFor('org.example.pump')).digest, first.digest);
  assert.equal(events.at(-1)?.data['replaced'], second.digest);
  assert.equal(repository.findPolicy(second.digest)?.digest, second.digest, 'earlier versions stay');
});

test('REQ-OTA-POL-01 who puts a policy in force signs its digest, the one it replaces, and why, with a key of their own', async () => {
  const { policies, admin, act, events } = await createBench();
  const first = value(policies.install(bytesOf(), null));
  const second = value(policies.install(bytesOf({ onSelfTestFailure: 'hold' }), act));
  const { publicKey, signature, statement } = events.at(-1)?.data['signature'] as Record<string, string>;
  assert.ok(publicKey && signature && statement);
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
  assert.ok(verify(null, Buffer.from(statement), key, Buffer.from(signature, 'base64')));
  assert.deepEqual(JSON.parse(statement), {
    format: 'drydock-policy-change/1',
    product: 'org.example.pump',
    digest: second.digest,
    replaced: first.digest,
    meaning: 'Second signer asked for by the vendor',
    operator: { id: admin.id, username: 'admin', printedName: admin.printedName },
    signedAt: act.at.toISOString(),
    station: 'station-1',
  });
});

test('REQ-OTA-POL-01 a bad policy leaves the old one in force', async () => {
  const { policies, act, events } = await createBench();
  const first = value(policies.install(bytesOf(), act));
  refusal(policies.install(Buffer.from('{}'), act), 'policy.document-invalid');
  assert.equal(value(policies.findFor('org.example.pump')).digest, first.digest);
  assert.equal(events.length, 1);
});

test('REQ-OTA-AUD-03 a policy whose event cannot be written is not installed', async () => {
  const bench = await createBench();
  const audit = {
    append: () => {
      throw new Error('no room for the event');
    },
  };
  assert.throws(() => new Policies({ ...bench.ports, audit }).install(bytesOf(), bench.act), /no room/);
  refusal(bench.policies.findFor('org.example.pump'), 'policy.missing');
});

test('REQ-OTA-POL-02 from login to a stored approval that verifies, with its audit event', async () => {
  const bench = await createBench();
  const ana = await bench.add('ana', ['approver']);
  const policy = value(bench.policies.install(bytesOf(), bench.act));
  const authority = value(await bench.sessions.reauthenticate(await bench.login('ana'), passwordOf('ana')));
  const context = { policy, importerId: bench.admin.id, station: 'north-bench', randomBytes };
  const statement = value(bench.approvals.sign(authority, request, context));
  assert.equal(statement.operator.id, ana.id);
  const [record] = bench.repository.approvalsOf(request.bundleDigest);
  assert.ok(record);
  assert.deepEqual(bench.repository.findApproval(statement.id), record);
  assert.deepEqual(value(verifyApproval(record, ana.publicKeySha256 ?? '')), statement);
  assert.deepEqual(bench.approvals.list(request.bundleDigest), [statement]);
  assert.deepEqual(bench.approvals.list('c'.repeat(64)), []);
  assert.deepEqual(bench.events.at(-1), {
    type: 'approval.signed',
    actor: { kind: 'operator', id: ana.id, username: 'ana' },
    outcome: 'done',
    subject: { bundle: request.bundleDigest, approval: statement.id },
    data: {
      kind: 'install',
      meaning: request.meaning,
      reasonCode: null,
      expiresAt: statement.expiresAt,
      statementSha256: sha256Hex(Buffer.from(record.statement)),
      signature: record.signature,
      publicKeySha256: ana.publicKeySha256,
    },
  });
});

test('REQ-OTA-AUD-02 policies and approvals can be neither changed nor deleted in the database', async () => {
  const bench = await createBench();
  value(bench.policies.install(bytesOf(), bench.act));
  const record = { statement: '{}', signature: 's', publicKey: 'k' };
  bench.repository.insertApproval({ id: 'a', bundleDigest: request.bundleDigest, record });
  for (const table of ['policy_version', 'approval']) {
    assert.throws(() => bench.connection.exec(`UPDATE ${table} SET seq = seq + 1`), /append-only/);
    assert.throws(() => bench.connection.exec(`DELETE FROM ${table}`), /append-only/);
    assert.throws(() => bench.connection.exec(`INSERT OR REPLACE INTO ${table} SELECT * FROM ${table}`), /append-only/);
  }
  assert.throws(
    () => bench.repository.insertApproval({ id: 'a', bundleDigest: request.bundleDigest, record }),
    /UNIQUE/,
  );
});
