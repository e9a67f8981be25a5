import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ErrorCode } from '../../../../contract/error-code.ts';
import { sha256Hex } from '../../../../core/digest.ts';
import { oid } from '../../../../core/trust/oid.ts';
import { unwrap } from '../../../../core/trust/der/read-strictly.ts';
import type { AdoptedPackage } from '../../../../core/trust/package/adopted-packages.ts';
import { TrustStore } from '../../../../core/trust/trust-store.ts';
import { verifyChain } from '../../../../core/trust/verify-chain.ts';
import { readPackage } from '../package/fixtures.ts';
import { now } from '../support/chain-case.ts';
import { certificate, fixtureFile, pemBody } from '../support/fixture.ts';
import { MemoryTrustRepository } from '../support/memory-repository.ts';
import { tsaCertificate } from '../support/timestamp-builder.ts';

/* CAs between a root and its authorities that OpenSSL made; see fixtures/trust/timestamp-ca/make.sh. */

const stamp = { addedAt: now, addedBy: 'op-1' };
const fixture = (path: string): Buffer => fixtureFile(`timestamp-ca/${path}.pem`);
const listOf = (ca: string): Buffer => Buffer.concat([fixture(`crls/${ca}`), fixture(`certs/${ca}`)]);

/** A station whose trust package brings a root of authorities, and which has a root of signers pinned by hand. */
function store(purpose: 'bundle' | 'timestamp' = 'timestamp'): TrustStore {
  const from = readPackage('v1');
  const [anchor] = from.anchors;
  assert.ok(anchor);
  const der = tsaCertificate('tsa-root');
  const anchors = [{ ...anchor, der, fingerprintSha256: sha256Hex(der), purpose }];
  const adopted: AdoptedPackage = { ...from, anchors, adoptedAt: now, adoptedBy: 'op-1' };
  const trust = new TrustStore(new MemoryTrustRepository(), () => [adopted]);
  const root = certificate('root');
  const pin = { certificate: root, label: 'root', products: ['monitor'], typedFingerprint: sha256Hex(root), ...stamp };
  assert.ok(trust.pinAnchor(pin).ok);
  return trust;
}

const rows: readonly (readonly [string, 'accept' | ErrorCode, string, ('bundle' | 'timestamp')?])[] = [
  ['takes the list of a CA for time-stamping below a root of authorities', 'accept', 'stamping-ca'],
  ['takes the list of a CA that names no purpose below a root of authorities', 'accept', 'any-purpose-ca'],
  ['refuses the list of a CA for code signing below a root of authorities', 'trust.extended-key-usage', 'code-ca'],
  [
    'refuses the list of a CA for time-stamping below a root of signers',
    'trust.extended-key-usage',
    'stamping-ca-elsewhere',
  ],
  ['refuses it also where that root is another one', 'trust.extended-key-usage', 'stamping-ca', 'bundle'],
];

for (const [title, expected, ca, purpose] of rows) {
  test(`REQ-OTA-SIG-02 importing a CRL ${title}`, () => {
    const result = store(purpose).importCrl({ file: listOf(ca), ...stamp });
    assert.equal(result.ok ? 'accept' : result.code, expected, result.ok ? '' : result.reason);
  });
}

test('REQ-OTA-SIG-02 the list of a CA for time-stamping needs that CA’s certificate and its root', () => {
  const alone = store().importCrl({ file: fixture('crls/stamping-ca'), ...stamp });
  assert.equal(alone.ok ? 'accept' : alone.code, 'trust.crl-anchor-unknown');
  const rootless = new TrustStore(new MemoryTrustRepository()).importCrl({ file: listOf('stamping-ca'), ...stamp });
  assert.equal(rootless.ok ? 'accept' : rootless.code, 'trust.no-path');
});

test('REQ-OTA-SIG-02 an authority that such a list names is revoked', () => {
  const trust = store();
  const verdict = (): string => {
    const result = verifyChain({
      leafDer: pemBody(fixture('certs/tsa-revoked')),
      intermediatesDer: [pemBody(fixture('certs/stamping-ca'))],
      rootsDer: trust.timestampAnchors().map(({ der }) => der),
      crlsDer: trust.listCrls().map(({ der }) => der),
      at: now,
      eku: oid.timeStamping,
    });
    return result.ok ? 'accept' : result.code;
  };
  assert.equal(verdict(), 'accept');
  unwrap(trust.importCrl({ file: listOf('stamping-ca'), ...stamp }));
  assert.equal(verdict(), 'trust.revoked');
});
