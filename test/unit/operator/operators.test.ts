import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NewOperatorInput, Role } from '../../../contract/schema/session.ts';
import { createEmptyBench, createOperatorBench, passwordOf, refusal, value } from './operator-bench.ts';

const initialPassword = 'handed over on a card';
const tess: NewOperatorInput = { username: 'tess', printedName: 'Tess Berg', roles: ['technician'], initialPassword };

test('REQ-OTA-OPR-01 a new station has no account and no default password; the first one is an administrator', async () => {
  const bench = createEmptyBench();
  assert.deepEqual(bench.operators.list(), []);
  const input = { username: 'admin', printedName: 'Ada Min', password: passwordOf('admin') };
  const admin = value(await bench.operators.createFirstAdministrator(input));
  assert.deepEqual(admin.roles, ['administrator']);
  assert.equal(admin.mustChangePassword, false);
  assert.match(admin.publicKeySha256 ?? '', /^[0-9a-f]{64}$/);
  assert.match(admin.id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  refusal(
    await bench.operators.createFirstAdministrator({ ...input, username: 'eve' }),
    'operator.already-initialised',
  );
  assert.equal(bench.operators.list().length, 1);
});

test('REQ-OTA-OPR-01 two first administrators at the same moment: one of them', async () => {
  const bench = createEmptyBench();
  const make = (username: string) =>
    bench.operators.createFirstAdministrator({ username, printedName: 'Ada Min', password: passwordOf(username) });
  const made = await Promise.all([make('ada'), make('eve')]);
  assert.deepEqual(made.map(({ ok }) => ok).sort(), [false, true]);
  assert.equal(bench.operators.list().length, 1);
});

test('REQ-OTA-OPR-01 a new operator must replace the initial password, which makes the signing key', async () => {
  const bench = await createOperatorBench();
  const [admin] = bench.operators.list();
  assert.ok(admin);
  const made = value(await bench.operators.createOperator(admin, tess));
  assert.equal(made.mustChangePassword, true);
  assert.equal(made.publicKeySha256, null);
  assert.deepEqual(bench.events.at(-1), {
    type: 'operator.created',
    actor: { kind: 'operator', id: admin.id, username: 'admin' },
    outcome: 'done',
    subject: { operator: made.id },
    data: { username: 'tess', printedName: 'Tess Berg', roles: ['technician'], publicKeySha256: null },
  });
  const changed = value(
    await bench.passwords.change(made, { currentPassword: initialPassword, newPassword: passwordOf('tess') }),
  );
  assert.equal(changed.mustChangePassword, false);
  assert.match(changed.publicKeySha256 ?? '', /^[0-9a-f]{64}$/);
});

test('REQ-OTA-OPR-01 a username is given once, also after its account was disabled (21 CFR 11.100)', async () => {
  const bench = await createOperatorBench();
  const [admin] = bench.operators.list();
  assert.ok(admin);
  const made = value(await bench.operators.createOperator(admin, tess));
  refusal(await bench.operators.createOperator(admin, tess), 'operator.username-taken', /"tess" is taken/);
  value(bench.operators.disable(admin, made.id, 'left'));
  refusal(
    await bench.operators.createOperator(admin, { ...tess, printedName: 'Tess Other' }),
    'operator.username-taken',
  );
});

test('REQ-OTA-OPR-01 refuses names that could be taken for others, and says which field is wrong', async () => {
  const bench = await createOperatorBench();
  const [admin] = bench.operators.list();
  assert.ok(admin);
  const create = (change: Partial<NewOperatorInput>) => bench.operators.createOperator(admin, { ...tess, ...change });
  for (const username of [
    'Tess',
    'tеss',
    't',
    'tess ',
    '.tess',
    'te..ss',
    'tess-',
    '1tess',
    'x'.repeat(33),
    'tess\u202e',
  ]) {
    refusal(await create({ username }), 'operator.input-invalid', /username must/);
  }
  for (const printedName of [
    '',
    ' Tess',
    'Tess  Berg',
    'Tess\nBerg',
    'Tess \u202eBerg',
    'Tess\u0000',
    '<b>Tess</b>',
    'Te\u0301ss',
    'x'.repeat(101),
  ]) {
    refusal(await create({ printedName }), 'operator.input-invalid', /printedName must/);
  }
  refusal(await create({ roles: [] }), 'operator.input-invalid', /roles must name at least one role/);
  refusal(
    await create({ roles: ['approver', 'approver'] }),
    'operator.input-invalid',
    /roles must not name a role twice/,
  );
  refusal(await create({ roles: ['root' as Role] }), 'operator.input-invalid', /roles\.0/);
  for (const printedName of [
    "Siobhán O'Connor-Ng",
    'Dr. Ana M. Ruiz',
    'Ruiz, Ana',
    'José Jr.',
    '山田 太郎',
    'ʻAkahi Kealoha',
  ]) {
    const username = `user${printedName.length}x${printedName.codePointAt(0) ?? 0}`;
    assert.ok((await create({ username, printedName })).ok, printedName);
  }
});

test('REQ-OTA-OPR-02 an auditor has no other role', async () => {
  const bench = await createOperatorBench();
  const [admin] = bench.operators.list();
  assert.ok(admin);
  refusal(
    await bench.operators.createOperator(admin, { ...tess, roles: ['auditor', 'administrator'] }),
    'operator.roles-conflict',
  );
  assert.ok((await bench.operators.createOperator(admin, { ...tess, roles: ['auditor'] })).ok);
});

test('REQ-OTA-OPR-01 the password rules hold for every new account', async () => {
  const bench = await createOperatorBench();
  const [admin] = bench.operators.list();
  assert.ok(admin);
  refusal(
    await bench.operators.createOperator(admin, { ...tess, initialPassword: 'short' }),
    'operator.password-too-short',
  );
  refusal(
    await bench.operators.createOperator(admin, { ...tess, initialPassword: 'tess berg drydock' }),
    'operator.password-contextual',
  );
  const first = { username: 'admin', printedName: 'Ada Min', password: 'short' };
  refusal(await createEmptyBench().operators.createFirstAdministrator(first), 'operator.password-too-short');
});

test('REQ-OTA-OPR-01 the last active administrator cannot be disabled', async () => {
  const bench = await createOperatorBench();
  const [admin] = bench.operators.list();
  assert.ok(admin);
  refusal(
    bench.operators.disable(admin, admin.id, 'left'),
    'operator.last-administrator',
    /Ada Min is the last active administrator/,
  );
  const second = await bench.add('second', ['administrator', 'technician']);
  assert.equal(value(bench.operators.disable(second, admin.id, 'left')).status, 'disabled');
  assert.equal(bench.events.at(-1)?.type, 'operator.disabled');
  refusal(bench.operators.disable(second, second.id, 'left'), 'operator.last-administrator');
  assert.equal(bench.operators.list().find(({ id }) => id === second.id)?.status, 'active');
});

test('REQ-OTA-OPR-01 an operator who does not exist is refused by id', async () => {
  const bench = await createOperatorBench();
  const [admin] = bench.operators.list();
  assert.ok(admin);
  const nobody = '00000000-0000-4000-8000-000000000000';
  refusal(bench.operators.disable(admin, nobody, 'left'), 'operator.unknown');
  refusal(bench.operators.unlock(admin, nobody), 'operator.unknown');
  refusal(await bench.passwords.reset(admin, nobody, initialPassword), 'operator.unknown');
  refusal(
    await bench.passwords.change({ id: nobody, username: 'x' }, { currentPassword: '', newPassword: '' }),
    'operator.unknown',
  );
});
