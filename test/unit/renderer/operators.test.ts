import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AccountView } from '../../../contract/schema/session.ts';
import {
  isLastAdministrator,
  isLockedForever,
  accountMark,
} from '../../../renderer/features/operators/account-state.ts';
import { makeFirstPassword } from '../../../renderer/features/operators/first-password.ts';

const ada: AccountView = {
  id: '0b8e6f3e-6c0e-4c7e-9d52-0f6f3f0a8a11',
  username: 'ada',
  printedName: 'Ada Moreno',
  roles: ['administrator'],
  status: 'active',
  mustChangePassword: false,
  lockedUntil: null,
  publicKeySha256: null,
  secondFactor: 'none',
  createdAt: '2026-11-01T08:00:00Z',
  lastLoginAt: null,
  openSessions: 0,
};

test('REQ-OTA-OPR-01 a first password has 20 letters and digits that nobody takes for one another, each of 32 equally often', () => {
  const all = Array.from({ length: 256 }, (_, value) => value);
  const seen = new Map<string, number>();
  for (const value of all) {
    const password = makeFirstPassword((bytes) => bytes.fill(value));
    assert.match(password, /^(?:[a-km-np-z2-9]{5}-){3}[a-km-np-z2-9]{5}$/);
    const letter = password.slice(0, 1);
    seen.set(letter, (seen.get(letter) ?? 0) + 1);
  }
  assert.equal(seen.size, 32);
  assert.deepEqual(new Set(seen.values()), new Set([8]));
  const distinct = makeFirstPassword((bytes) => bytes.map((_, at) => at));
  assert.equal(distinct, 'abcde-fghij-kmnpq-rstuv');
});

test('an account is told by what is most worth knowing: disabled before locked before not yet taken over', () => {
  const worst = { ...ada, status: 'disabled', lockedUntil: '2026-11-29T09:00:00Z', mustChangePassword: true } as const;
  assert.equal(accountMark(worst).kind, 'idle');
  assert.equal(accountMark({ ...worst, status: 'active' }).kind, 'needs-you');
  assert.equal(accountMark({ ...worst, status: 'active', lockedUntil: null }).kind, 'ready');
  assert.equal(accountMark(ada).kind, 'confirmed');
});

test('REQ-OTA-OPR-01 the last administrator is the only one in use, whoever else was one', () => {
  const other = { ...ada, id: '1b8e6f3e-6c0e-4c7e-9d52-0f6f3f0a8a12' };
  assert.ok(isLastAdministrator(ada, [ada, { ...other, status: 'disabled' }]));
  assert.ok(!isLastAdministrator(ada, [ada, other]));
  assert.ok(!isLastAdministrator({ ...ada, roles: ['technician'] }, [other]));
  assert.ok(isLockedForever('9999-12-31T23:59:59.999Z'));
  assert.ok(!isLockedForever('2026-11-29T09:00:00.000Z'));
});
