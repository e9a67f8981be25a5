import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import forge from 'node-forge';
import { countPasswordRounds } from '../../../core/trust/pkcs12-rounds.ts';
import { readSigningCredentials } from '../../../core/trust/read-signing-credentials.ts';
import { fixtureFile } from './support/fixture.ts';

/** Found by the fuzzer: OpenSSL's file, with another number of rounds in its MacData (RFC 7292 §4). */
const endless = readFileSync(new URL('../../fuzz/crashes/credentials/af621d496df6cdb4', import.meta.url));

function roundsOf(file: Uint8Array): number {
  return countPasswordRounds(forge.asn1.fromDer(Buffer.from(file).toString('binary'), true));
}

test('counts the rounds of MAC, certificates and key of an OpenSSL PKCS#12 file', () => {
  assert.equal(roundsOf(fixtureFile('cms/p256.p12')), 3 * 2048);
  assert.equal(roundsOf(fixtureFile('cms/rsa.p12')), 3 * 2048);
});

test('refuses PKCS#12 that asks for more password hashing than any tool does, before a round is done', () => {
  assert.ok(roundsOf(endless) > 1_000_000);
  const result = readSigningCredentials({ file: endless, password: 'bench' });
  assert.ok(!result.ok);
  assert.equal(result.code, 'trust.credentials-unreadable');
  assert.match(result.reason, /rounds of password hashing; at most 1000000 are done\.$/);
});
