import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ApprovalRecord, ApprovalRequest, ApprovalStatement } from '../../../contract/schema/policy.ts';
import { canonicalJson } from '../../../core/canonical-json.ts';
import { sha256Hex } from '../../../core/digest.ts';
import { readStatement, verifyApproval } from '../../../core/policy/approval.ts';
import { signApproval } from '../../../core/policy/sign-approval.ts';
import { refusal, value } from '../operator/operator-bench.ts';
import {
  ana,
  approve,
  bo,
  contextOf,
  createSigner,
  downgradeRequest,
  ines,
  leavesOf,
  policyWith,
  request,
} from './policy-bench.ts';
import type { Leaf } from './policy-bench.ts';

const keyOf = (record: ApprovalRecord) => sha256Hex(Buffer.from(record.publicKey, 'base64'));

test('REQ-OTA-POL-02 the signed statement says who, when and with what meaning (21 CFR 11.50)', async () => {
  const record = await approve(ana);
  const statement = value(verifyApproval(record, keyOf(record)));
  assert.deepEqual(statement, {
    ...request,
    format: 'drydock-approval/1',
    id: statement.id,
    policyDigest: policyWith().digest,
    operator: {
      id: ana.view.id,
      username: 'user1',
      printedName: 'Ana Ruiz',
      publicKeySha256: ana.view.publicKeySha256 ?? '',
    },
    signedAt: '2026-11-22T09:00:00.000Z',
    expiresAt: '2026-11-25T09:00:00.000Z',
    station: 'north-bench',
  } satisfies ApprovalStatement);
  assert.equal(record.statement, canonicalJson(statement));
});

test('REQ-OTA-POL-02 OpenSSL verifies an approval, and refuses it after one changed letter', async (t) => {
  const record = await approve(ana);
  const folder = mkdtempSync(join(tmpdir(), 'drydock-approval-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = (name: string) => join(folder, name);
  writeFileSync(path('key.der'), Buffer.from(record.publicKey, 'base64'));
  writeFileSync(path('signature'), Buffer.from(record.signature, 'base64'));
  const verify = (text: string) => {
    writeFileSync(path('statement'), text);
    const options = [
      '-rawin',
      '-pubin',
      '-keyform',
      'DER',
      '-inkey',
      path('key.der'),
      '-in',
      path('statement'),
      '-sigfile',
      path('signature'),
    ];
    return execFileSync('openssl', ['pkeyutl', '-verify', ...options], { encoding: 'utf8', stdio: 'pipe' });
  };
  assert.match(verify(record.statement), /Verified Successfully/);
  assert.throws(() => verify(record.statement.replace('Ana', 'Ann')));
});

test('REQ-OTA-POL-02 changing any single field of the statement breaks the approval', async () => {
  for (const wanted of [
    request,
    downgradeRequest,
    { ...request, scope: { serials: ['SN-7', 'SN-8'], workOrder: 'WO-1' }, reasonCode: 'recall' },
  ]) {
    const record = await approve(ana, wanted);
    const statement = value(readStatement(record));
    for (const { path, leaf } of leavesOf(statement)) {
      const changed = structuredClone(statement);
      let target: Record<string, unknown> = changed;
      for (const key of path.slice(0, -1)) target = target[key] as Record<string, unknown>;
      target[path.at(-1) ?? ''] = anotherValue(leaf);
      const result = verifyApproval({ ...record, statement: canonicalJson(changed) }, keyOf(record));
      assert.ok(!result.ok, `${path.join('.')} can be changed`);
    }
  }
});

function anotherValue(leaf: Leaf): Leaf {
  if (typeof leaf === 'number') return leaf + 1;
  if (leaf === null) return 'x';
  const text = String(leaf);
  // The last digit of a digest, a time or an id becomes another one of its kind, so that the form stays right.
  return /[0-9]Z?$/.test(text)
    ? text.replace(/([0-9])(Z?)$/, (_, digit: string, zulu: string) => `${(Number(digit) + 1) % 10}${zulu}`)
    : `${text}e`;
}

test('REQ-OTA-POL-02 changing the signature or the key breaks the approval, in every bit of their encoding', async () => {
  const record = await approve(ana);
  const flipAt = (text: string, at: number) =>
    `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
  for (let at = 0; at < 86; at += 1) {
    const signature = flipAt(record.signature, at);
    const result = verifyApproval({ ...record, signature }, keyOf(record));
    refusal(result, 'policy.approval-signature-invalid');
  }
  for (let at = 0; at < 59; at += 1) {
    assert.ok(
      !verifyApproval({ ...record, publicKey: flipAt(record.publicKey, at) }, keyOf(record)).ok,
      `key, character ${at}`,
    );
  }
});

test('REQ-OTA-POL-02 a good signature by another key is no approval', async () => {
  const record = await approve(ana);
  refusal(verifyApproval(record, bo.view.publicKeySha256 ?? ''), 'policy.approval-key-unknown', /Ana Ruiz/);
  // Bo signs a statement in Ana's name, and shows his own key or hers.
  const forged = await forge(value(readStatement(record)));
  refusal(verifyApproval(forged, keyOf(record)), 'policy.approval-key-unknown');
  refusal(
    verifyApproval({ ...forged, publicKey: record.publicKey }, keyOf(record)),
    'policy.approval-signature-invalid',
  );
  // The key is the one that is trusted, but the statement names another.
  const mislabelled = await forge({
    ...value(readStatement(record)),
    operator: { ...value(readStatement(record)).operator },
  });
  refusal(verifyApproval(mislabelled, keyOf(mislabelled)), 'policy.approval-key-unknown');
});

async function forge(statement: ApprovalStatement): Promise<ApprovalRecord> {
  const authority = await bo.reauthenticate();
  const text = canonicalJson(statement);
  const signature = Buffer.from(authority.signOnce(Buffer.from(text))).toString('base64');
  return { statement: text, signature, publicKey: Buffer.from(bo.publicKey).toString('base64') };
}

test('REQ-OTA-POL-02 a statement has one text only: no other layout, order, duplicate or additional key', async () => {
  const record = await approve(ana);
  const { statement } = record;
  const texts = [
    `${statement}\n`,
    statement.replace('":"', '": "'),
    statement.replace('"reasonCode":null', '"reasonCode":null,"reasonCode":null'),
    statement.replace('"reasonCode":null', '"reasonCode":null,"extra":1'),
    statement.replace('drydock-approval/1', 'drydock-approval/2'),
    statement.replace('Ana', '\\u0041na'),
    statement.replace('"kind":"install"', '"kind":"downgrade"'),
    statement.replace(/Z"/, 'z"'),
    '{}',
    '[]',
    'null',
    '',
    '['.repeat(50_000),
  ];
  for (const text of texts)
    refusal(verifyApproval({ ...record, statement: text }, keyOf(record)), 'policy.approval-malformed');
});

test('REQ-OTA-POL-02 a record that is no approval is refused as such', async () => {
  const record = await approve(ana);
  for (const change of [
    { signature: '' },
    { signature: `${record.signature}AAAA` },
    { publicKey: '' },
    { publicKey: 'A'.repeat(1e6) },
  ]) {
    refusal(verifyApproval({ ...record, ...change }, keyOf(record)), 'policy.approval-malformed', /documented form/);
  }
});

test('REQ-OTA-POL-02 only Ed25519 keys count', async () => {
  const record = await approve(ana);
  const x25519 = generateKeyPairSync('x25519').publicKey.export({ format: 'der', type: 'spki' });
  refusal(
    verifyApproval({ ...record, publicKey: x25519.toString('base64') }, keyOf(record)),
    'policy.approval-malformed',
    /Ed25519/,
  );
  const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const other = {
    statement: record.statement,
    signature: sign('sha256', Buffer.from(record.statement), p256.privateKey).toString('base64'),
    publicKey: p256.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  };
  refusal(verifyApproval(other, sha256Hex(Buffer.from(other.publicKey, 'base64'))), 'policy.approval-malformed');
});

test('REQ-OTA-POL-01 only who may approve can sign', async () => {
  const technician = await createSigner(9, 'Tom Tech', ['technician']);
  const signed = (signer: typeof ana, context = contextOf()) =>
    signer.reauthenticate().then((authority) => signApproval(authority, request, context));
  refusal(
    await signed(technician),
    'policy.approver-not-allowed',
    /^Tom Tech \(technician\) may not approve .* allows: approver\.$/,
  );
  refusal(await signed(ines), 'policy.approver-imported', /^Ines Roy imported this bundle/);
  const lenient = policyWith({ approvals: { importerMayApprove: true } });
  assert.ok((await signed(ines, contextOf({ policy: lenient }))).ok);
});

test('REQ-OTA-POL-01 a required reason code is one of the list', async () => {
  const policy = policyWith({ approvals: { reasonCodes: ['recall', 'field-safety-notice'] } });
  const signed = async (reasonCode: string | null) =>
    signApproval(await ana.reauthenticate(), { ...request, reasonCode }, contextOf({ policy }));
  refusal(
    await signed(null),
    'policy.reason-code-missing',
    /gave no reason code; .* one of: recall, field-safety-notice\.$/,
  );
  refusal(await signed('because'), 'policy.reason-code-missing', /"because"/);
  assert.ok((await signed('recall')).ok);
});

test('REQ-OTA-POL-02 what is to be approved is checked before it is signed, and the password stays good for a better request', async () => {
  const authority = await ana.reauthenticate();
  const bad: [Partial<ApprovalRequest>, RegExp][] = [
    [{ kind: 'downgrade' }, /exactly one serial/],
    [{ ...downgradeRequest, scope: { serials: '*', workOrder: null } }, /exactly one serial/],
    [{ ...downgradeRequest, scope: { serials: ['SN-7', 'SN-8'], workOrder: null } }, /exactly one serial/],
    [{ ...downgradeRequest, kind: 'install' }, /other kinds have no terms/],
    [{ ...downgradeRequest, downgrade: { fromVersionAtMost: 4, toVersion: 5, reason: 'x' } }, /would lead upwards/],
    [{ product: 'org.example.monitor' }, /but the policy is that of org\.example\.pump/],
    [{ meaning: '' }, /meaning/],
    [{ meaning: 'fine\u202e' }, /meaning/],
    [{ meaning: 'line\nbreak' }, /meaning/],
    [{ scope: { serials: [], workOrder: null } }, /scope\.serials/],
    [{ scope: { serials: ['SN-7', 'SN-7'], workOrder: null } }, /scope\.serials/],
    [{ scope: { serials: ' SN-7' as '*', workOrder: null } }, /scope\.serials/],
    [{ bundleDigest: 'B'.repeat(64) }, /bundleDigest/],
  ];
  for (const [change, reason] of bad) {
    refusal(signApproval(authority, { ...request, ...change }, contextOf()), 'policy.request-invalid', reason);
  }
  assert.ok(signApproval(authority, request, contextOf()).ok);
});

test('REQ-OTA-POL-02 two approvals of the same thing are two signatures', async () => {
  const [one, two] = [await approve(ana), await approve(ana)];
  assert.notEqual(value(readStatement(one)).id, value(readStatement(two)).id);
  assert.notEqual(one.signature, two.signature);
});
