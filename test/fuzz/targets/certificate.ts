import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { parseCertificate } from '../../../core/trust/x509/certificate.ts';
import { describeName } from '../../../core/trust/x509/name.ts';
import type { FuzzTarget } from '../engine/target.ts';
import { checkRefusal } from '../support/check-refusal.ts';
import { derFiles, derWords } from '../support/trust-files.ts';

/** Where OpenSSL reads an accepted certificate too, it reads the same serial number, dates and basic constraints. */
export const target: FuzzTarget = {
  seeds: () => derFiles('certs'),
  shapes: ['der'],
  dictionary: derWords,
  run(input) {
    const certificate = parseCertificate(input);
    checkRefusal(certificate);
    if (!certificate.ok) return;
    const { serial, notBefore, notAfter, subject, der } = certificate.value;
    assert.deepEqual(Buffer.from(der), Buffer.from(input));
    describeName(subject);
    const other = readWithOpenssl(input);
    if (other === null) return;
    // OpenSSL writes a negative number with its sign; ours are the octets, and the profile refuses it later (RFC 5280 §4.1.2.2).
    if (!other.serialNumber.startsWith('-'))
      assert.equal(BigInt(`0x${Buffer.from(serial).toString('hex')}`), BigInt(`0x${other.serialNumber}`));
    assert.equal(notBefore.getTime(), Date.parse(other.validFrom));
    assert.equal(notAfter.getTime(), Date.parse(other.validTo));
  },
};

function readWithOpenssl(der: Uint8Array): X509Certificate | null {
  try {
    return new X509Certificate(der);
  } catch {
    // OpenSSL wants to understand more of it, such as the key.
    return null;
  }
}
