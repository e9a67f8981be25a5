import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  verifyFirstPackage,
  verifyNextPackage,
  type PackageFiles,
} from '../../../../core/trust/package/verify-package.ts';
import { signCms } from '../../../../core/trust/sign-cms.ts';
import { judgedAt, outcomeOf, packageFiles, readPackage, signerOf, textOf } from './fixtures.ts';

const next = (files: PackageFiles, after: string, at = judgedAt, crlsDer: readonly Uint8Array[] = []) =>
  outcomeOf(verifyNextPackage({ ...files, crlsDer, at }, readPackage(after)));
const first = (files: PackageFiles, newerThan = 0, at = judgedAt) =>
  outcomeOf(verifyFirstPackage({ ...files, crlsDer: [], at }, newerThan));

test('REQ-OTA-SIG-05 a chain of trust packages made by OpenSSL is accepted, one version after the other', () => {
  assert.equal(first(packageFiles('v1')), 'accepted');
  assert.equal(next(packageFiles('v2'), 'v1'), 'accepted');
  assert.equal(next(packageFiles('v3'), 'v2'), 'accepted');
  assert.equal(next(packageFiles('v4'), 'v3'), 'accepted');
});

test('REQ-OTA-SIG-05 a trust package signed with Ed25519 by GnuTLS is accepted', () => {
  assert.equal(first(packageFiles('v1-ed25519')), 'accepted');
});

test('REQ-OTA-SIG-05 the signers of a package are told in one order, whatever bytes their signatures have', () => {
  const told = new Set<string>();
  // An ECDSA signature is random, and a SET OF is sorted by its bytes: 40 files have both orders.
  for (let i = 0; i < 40; i += 1) {
    const files = signedBy(Buffer.from(textOf('v2')), 'signer-b', 'signer-a');
    const verified = verifyNextPackage({ ...files, crlsDer: [], at: judgedAt }, readPackage('v1'));
    assert.ok(verified.ok);
    told.add(verified.value.signers.map(({ subject }) => subject).join('; '));
  }
  assert.deepEqual([...told], ['signer-a; signer-b']);
});

test('REQ-OTA-SIG-05 TUF §5.3.5: no version is skipped, repeated or taken back', () => {
  assert.equal(next(packageFiles('v3'), 'v1'), 'trust.package-version');
  assert.equal(next(packageFiles('v2'), 'v2'), 'trust.package-version');
  assert.equal(next(packageFiles('v1'), 'v2'), 'trust.package-version');
});

test('REQ-OTA-SIG-05 TUF §5.3.4: the anchors trusted before must agree at their threshold', () => {
  assert.equal(next(packageFiles('v3-without-old'), 'v2'), 'trust.package-old-threshold');
});

test('REQ-OTA-SIG-05 TUF §5.3.4: the new anchors must agree at their threshold', () => {
  assert.equal(next(packageFiles('v3-without-new'), 'v2'), 'trust.package-new-threshold');
});

test('REQ-OTA-SIG-05 one key that two anchors certified is one custodian', () => {
  assert.equal(next(packageFiles('v3-key-twice'), 'v2'), 'trust.package-old-threshold');
});

test('REQ-OTA-SIG-05 two signers under one anchor are that anchor once', () => {
  assert.equal(next(packageFiles('v3-anchor-twice'), 'v2'), 'trust.package-old-threshold');
});

test('REQ-OTA-SIG-05 a signer under an anchor that was removed signs nothing any more', () => {
  assert.equal(next(packageFiles('v4-by-removed'), 'v3'), 'trust.no-path');
});

test('REQ-OTA-SIG-05 a signer under a time-stamping anchor has no say', () => {
  assert.equal(next(packageFiles('v2-by-tsa'), 'v1'), 'trust.no-path');
});

test('REQ-OTA-SIG-05 a signer of bundles is no signer of trust packages: the purpose is another', () => {
  assert.equal(next(packageFiles('v2-by-code-signer'), 'v1'), 'trust.extended-key-usage');
});

test('REQ-OTA-SIG-05 an intermediate CA appoints no signer of trust packages', () => {
  assert.equal(next(packageFiles('v2-by-deep'), 'v1'), 'trust.package-signer');
});

test('REQ-OTA-SIG-05 an expired signer is refused', () => {
  assert.equal(next(packageFiles('v2-by-expired'), 'v1'), 'trust.expired');
});

test('REQ-OTA-SIG-05 a signer whom a list in the package itself revokes is refused, be the list current or outdated', () => {
  assert.equal(next(packageFiles('v2-by-revoked'), 'v1'), 'trust.revoked');
  assert.equal(next(packageFiles('v2-by-revoked-outdated'), 'v1'), 'trust.revoked');
});

test('REQ-OTA-SIG-05 a signer whom a list of the station revokes is refused', () => {
  const [list] = readPackage('v2-crl').crls;
  assert.ok(list);
  const document = Buffer.from(textOf('v2-by-revoked').replace(/"crls":\[.*\]/, '"crls":[]'));
  const resigned = signedBy(document, 'signer-revoked');
  assert.equal(next(resigned, 'v1'), 'accepted');
  assert.equal(next(resigned, 'v1', judgedAt, [list.der]), 'trust.revoked');
});

test('REQ-OTA-SIG-05 a list that is out of date by now does not strand a package that came late', () => {
  assert.equal(next(packageFiles('v2-crl'), 'v1'), 'accepted');
  assert.equal(next(packageFiles('v2-crl-outdated'), 'v1'), 'accepted');
});

test('REQ-OTA-SIG-05 a root that is certified anew with its key follows itself', () => {
  assert.equal(next(packageFiles('v2-root-anew'), 'v1'), 'accepted');
});

test('REQ-OTA-SIG-05 a first package must agree with itself, and be above what the station had', () => {
  assert.equal(first(packageFiles('v1-other-root')), 'trust.no-path');
  assert.equal(first(packageFiles('v2'), 1), 'accepted');
  assert.equal(first(packageFiles('v2'), 2), 'trust.package-version');
});

test('REQ-OTA-SIG-05 another family’s package does not follow', () => {
  const document = Buffer.from(textOf('v2').replace('acme-pumps', 'acme-pomps'));
  assert.equal(next(signedBy(document, 'signer-a', 'signer-b'), 'v1'), 'trust.package-family');
});

test('REQ-OTA-SIG-06 a package from the future shows a clock that is behind', () => {
  assert.equal(next(packageFiles('v2'), 'v1', new Date('2026-11-02T07:59:59Z')), 'trust.package-time');
  assert.equal(next(packageFiles('v2'), 'v1', new Date('2026-11-02T08:00:00Z')), 'accepted');
  const document = Buffer.from(textOf('v2').replace('"minimumTime":"2026-11-02', '"minimumTime":"2027-11-02'));
  assert.equal(next(signedBy(document, 'signer-a', 'signer-b'), 'v1'), 'trust.package-time');
});

test('REQ-OTA-SIG-05 no document with a changed byte is accepted, whatever is changed in its signature file besides', () => {
  const good = packageFiles('v2');
  const change = (bytes: Uint8Array, at: number, to: number): Uint8Array => {
    const changed = Uint8Array.from(bytes);
    changed[at % bytes.length] = to;
    return changed;
  };
  const byte = fc.record({ at: fc.nat(), to: fc.integer({ min: 0, max: 255 }) });
  fc.assert(
    fc.property(byte, fc.option(byte), (inDocument, inSignature) => {
      const document = change(good.document, inDocument.at, inDocument.to);
      fc.pre(!Buffer.from(document).equals(good.document));
      const signature = inSignature ? change(good.signature, inSignature.at, inSignature.to) : good.signature;
      assert.notEqual(next({ document, signature }, 'v1'), 'accepted');
    }),
    { seed: 20261122, numRuns: 300 },
  );
});

test('REQ-OTA-SIG-05 no changed byte of a signature file makes a signer out of nothing', () => {
  const good = packageFiles('v3-without-old');
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 0, max: 255 }), (at, to) => {
      const signature = Uint8Array.from(good.signature);
      signature[at % signature.length] = to;
      assert.notEqual(next({ ...good, signature }, 'v2'), 'accepted');
    }),
    { seed: 20261122, numRuns: 300 },
  );
});

test('REQ-OTA-SIG-05 no document of whatever shape throws', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
      assert.equal(
        first({ document: Buffer.from(text), signature: packageFiles('v1').signature }),
        'trust.package-invalid',
      );
    }),
    { seed: 20261122, numRuns: 300 },
  );
});

function signedBy(document: Uint8Array, ...signers: readonly string[]): PackageFiles {
  return { document, signature: signCms({ content: document, signers: signers.map(signerOf), signingTime: judgedAt }) };
}
