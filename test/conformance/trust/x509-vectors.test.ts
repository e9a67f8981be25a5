import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { checkProfile } from '../../../core/trust/chain/check-profile.ts';
import { checkCrl } from '../../../core/trust/chain/check-crl.ts';
import { checkSignedBy } from '../../../core/trust/chain/check-issued.ts';
import type { Result } from '../../../contract/result.ts';
import { type Certificate, parseCertificate } from '../../../core/trust/x509/certificate.ts';
import { type Crl, parseCrl } from '../../../core/trust/x509/crl.ts';
import { pemBody } from '../../unit/trust/support/fixture.ts';

/** Odd certificates and CRLs of pyca/cryptography; index.json says what to expect of each. */
const folder = new URL('../../fixtures/trust/vectors/x509/', import.meta.url);

interface Vector {
  readonly file: string;
  readonly kind: 'cert' | 'crl';
  readonly form: 'PEM' | 'DER';
  readonly expect: string;
  readonly what: string;
}

const { files } = JSON.parse(readFileSync(new URL('index.json', folder), 'utf8')) as { files: readonly Vector[] };

/** Where Drydock is stricter than the index, which tolerates what RFC 5280 or X.690 forbids. */
const stricter: Readonly<Record<string, string>> = {
  'alternate-rsa-sha1-oid.der': 'keyUsage has trailing zero bits (X.690 §11.2.2), and it is SHA-1',
  'crl_all_reasons.pem': 'GeneralizedTime before 2050 (RFC 5280 §5.1.2.4)',
  'ed25519-rfc8410.pem': 'spells out a DEFAULT (X.690 §11.5)',
  'cryptography.io.with_garbage.pem': 'text inside the PEM block',
};

/** Signed certificate timestamps are an extension that Drydock does not look into. */
const notLookedInto: ReadonlySet<string> = new Set(['invalid-sct-length.der', 'invalid-sct-version.der']);

function bytesOf({ file, form }: Vector): Buffer {
  const bytes = readFileSync(new URL(file, folder));
  return form === 'PEM' ? pemBody(bytes) : bytes;
}

function parse(vector: Vector): Result<Certificate> | Result<Crl> {
  return vector.kind === 'cert' ? parseCertificate(bytesOf(vector)) : parseCrl(bytesOf(vector));
}

/** Parsing, the profile that each certificate of a path must meet, and the use of its key and signature algorithm. */
function firstRefusal(vector: Vector): string | undefined {
  if (vector.kind === 'crl') {
    const crl = parseCrl(bytesOf(vector));
    const issuer = parseCertificate(pemBody(readFileSync(new URL('invalid_signature_cert.pem', folder))));
    assert.ok(issuer.ok);
    return crl.ok ? checkCrl(crl.value, issuer.value)?.code : crl.code;
  }
  const certificate = parseCertificate(bytesOf(vector));
  if (!certificate.ok) return certificate.code;
  return (checkProfile(certificate.value) ?? checkSignedBy(certificate.value, certificate.value))?.code;
}

for (const vector of files) {
  const { file, expect, what } = vector;
  if (notLookedInto.has(file)) continue;
  const parses = expect === 'accept' || expect === 'warn' || expect === 'scope' || expect === 'policy';
  const verb = parses && stricter[file] === undefined ? 'reads' : 'refuses';
  test(`REQ-OTA-SIG-02 ${verb} ${file}: ${stricter[file] ?? what}`, () => {
    if (verb === 'reads') {
      const result = parse(vector);
      assert.ok(result.ok, result.ok ? '' : result.reason);
    } else {
      assert.match(firstRefusal(vector) ?? 'accepted', /^trust\./);
    }
  });
}

test('REQ-OTA-SIG-02 tells a good signature of a CRL from a bad one', () => {
  const signedBy = (name: string): string | undefined => {
    const crl = parseCrl(pemBody(readFileSync(new URL(`${name}_signature_crl.pem`, folder))));
    const issuer = parseCertificate(pemBody(readFileSync(new URL(`${name}_signature_cert.pem`, folder))));
    assert.ok(crl.ok && issuer.ok);
    return checkCrl(crl.value, issuer.value)?.code;
  };
  assert.equal(signedBy('valid'), undefined);
  assert.equal(signedBy('invalid'), 'trust.signature-invalid');
});
