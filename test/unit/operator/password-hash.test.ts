import assert from 'node:assert/strict';
import { argon2Sync, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import {
  deriveKey,
  hashPassword,
  needsRehash,
  recommendedCost,
  verifyPassword,
} from '../../../core/operator/password-hash.ts';
import { cheapCost } from './operator-bench.ts';

const nodeArgon2id = (message: string, nonce: Buffer) =>
  argon2Sync('argon2id', {
    message: Buffer.from(message),
    nonce,
    parallelism: 2,
    tagLength: 32,
    memory: 64,
    passes: 3,
  });

test('REQ-OTA-OPR-01 stores Argon2id as RFC 9106 recommends: 64 MiB, 3 passes, 4 lanes, 128-bit salt, 256-bit tag', async () => {
  const stored = await hashPassword('plum orbit ladder', recommendedCost, randomBytes);
  const [, algorithm, version, parameters, salt = '', tag = ''] = stored.split('$');
  assert.deepEqual([algorithm, version, parameters], ['argon2id', 'v=19', 'm=65536,t=3,p=4']);
  assert.equal(Buffer.from(salt, 'base64').length, 16);
  assert.equal(Buffer.from(tag, 'base64').length, 32);
  assert.ok(!needsRehash(stored, recommendedCost));
});

test("REQ-OTA-OPR-01 computes the same as OpenSSL's Argon2id", async () => {
  const cost = { memoryKib: 64, passes: 3, lanes: 2 };
  const salt = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');
  const expected = nodeArgon2id('Kähne im Hafen', salt);
  assert.deepEqual(await deriveKey('Ka\u0308hne im Hafen', salt, cost), expected);
  const stored = await hashPassword('Kähne im Hafen', cost, () => salt);
  assert.equal(stored.split('$').at(-1), expected.toString('base64').replace(/=+$/, ''));
});

test('REQ-OTA-OPR-01 verifies the right password only, in either normalization form', async () => {
  const stored = await hashPassword('Kähne im Hafen', cheapCost, randomBytes);
  assert.ok(await verifyPassword(stored, 'Ka\u0308hne im Hafen'));
  assert.ok(!(await verifyPassword(stored, 'kähne im Hafen')));
  assert.ok(!(await verifyPassword(stored, 'Kähne im Hafen ')));
});

test('REQ-OTA-OPR-01 asks for a new hash where the cost has changed', async () => {
  const stored = await hashPassword('plum orbit ladder', cheapCost, randomBytes);
  assert.ok(!needsRehash(stored, cheapCost));
  for (const change of [{ memoryKib: 16 }, { passes: 2 }, { lanes: 2, memoryKib: 16 }])
    assert.ok(needsRehash(stored, { ...cheapCost, ...change }));
  assert.ok(needsRehash(stored.replace('argon2id', 'argon2i'), cheapCost));
});
