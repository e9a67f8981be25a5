import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oid } from '../../../../core/trust/oid.ts';
import { type ChainInput, verifyChain } from '../../../../core/trust/verify-chain.ts';
import { now } from '../support/chain-case.ts';
import { der, hex, sequence } from '../support/cms-builder.ts';
import {
  buildCertificate,
  buildCrl,
  type CertificateParts,
  commonName,
  craftedRoot,
  extension,
  keyIdOf,
} from '../support/x509-builder.ts';

/*
 * A path is found where there is one, whatever lies beside it (RFC 4158 §2, RFC 5280 §6.1): each row makes a CA certificate of the same name and
 * key that no path may lead over.
 */

const ca = (changes: Partial<CertificateParts>): Buffer =>
  buildCertificate({ subject: commonName('Crafted CA'), key: 'ica', ca: true, ...changes });
const constrain = (list: number, base: Buffer): Buffer =>
  extension('551d1e', sequence(der(list, sequence(base))), true);
const purposes = (...values: readonly string[]): Buffer => extension('551d25', sequence(...values.map(hex)));
const serverAuth = '06082b06010505070301';

const bad: Readonly<Record<string, Partial<CertificateParts>>> = {
  'has expired': { validity: ['200101000000Z', '210101000000Z'] },
  'is not valid yet': { validity: ['300101000000Z', '310101000000Z'] },
  'may issue for servers only': { extra: [purposes(serverAuth)] },
  'excludes the leaf’s name': { extra: [constrain(0xa1, der(0xa4, commonName('Crafted leaf')))] },
  'permits another name only': { extra: [constrain(0xa0, der(0xa4, commonName('Another')))] },
  'is no CA': { ca: false },
  'has an unknown critical extension': { extra: [extension('2a0304', hex('0500'), true)] },
  'demands policies': { extra: [extension('551d24', hex('3003800100'), true)] },
  'is signed by another key': { issuerKey: 'other', issuerKeyId: keyIdOf('root') },
  'names another issuer key': { issuerKeyId: Buffer.alloc(20, 9) },
  'was issued by an unknown CA': { issuer: commonName('Nobody'), issuerKey: 'other' },
};

const leafDer = buildCertificate({ issuer: commonName('Crafted CA'), issuerKey: 'ica' });

function verify(chain: Partial<ChainInput>): string {
  const result = verifyChain({
    leafDer,
    intermediatesDer: [],
    rootsDer: [craftedRoot()],
    crlsDer: [],
    at: now,
    eku: oid.codeSigning,
    ...chain,
  });
  return result.ok ? result.path.map(({ subject }) => subject).join(' < ') : result.code;
}

const path = 'Crafted leaf < Crafted CA < Crafted root';

for (const [flaw, changes] of Object.entries(bad)) {
  test(`REQ-OTA-SIG-02 finds the path over a CA certificate beside one of the same name and key that ${flaw}`, () => {
    const good = ca({ serial: 2 });
    assert.equal(verify({ intermediatesDer: [ca(changes), good] }), path);
    assert.equal(verify({ intermediatesDer: [good, ca(changes)] }), path);
    assert.notEqual(verify({ intermediatesDer: [ca(changes)] }), path);
  });
}

test('REQ-OTA-SIG-02 finds the path over a CA certificate beside a revoked one of the same name and key', () => {
  const crlsDer = [buildCrl({ revoked: 1 })];
  const [revoked, good] = [ca({ serial: 1 }), ca({ serial: 2 })];
  assert.equal(verify({ intermediatesDer: [revoked, good], crlsDer }), path);
  assert.equal(verify({ intermediatesDer: [revoked], crlsDer }), 'trust.revoked');
});

test('REQ-OTA-SIG-02 finds the one path among sixty certificates of the same name and key', () => {
  const flaws = Object.values(bad);
  const others = Array.from({ length: 60 }, (_, i) => ca({ ...flaws[i % flaws.length], serial: i + 3 }));
  assert.equal(verify({ intermediatesDer: [...others, ca({ serial: 2 })] }), path);
});

test('REQ-OTA-SIG-02 finds a path six CAs deep where each has nine flawed twins, in any order', () => {
  const keys = ['ica', 'ica2', 'ica3', 'leaf2', 'other', 'root2'];
  const flaws = [
    'has expired',
    'is not valid yet',
    'may issue for servers only',
    'excludes the leaf’s name',
    'permits another name only',
    'is no CA',
    'has an unknown critical extension',
    'demands policies',
    'names another issuer key',
  ].map((flaw) => bad[flaw] ?? {});
  const level = (i: number): Buffer[] =>
    [{}, ...flaws].map((changes, twin) =>
      buildCertificate({
        subject: commonName(`CA ${i}`),
        issuer: commonName(i === 0 ? 'Crafted root' : `CA ${i - 1}`),
        issuerKey: i === 0 ? 'root' : (keys[i - 1] ?? ''),
        key: keys[i] ?? '',
        ca: true,
        serial: twin + 1,
        ...changes,
      }),
    );
  const all = keys.flatMap((_, i) => level(i));
  const deepLeaf = buildCertificate({ issuer: commonName('CA 5'), issuerKey: 'root2' });
  const deep = 'Crafted leaf < CA 5 < CA 4 < CA 3 < CA 2 < CA 1 < CA 0 < Crafted root';
  for (const intermediatesDer of [all, all.toReversed(), all.toSorted((a, b) => a.compare(b))])
    assert.equal(verify({ leafDer: deepLeaf, intermediatesDer }), deep);
});

test('REQ-OTA-SIG-02 finds the shorter path where the longer one breaks a path length above it', () => {
  const constrained = craftedRoot({
    subject: commonName('Short root'),
    issuer: commonName('Short root'),
    key: 'root2',
    issuerKey: 'root2',
    pathLen: 0,
  });
  const long = buildCertificate({
    subject: commonName('Middle'),
    issuer: commonName('Short root'),
    issuerKey: 'root2',
    key: 'ica2',
    ca: true,
  });
  const overMiddle = ca({ issuer: commonName('Middle'), issuerKey: 'ica2' });
  const direct = ca({ serial: 2 });
  const rootsDer = [constrained, craftedRoot()];
  assert.equal(verify({ rootsDer, intermediatesDer: [overMiddle, long, direct] }), path);
  assert.equal(verify({ rootsDer, intermediatesDer: [overMiddle, long] }), 'trust.path-length');
});

test('REQ-OTA-SIG-02 a CA with a new key is told from the old one by its key identifier, or without one by trying', () => {
  const rekeyed = ca({ key: 'ica2', serial: 2 });
  assert.equal(verify({ intermediatesDer: [rekeyed, ca({})] }), path);
  const unlabelled = ca({ key: 'ica2', serial: 2, keyId: keyIdOf('ica') });
  assert.equal(verify({ intermediatesDer: [unlabelled, ca({})] }), path);
});

test('REQ-OTA-SIG-02 finds the way past CAs that certify each other in every direction', () => {
  const name = commonName('Crafted CA');
  const keys = ['ica', 'ica2', 'ica3', 'leaf2', 'other', 'root2'];
  const circle = keys.flatMap((key) =>
    keys
      .filter((issuerKey) => issuerKey !== key)
      .map((issuerKey) => buildCertificate({ subject: name, issuer: name, key, issuerKey, ca: true })),
  );
  assert.equal(verify({ intermediatesDer: [...circle, ca({ serial: 2 })] }), path);
  const over = buildCertificate({ subject: name, key: 'ica2', ca: true });
  assert.equal(
    verify({ intermediatesDer: [...circle, over] }),
    'Crafted leaf < Crafted CA < Crafted CA < Crafted root',
  );
});

test('REQ-OTA-SIG-02 answers the shortest of several paths', () => {
  const middle = buildCertificate({ subject: commonName('Middle'), key: 'ica2', ca: true });
  const overMiddle = ca({ issuer: commonName('Middle'), issuerKey: 'ica2', serial: 3 });
  assert.equal(verify({ intermediatesDer: [overMiddle, middle, ca({})] }), path);
});
