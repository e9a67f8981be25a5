import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Refusal } from '../../../../contract/result.ts';
import { oid } from '../../../../core/trust/oid.ts';
import { type ChainInput, verifyChain } from '../../../../core/trust/verify-chain.ts';
import { WorkBudget, workLimits } from '../../../../core/trust/work-budget.ts';
import { parseCertificate } from '../../../../core/trust/x509/certificate.ts';
import { now } from '../support/chain-case.ts';
import { verifyFile } from '../support/cms-case.ts';
import { der, hex, octets, sequence, set } from '../support/cms-builder.ts';
import { certificate, fixtureFile } from '../support/fixture.ts';
import { buildCertificate, buildCrl, commonName, craftedRoot, extension } from '../support/x509-builder.ts';

function verify(chain: Partial<ChainInput>): ReturnType<typeof verifyChain> {
  return verifyChain({
    leafDer: buildCertificate({}),
    intermediatesDer: [],
    rootsDer: [craftedRoot()],
    crlsDer: [],
    at: now,
    eku: oid.codeSigning,
    ...chain,
  });
}

/** A spent budget is refused by its name. */
function assertSpent(result: { readonly ok: true } | Refusal, budget: keyof typeof workLimits): void {
  assert.ok(!result.ok);
  assert.equal(result.code, 'trust.budget-exceeded', result.reason);
  assert.deepEqual(result.detail, { budget, limit: workLimits[budget] });
}

const keys = ['ica', 'ica2', 'ica3', 'leaf2', 'other', 'root2'];
const hosts = (count: number): Buffer[] =>
  Array.from({ length: count }, (_, i) => der(0x82, Buffer.from(`h${i}.example.com`)));
const permit = (bases: readonly Buffer[]): Buffer =>
  extension('551d1e', sequence(der(0xa0, ...bases.map((base) => sequence(base)))), true);
/** An extension that nobody knows, with as much in it as is asked for. */
const padding = (lenBytes: number): Buffer => extension('2a0304', octets(Buffer.alloc(lenBytes)));

/** Each of the CAs has certified each other one. */
function crossSign(cas: readonly string[]): Partial<ChainInput> {
  const name = commonName('Soup');
  const intermediatesDer = cas.flatMap((key) =>
    cas
      .filter((issuerKey) => issuerKey !== key)
      .map((issuerKey) => buildCertificate({ subject: name, issuer: name, key, issuerKey, ca: true })),
  );
  return { leafDer: buildCertificate({ issuer: name, issuerKey: 'ica' }), intermediatesDer };
}

test('REQ-OTA-SIG-02 cross-signed CAs that make too many paths end in a refusal', () => {
  assertSpent(verify(crossSign(keys.slice(0, 5))), 'steps');
});

test('REQ-OTA-SIG-02 cross-signed CAs with too many signatures end in a refusal', () => {
  assertSpent(verify(crossSign(keys)), 'signatures');
});

test('REQ-OTA-SIG-02 issuers that differ in nothing but the key end in a refusal', () => {
  const keyId = Buffer.alloc(20, 7);
  const rootsDer = Array.from({ length: 140 }, (_, i) =>
    buildCertificate({
      subject: commonName('Same'),
      issuer: commonName(`Above ${i}`),
      issuerKey: 'ica',
      key: 'other',
      keyId,
      ca: true,
    }),
  );
  const leafDer = buildCertificate({ issuer: commonName('Same'), issuerKeyId: keyId });
  assertSpent(verify({ leafDer, rootsDer }), 'signatures');
});

test('REQ-OTA-SIG-02 names against the constraints of one CA end in a refusal', () => {
  const rootsDer = [craftedRoot({ extra: [permit(hosts(300))] })];
  const leafDer = buildCertificate({ extra: [extension('551d11', sequence(...hosts(300)))] });
  assertSpent(verify({ leafDer, rootsDer }), 'nameComparisons');
});

test('REQ-OTA-SIG-02 names against the constraints of many CAs end in a refusal, each of which alone would do', () => {
  const intermediatesDer = keys.map((key, i) =>
    buildCertificate({
      subject: commonName(`CA ${i}`),
      issuer: commonName(i === 0 ? 'Crafted root' : `CA ${i - 1}`),
      issuerKey: i === 0 ? 'root' : (keys[i - 1] ?? ''),
      key,
      ca: true,
      extra: [permit(hosts(200))],
    }),
  );
  const signed = { issuer: commonName('CA 5'), issuerKey: 'root2' };
  const leafWith = (names: number): Buffer =>
    buildCertificate({ ...signed, extra: [extension('551d11', sequence(...hosts(names)))] });
  assert.ok(verify({ leafDer: leafWith(50), intermediatesDer }).ok);
  assertSpent(verify({ leafDer: leafWith(60), intermediatesDer }), 'nameComparisons');
});

test('REQ-OTA-SIG-02 a long directory name counts as many comparisons', () => {
  const directories = (text: string): Buffer[] => {
    const rdn = set(sequence(hex('060355040a'), der(0x0c, Buffer.from(text.repeat(20)))));
    return Array.from({ length: 30 }, () => der(0xa4, sequence(...Array<Buffer>(100).fill(rdn))));
  };
  const excluded = sequence(der(0xa1, ...directories('ﷺ').map((base) => sequence(base))));
  const rootsDer = [craftedRoot({ extra: [extension('551d1e', excluded, true)] })];
  const leafDer = buildCertificate({ extra: [extension('551d11', sequence(...directories('ﷻ')))] });
  assertSpent(verify({ leafDer, rootsDer }), 'nameComparisons');
});

test('REQ-OTA-SIG-02 many large certificates end in a refusal', () => {
  const intermediatesDer = Array.from({ length: 60 }, (_, serial) =>
    buildCertificate({
      subject: commonName('Crafted CA'),
      key: 'ica',
      ca: true,
      serial: serial + 1,
      extra: [padding(20_000)],
    }),
  );
  assertSpent(verify({ intermediatesDer }), 'certificateBytes');
});

test('REQ-OTA-SIG-02 many large revocation lists of a CA end in a refusal; those of other CAs cost nothing', () => {
  const lists = (issuer: string): Buffer[] =>
    [1, 2, 3].map((number) =>
      buildCrl({ issuer: commonName(issuer), number, thisUpdate: `26010${number}000000Z`, extra: [padding(900_000)] }),
    );
  assertSpent(verify({ crlsDer: lists('Crafted root') }), 'crlBytes');
  assert.ok(verify({ crlsDer: lists('Elsewhere') }).ok);
});

test('REQ-OTA-SIG-02 one list of more than 2 MiB is refused as it is', () => {
  const result = verify({
    crlsDer: [buildCrl({ extra: [padding(2_000_000), extension('2a0305', octets(Buffer.alloc(100_000)))] })],
  });
  assert.equal(result.ok ? 'accept' : result.code, 'trust.budget-exceeded');
});

test('REQ-OTA-SIG-03 the signers of a file share one budget', () => {
  const ica = parseCertificate(certificate('ica'));
  assert.ok(ica.ok);
  const keyId = Buffer.from(ica.value.extensions.subjectKeyIdentifier ?? []);
  const subject = Buffer.from(ica.value.subject.raw);
  const impostors = Array.from({ length: 62 }, (_, i) =>
    buildCertificate({ subject, issuer: commonName(`Above ${i}`), key: 'other', keyId, ca: true }),
  );
  const rootsDer = [certificate('root'), ...impostors];
  assert.ok(verifyFile(fixtureFile('cms/p256.der'), { rootsDer }).ok);
  assertSpent(verifyFile(fixtureFile('cms/two.der'), { rootsDer }), 'signatures');
});

test('each budget is refused when it is spent, and not before', () => {
  for (const name of Object.keys(workLimits) as (keyof typeof workLimits)[]) {
    const budget = new WorkBudget();
    budget.spend(name, workLimits[name]);
    assert.throws(() => budget.spend(name), /trust\.budget-exceeded/);
  }
});
