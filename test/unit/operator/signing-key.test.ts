import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sha256Hex } from '../../../core/digest.ts';
import { SigningAuthority } from '../../../core/operator/signing-authority.ts';
import { createSigningKey, openSigningKey, resealSigningKey } from '../../../core/operator/signing-key.ts';
import type { SealedSigningKey } from '../../../core/operator/signing-key.ts';
import { cheapCost, createOperatorBench, refusal, value } from './operator-bench.ts';

const operatorId = 'b5f0a1f2-0c5e-4c39-9d0b-2f6f6f0f7a11';
const context = { operatorId, cost: cheapCost, randomBytes };
const password = 'plum orbit ladder';

test('REQ-OTA-POL-02 OpenSSL verifies what an operator signs', async (t) => {
  const key = await createSigningKey(password, context);
  const message = Buffer.from('{"a":1}');
  const signature = sign(null, message, value(await openSigningKey(key, password, operatorId)));
  const folder = mkdtempSync(join(tmpdir(), 'drydock-key-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = (name: string) => join(folder, name);
  writeFileSync(path('key.der'), key.publicKey);
  writeFileSync(path('message'), message);
  writeFileSync(path('signature'), signature);
  const verify = [
    'pkeyutl',
    '-verify',
    '-rawin',
    '-pubin',
    '-keyform',
    'DER',
    '-inkey',
    path('key.der'),
    '-in',
    path('message'),
    '-sigfile',
    path('signature'),
  ];
  assert.match(execFileSync('openssl', verify, { encoding: 'utf8' }), /Verified Successfully/);
  assert.equal(key.publicKeySha256, sha256Hex(key.publicKey));
});

test('REQ-OTA-POL-02 the key opens with the password of its own operator only', async () => {
  const key = await createSigningKey(password, context);
  assert.ok((await openSigningKey(key, password, operatorId)).ok);
  refusal(await openSigningKey(key, `${password}.`, operatorId), 'operator.key-damaged');
  refusal(await openSigningKey(key, password, 'b5f0a1f2-0c5e-4c39-9d0b-2f6f6f0f7a12'), 'operator.key-damaged');
});

test('REQ-OTA-POL-02 any byte of a stored key that was changed is noticed', async () => {
  const key = await createSigningKey(password, context);
  const other = await createSigningKey(password, context);
  const flip = (bytes: Uint8Array, at: number) => bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
  const changes: Partial<SealedSigningKey>[] = [
    { salt: flip(key.salt, 0) },
    { nonce: flip(key.nonce, 11) },
    { sealed: flip(key.sealed, 0) },
    { sealed: flip(key.sealed, key.sealed.length - 1) },
    { sealed: key.sealed.subarray(0, 10) },
    { sealed: new Uint8Array(0) },
    { nonce: new Uint8Array(0) },
    { publicKey: other.publicKey },
    { publicKeySha256: other.publicKeySha256 },
    { cost: { ...cheapCost, passes: 2 } },
  ];
  for (const change of changes)
    refusal(await openSigningKey({ ...key, ...change }, password, operatorId), 'operator.key-damaged');
});

test('REQ-OTA-POL-02 a new password seals the same key anew, under a new salt and nonce', async () => {
  const key = await createSigningKey(password, context);
  const moved = value(await resealSigningKey(key, password, 'seven quiet herons', context));
  assert.equal(moved.publicKeySha256, key.publicKeySha256);
  assert.notDeepEqual(moved.salt, key.salt);
  assert.notDeepEqual(moved.nonce, key.nonce);
  assert.ok((await openSigningKey(moved, 'seven quiet herons', operatorId)).ok);
  refusal(await openSigningKey(moved, password, operatorId), 'operator.key-damaged');
  refusal(await resealSigningKey(key, 'wrong password here', 'seven quiet herons', context), 'operator.key-damaged');
});

test('REQ-OTA-POL-02 the stored form holds no private key in the clear', async () => {
  const key = await createSigningKey(password, context);
  const seed = value(await openSigningKey(key, password, operatorId))
    .export({ format: 'der', type: 'pkcs8' })
    .subarray(-32);
  for (const stored of [key.sealed, key.publicKey, key.salt, key.nonce]) assert.ok(!Buffer.from(stored).includes(seed));
});

test('REQ-OTA-POL-02 entering the password again is good for one signature (21 CFR 11.200)', async () => {
  const key = await createSigningKey(password, context);
  const [operator] = (await createOperatorBench()).operators.list();
  assert.ok(operator);
  const authority = new SigningAuthority(
    operator,
    key.publicKey,
    value(await openSigningKey(key, password, operatorId)),
  );
  assert.equal(authority.signOnce(Buffer.from('once')).length, 64);
  assert.throws(() => authority.signOnce(Buffer.from('twice')), /signs once/);
});
