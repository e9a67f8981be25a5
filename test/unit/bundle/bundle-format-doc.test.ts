import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { bundleErrors } from '../../../contract/error-code/bundle.ts';
import { BUNDLE_LIMITS } from '../../../core/bundle/limits.ts';
import { parseManifest } from '../../../core/bundle/parse-manifest.ts';

const text = readFileSync(new URL('../../../docs/bundle-format.md', import.meta.url), 'utf8');

test('REQ-OTA-MAN-01 the documented manifest is one that a station reads', () => {
  const [, example = ''] = /```json\n([^`]+)```/.exec(text) ?? [];
  const parsed = parseManifest(Buffer.from(example));
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.reason);
});

test('REQ-OTA-MAN-03 the documented limits are the ones that are checked', () => {
  const table = text.slice(text.indexOf('### Limits'));
  const limitOf = (what: string): string => new RegExp(`\\| ${what} +\\| ([^|]*?) +\\|`).exec(table)?.[1] ?? '';
  const gib = 2 ** 30;
  assert.equal(limitOf('Archive'), `${BUNDLE_LIMITS.archiveBytes / gib} GiB`);
  assert.equal(limitOf('All entries unpacked'), `${BUNDLE_LIMITS.unpackedBytes / gib} GiB`);
  assert.equal(limitOf('Entries'), String(BUNDLE_LIMITS.entries));
  assert.equal(limitOf("Archive's directory"), `${BUNDLE_LIMITS.directoryBytes / 1024} KiB`);
  assert.equal(limitOf('Unpacked ÷ packed length of an entry'), String(BUNDLE_LIMITS.packRatio));
  const { manifestBytes, manifestDepth, signatureBytes } = BUNDLE_LIMITS;
  assert.equal(limitOf('`manifest.json`'), `${manifestBytes / 2 ** 20} MiB, ${manifestDepth} levels deep`);
  assert.match(limitOf('`manifest.p7s`'), new RegExp(`^${signatureBytes / 1024} KiB`));
});

test('REQ-OTA-MAN-03 every code that the document names exists', () => {
  const named = [...text.matchAll(/`(bundle\.[a-z-]+)`/g)]
    .map(([, code = '']) => code)
    .filter((code) => code !== 'bundle.');
  assert.ok(named.length > 5);
  for (const code of named) assert.ok(Object.hasOwn(bundleErrors, code), code);
});
