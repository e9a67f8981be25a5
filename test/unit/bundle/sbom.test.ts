import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readSbomInWorker } from '../../../core/bundle/documents/document-thread.ts';
import { readSbom } from '../../../core/bundle/documents/sbom.ts';
import { BUNDLE_LIMITS } from '../../../core/bundle/limits.ts';
import { fixtureDocuments } from '../../helpers/signed-bundle.ts';

const fixture = fixtureDocuments['documents/sbom.cdx.json'] ?? Buffer.alloc(0);
const summary = {
  specVersion: '1.6',
  component: { name: 'pump-firmware', version: '2.4.1' },
  components: 5,
  licencesUnknown: 2,
};

function read(value: unknown) {
  return readSbom(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)), 'documents/sbom.json');
}

const base = { bomFormat: 'CycloneDX', specVersion: '1.5' };

test('REQ-OTA-MAN-02 counts the components of a CycloneDX SBOM, also those within others, and those without licence', async () => {
  assert.deepEqual(readSbom(fixture, 'sbom'), { ok: true, value: summary });
  assert.deepEqual(await readSbomInWorker(fixture, 'sbom'), { ok: true, value: summary });
});

test('REQ-OTA-MAN-02 an SBOM need not say what it is of, nor list anything', () => {
  const value = { specVersion: '1.5', component: null, components: 0, licencesUnknown: 0 };
  assert.deepEqual(read(base), { ok: true, value });
  const named = read({ ...base, metadata: { component: { type: 'firmware', name: 'x'.repeat(300) } } });
  assert.deepEqual(named.ok ? named.value.component : null, { name: 'x'.repeat(200), version: null });
});

test('REQ-OTA-MAN-02 an asserted licence is one by id, name or expression', () => {
  const licensed = (...licenses: unknown[]) => {
    const result = read({ ...base, components: [{ type: 'library', name: 'a', licenses }] });
    return result.ok && result.value.licencesUnknown === 0;
  };
  assert.ok(licensed({ license: { id: 'MIT' } }));
  assert.ok(licensed({ license: { name: 'Own licence' } }));
  assert.ok(licensed({ expression: 'MIT OR Apache-2.0' }));
  for (const none of [{ expression: 'NOASSERTION' }, { expression: ' ' }, { license: {} }, {}, null, 'MIT']) {
    assert.equal(licensed(none), false, JSON.stringify(none));
  }
});

const deep = '['.repeat(70) + ']'.repeat(70);
const wrong: readonly (readonly [string, unknown])[] = [
  ['no JSON', 'SPDXVersion: SPDX-2.3'],
  ['an array', []],
  ['of another format', { ...base, bomFormat: 'SPDX' }],
  ['without format', { specVersion: '1.5' }],
  ['of version 2', { ...base, specVersion: '2.0' }],
  ['of a version that is a number', { ...base, specVersion: 1.5 }],
  ['with a key twice', '{"bomFormat":"CycloneDX","specVersion":"1.5","bomFormat":"CycloneDX"}'],
  ['with components that are no list', { ...base, components: {} }],
  ['with a component without name', { ...base, components: [{ type: 'library' }] }],
  ['with a component that is none', { ...base, components: [null] }],
  ['with inner components that are no list', { ...base, components: [{ name: 'a', components: 1 }] }],
  ['nested deeper than is read', `{"bomFormat":"CycloneDX","specVersion":"1.5","x":${deep}}`],
  ['of more values than are read', `{"x":[${'0,'.repeat(BUNDLE_LIMITS.sbomValues)}0]}`],
];
for (const [what, value] of wrong) {
  test(`REQ-OTA-MAN-03 refuses an SBOM ${what}`, () => {
    const result = read(value);
    assert.equal(result.ok ? 'accepted' : result.code, 'bundle.sbom-invalid');
  });
}

test('REQ-OTA-MAN-03 any JSON and any bytes are read as an SBOM or refused, never thrown on', () => {
  const json = fc.property(fc.json({ maxDepth: 6 }), (text) => {
    const result = read(`{"bomFormat":"CycloneDX","specVersion":"1.6","metadata":${text},"components":${text}}`);
    assert.ok(result.ok || result.code === 'bundle.sbom-invalid');
  });
  fc.assert(json, { seed: 20261122, numRuns: 300 });
  const changed = fc.property(fc.nat(fixture.length - 1), fc.nat(255), (at, value) => {
    const bytes = Buffer.from(fixture);
    bytes[at] = value;
    const result = readSbom(bytes, 'sbom');
    assert.ok(result.ok || result.code === 'bundle.sbom-invalid');
  });
  fc.assert(changed, { seed: 20261122, numRuns: 500 });
});
