import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BundleImportEvent } from '../../../contract/events.ts';
import type { BundleSigner, BundleView } from '../../../contract/schema/bundle.ts';
import type { ComponentLine } from '../../../contract/schema/bundle-comparison.ts';
import { countsUntil, findExpiries } from '../../../renderer/features/bundles/expiry.ts';
import { progressOf, viewSteps } from '../../../renderer/features/bundles/import-steps.ts';
import { nameOfSigner } from '../../../renderer/features/bundles/name-of-signer.ts';
import { searchComponents } from '../../../renderer/features/bundles/search-components.ts';
import { printable, printableLines } from '../../../renderer/words/printable.ts';

const event = (changes: Partial<BundleImportEvent>): BundleImportEvent => ({
  type: 'bundle.import',
  ...{ importId: 'one', operatorId: 'x', file: 'f.zip', step: 'images', past: [], doneBytes: 0, totalBytes: 0 },
  ...{ atMs: 0, elapsedMs: 0, outcome: null },
  ...changes,
});

test('every step of an import is shown from its beginning; one that was passed over had nothing to check', () => {
  const past = (['archive', 'signature', 'manifest', 'policy'] as const).map((step) => ({ step, tookMs: 5 }));
  const shown = (of: BundleImportEvent) => viewSteps(of).map(({ step, state }) => `${step} ${state}`);
  const expected = [
    'archive done',
    'signature done',
    'manifest done',
    'revocation skipped',
    'policy done',
    'delta-bases skipped',
    'images now',
    'documents to-do',
    'profiles to-do',
    'store to-do',
  ];
  assert.deepEqual(shown(event({ past })), expected);
  const refused = { kind: 'refused', code: 'bundle.image-hash', reason: '' } as const;
  assert.equal(shown(event({ past, outcome: refused }))[6], 'images failed');
  assert.ok(shown(event({ step: 'waiting' })).every((text) => text.endsWith('to-do')));
});

test('rate and time left are of the step at hand, and a guess is not shown', () => {
  const past = [{ step: 'archive' as const, tookMs: 10_000 }];
  const bytes = { doneBytes: 1000, totalBytes: 3000 };
  assert.equal(progressOf(event({})), null);
  assert.deepEqual(progressOf(event({ past, ...bytes, elapsedMs: 10_100 })), { ...bytes, rate: null, leftMs: null });
  assert.deepEqual(progressOf(event({ past, ...bytes, elapsedMs: 11_000 })), { ...bytes, rate: 1000, leftMs: 2000 });
});

const bundle = (expires: string, ...ends: readonly string[]): BundleView =>
  ({
    manifest: { expires },
    signers: ends.map((notAfter, n) => ({ subject: `CN=S${n}`, notAfter }) as BundleSigner),
  }) as unknown as BundleView;

test('what ends within 30 days is warned of: the bundle, and a certificate that ends before it', () => {
  const now = Date.parse('2026-06-01T00:00:00Z');
  const told = (of: BundleView) =>
    findExpiries(of, now).map(({ what, days }) => [what === 'bundle' ? what : what.signer, days]);
  assert.deepEqual(told(bundle('2026-06-30T12:00:00Z')), [['bundle', 29]]);
  assert.deepEqual(told(bundle('2026-07-01T00:00:00Z')), []);
  assert.deepEqual(told(bundle('2026-12-01T00:00:00Z', '2026-06-11T00:00:00Z', '2026-12-24T00:00:00Z')), [
    ['CN=S0', 10],
  ]);
  assert.deepEqual(told(bundle('2026-12-01T00:00:00Z', '2026-05-30T00:00:00Z')), [['CN=S0', -2]]);
  assert.deepEqual(told(bundle('2026-05-01T00:00:00Z', '2026-04-30T00:00:00Z')), [], 'its state says it');
});

test('a bundle counts until its only signer’s certificate ends, where that is first', () => {
  const [early, late] = ['2026-06-11T00:00:00Z', '2026-12-01T00:00:00Z'];
  assert.equal(countsUntil(bundle(late, early)), early);
  assert.equal(countsUntil(bundle(early, late)), early);
  assert.equal(countsUntil(bundle(late, early, early)), late, 'with several, the policy says how many are enough');
});

test('components are found by a part of name, version or licence, in any case', () => {
  const side = (version: string, licence: string | null) => ({ version, licence });
  const lines: ComponentLine[] = [
    { name: 'zlib', from: side('1.2', 'Zlib'), to: side('1.3', 'Zlib'), change: 'version' },
    { name: 'mbedTLS', from: side('3.5', null), to: side('3.5', null), change: 'same' },
  ];
  const names = (text: string, show: 'all' | 'changed' = 'all') =>
    searchComponents(lines, text, show).map(({ name }) => name);
  assert.deepEqual(names(' MBED'), ['mbedTLS']);
  assert.deepEqual(names('1.2'), ['zlib']);
  assert.deepEqual(names('zLIB'), ['zlib']);
  assert.deepEqual(names('', 'changed'), ['zlib']);
  assert.deepEqual(names('mbed', 'changed'), []);
});

test('a signer is called by the common name, and by the whole subject where there is none', () => {
  assert.equal(nameOfSigner('CN=Acme\\, release, O=Acme'), 'Acme, release');
  assert.equal(nameOfSigner('O=Acme, CN=Release'), 'Release');
  assert.equal(nameOfSigner('O=Acme'), 'O=Acme');
});

test('text of foreign origin cannot hide or reorder what stands beside it', () => {
  assert.equal(printable('a\u202eb\nc'), 'a[U+202E]b[U+000A]c');
  assert.equal(printableLines('a\r\n\tb\u0007'), 'a\n  b[U+0007]');
});
