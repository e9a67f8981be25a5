import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkNewPassword, normalizePassword } from '../../../core/operator/password-policy.ts';
import { passwordRules, refusal } from './operator-bench.ts';

const check = (password: string) => checkNewPassword(password, passwordRules, ['a.ruiz', 'Ana María Ruiz']);

test('REQ-OTA-OPR-01 takes any 15 characters that are not expected: no composition rules', () => {
  for (const password of [
    'plum orbit ladder',
    'qzvxkjwpyghtmbn',
    '93 74 58 21 06 47',
    'ﬂüstern über Kähne',
    '長い合言葉はとても覚えやすいです',
    '🛶🌊🧭⚓🪝🐚🦑🐙🛟🚢⛵🪸🐳🌬🏝',
  ]) {
    assert.ok(check(password).ok, password);
  }
});

test('REQ-OTA-OPR-01 counts Unicode code points after normalization, not bytes or code units', () => {
  refusal(
    check('fourteen chars'),
    'operator.password-too-short',
    /^The password has 14 characters, it needs at least 15/,
  );
  assert.ok(check('fifteen chars !').ok);
  refusal(check('🛶🌊🧭⚓🪝🐚🦑🐙🛟🚢⛵🪸🐳🌬'), 'operator.password-too-short', /has 14 characters/);
  // Ten letters, each followed by a combining accent, compose to ten characters.
  refusal(check('e\u0301a\u0301o\u0301i\u0301u\u0301'.repeat(2)), 'operator.password-too-short', /has 10 characters/);
});

test('REQ-OTA-OPR-01 takes at most 1024 bytes', () => {
  const long = Array.from({ length: 128 }, (_, index) => `${index * 7919}`.padStart(8, 'x')).join('');
  assert.equal(long.length, 1024);
  assert.ok(check(long).ok);
  refusal(check(`${long}y`), 'operator.password-too-long', /1025 bytes/);
  refusal(check(`${long.slice(0, 1023)}é`), 'operator.password-too-long', /1025 bytes/);
});

test('REQ-OTA-OPR-01 refuses common passwords in any case, and simple patterns', () => {
  const longListed = [...passwordRules.blocklist].filter((word) => word.length >= 15);
  assert.ok(longListed.length > 20);
  for (const word of longListed) {
    refusal(check(word), 'operator.password-common');
    refusal(check(word.toUpperCase()), 'operator.password-common');
  }
  const patterns = [
    'passwordpassword',
    'PasswordPassword',
    'aaaaaaaaaaaaaaaa',
    'abcabcabcabcabca',
    'abcdefghijklmnop',
    'ponmlkjihgfedcba',
    '1234567890123456',
    '9876543210987654',
    'baseballbaseball',
  ];
  for (const password of patterns)
    refusal(check(password), 'operator.password-common', /^The password is (a simple|on the list)/);
  assert.ok(check('correct horse, correct horse').ok);
});

test('REQ-OTA-OPR-01 refuses a password that is little more than names known at the station', () => {
  const names = [
    'drydock-drydock!',
    'DryDock ana.ruiz 1',
    'Ana María Ruiz 42',
    'a.ruiz.north bench',
    'drydock12345678',
    'north.bench.2026!',
  ];
  for (const password of names) refusal(check(password), 'operator.password-contextual');
  assert.ok(check('drydock smells of tar').ok);
});

test('REQ-OTA-OPR-01 refuses half a surrogate pair, which would hash like any other', () => {
  refusal(check('plum orbit ladder \ud83d'), 'operator.password-malformed');
});

test('REQ-OTA-OPR-01 never repeats a refused password in the answer', () => {
  for (const password of ['short secret', 'drydock12345678', 'passwordpassword']) {
    assert.ok(!JSON.stringify(check(password)).includes(password));
  }
});

test('REQ-OTA-OPR-01 the same keys on two keyboards are the same password (RFC 8265)', () => {
  assert.equal(normalizePassword('Kähne'), normalizePassword('Ka\u0308hne'));
  // Compatibility forms stay apart: NFC, not NFKC.
  assert.notEqual(normalizePassword('ﬂ'), 'fl');
});
