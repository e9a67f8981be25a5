import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accept, refuse } from '../../../contract/result.ts';
import type { RevocationRule } from '../../../contract/schema/policy.ts';
import { verifySigners } from '../../../core/bundle/verify-signers.ts';
import { imageFor, manifestFor } from '../../helpers/test-bundle.ts';
import { testSigner } from '../../helpers/test-import.ts';

const manifest = Buffer.from(JSON.stringify(manifestFor([imageFor(Buffer.from('firmware'))])));
const now = new Date('2026-11-22T09:00:00Z');

function verify(rule: RevocationRule | null): { readonly asked: (RevocationRule | null)[]; readonly code: string } {
  const asked: (RevocationRule | null)[] = [];
  const result = verifySigners(manifest, Buffer.from('signed'), now, {
    verifySignature: (_manifest, _signature, _now, revocation) => {
      asked.push(revocation);
      return revocation?.crl === 'required' ? refuse('trust.crl-missing', 'No list.') : accept([testSigner()]);
    },
    rulesFor: () => accept({ threshold: 1, anchors: null, revocation: rule, imageKeys: [] }),
  });
  return { asked, code: result.ok ? 'accept' : result.code };
}

test('REQ-OTA-SIG-02 the signature is verified again under the rule of the product that the manifest names', () => {
  const required = { crl: 'required', maxAgeHours: null } as const;
  const aged = { crl: 'optional', maxAgeHours: 24 } as const;
  assert.deepEqual(verify(null), { asked: [null], code: 'accept' });
  assert.deepEqual(verify(aged), { asked: [null, aged], code: 'accept' });
  assert.deepEqual(verify(required), { asked: [null, required], code: 'trust.crl-missing' });
});
