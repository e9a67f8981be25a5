import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTrustPackage } from '../../../../core/trust/package/read-package.ts';
import { outcomeOf, textOf } from './fixtures.ts';

type Json = { [key: string]: unknown };
const v2 = (): Json => JSON.parse(textOf('v2')) as Json;
const outcome = (document: unknown) => outcomeOf(readTrustPackage(Buffer.from(JSON.stringify(document))));
const anchorsOf = (document: Json) => document['anchors'] as Json[];

test('REQ-OTA-SIG-05 the package that OpenSSL signed is read as it was written', () => {
  assert.equal(outcome(v2()), 'accepted');
});

test('REQ-OTA-SIG-05 unknown, missing and duplicate keys are refused', () => {
  assert.equal(outcome({ ...v2(), more: 1 }), 'trust.package-invalid');
  const { reason: _, ...without } = v2();
  assert.equal(outcome(without), 'trust.package-invalid');
  const twice = textOf('v2').replace('"version":2', '"version":2,"version":2');
  assert.equal(outcomeOf(readTrustPackage(Buffer.from(twice))), 'trust.package-invalid');
});

test('REQ-OTA-SIG-05 a document beyond its bounds is refused before it is read', () => {
  assert.equal(outcome({ ...v2(), reason: 'x'.repeat(5 * 1024 * 1024) }), 'trust.package-invalid');
  const many = Array.from({ length: 65 }, () => anchorsOf(v2())[0]);
  assert.equal(outcome({ ...v2(), anchors: many }), 'trust.package-invalid');
});

test('REQ-OTA-SIG-05 a threshold that the bundle anchors cannot reach would strand the station, and is refused', () => {
  // v2 has two bundle anchors and one of a time-stamping authority, which does not count.
  assert.equal(outcome({ ...v2(), threshold: 3 }), 'trust.package-invalid');
  assert.equal(outcome({ ...v2(), threshold: 0 }), 'trust.package-invalid');
});

test('REQ-OTA-SIG-05 an anchor stands once, with one purpose', () => {
  const [anchor] = anchorsOf(v2());
  const document = v2();
  assert.equal(
    outcome({ ...document, anchors: [...anchorsOf(document), { ...anchor, purpose: 'timestamp' }] }),
    'trust.package-invalid',
  );
});

test('REQ-OTA-SIG-05 nothing in a package counts for more products than the package itself', () => {
  const [first, ...others] = anchorsOf(v2());
  assert.equal(outcome({ ...v2(), anchors: [{ ...first, products: ['*'] }, ...others] }), 'trust.package-invalid');
  assert.equal(outcome({ ...v2(), products: ['*'] }), 'accepted');
  assert.equal(outcome({ ...v2(), products: ['*', 'acme.pump'] }), 'trust.package-invalid');
});

test('REQ-OTA-SIG-05 an anchor that is no root is refused as when it is pinned', () => {
  const [first, ...others] = anchorsOf(v2());
  const certificate = (JSON.parse(textOf('v2')) as { anchors: { certificate: string }[] }).anchors[0]?.certificate;
  const broken = Buffer.from(certificate ?? '', 'base64');
  broken[broken.length - 1] = (broken.at(-1) ?? 0) ^ 1;
  assert.equal(
    outcome({ ...v2(), anchors: [{ ...first, certificate: broken.toString('base64') }, ...others] }),
    'trust.signature-invalid',
  );
  assert.equal(
    outcome({ ...v2(), anchors: [{ ...first, certificate: `${certificate ?? ''}====` }, ...others] }),
    'trust.package-invalid',
  );
});
