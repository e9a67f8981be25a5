import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ErrorCode } from '../../../contract/error-code.ts';
import { inspectBundle } from '../../../core/bundle/make/inspect-bundle.ts';
import { describeSignature } from '../../../core/bundle/make/inspect-signature.ts';
import type { ClaimedTimestamp } from '../../../core/bundle/make/inspect-timestamps.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { bundleParts, manifestFor } from '../../helpers/test-bundle.ts';
import { zipBytes } from '../../helpers/zip-bytes.ts';
import { integer } from '../trust/support/cms-builder.ts';
import {
  afterStamps,
  buildToken,
  pinned,
  stamped,
  tokenAttribute,
  tstInfo,
  unstamped,
  withCopies,
} from '../trust/support/timestamp-builder.ts';

const inspect = (cms: Uint8Array, tsaRootsDer: readonly Uint8Array[] = []) =>
  describeSignature(cms, { tsaRootsDer, crlsDer: [], at: afterStamps });
const verdictsOf = (signature: ReturnType<typeof inspect>): (ClaimedTimestamp['verdict'] | undefined)[] =>
  signature.signers.flatMap(({ timestamps }) => timestamps.map(({ verdict }) => verdict));

test('REQ-OTA-SIG-01 inspection shows a timestamp with time and authority, and says that nobody verified it', () => {
  const { signers, timestampFindings } = inspect(stamped('p256'));
  assert.equal(signers.length, 1);
  const [timestamp, ...others] = signers[0]?.timestamps ?? [];
  assert.deepEqual([timestamp?.authority, timestamp?.verdict, others.length], ['tsa', 'not verified', 0]);
  // `openssl ts -reply -token_in -in tokens/p256.der -text` says the same.
  assert.equal(timestamp?.time, '2026-11-25T03:38:53.000Z');
  assert.deepEqual(timestampFindings, []);
});

test('REQ-OTA-SIG-01 inspection shows none where there is none', () => {
  assert.deepEqual(inspect(unstamped, pinned.tsaRootsDer).signers[0]?.timestamps, []);
});

const rows: readonly (readonly [
  file: string,
  verdicts: readonly ClaimedTimestamp['verdict'][],
  finding?: ErrorCode,
])[] = [
  ['p256', ['verified']],
  ['two', ['verified', 'verified']],
  ['stranger', ['not pinned']],
  ['moved', ['refused'], 'trust.timestamp-imprint'],
  ['other-data', ['refused'], 'trust.timestamp-imprint'],
  ['expired', ['refused'], 'trust.timestamp-authority'],
  ['without-certificate', ['refused'], 'trust.timestamp-signer'],
];

for (const [file, verdicts, finding] of rows) {
  test(`REQ-OTA-SIG-01 inspection under an authority’s root: ${file} is ${verdicts.join(' and ')}`, () => {
    const judged = inspect(stamped(file), pinned.tsaRootsDer);
    assert.deepEqual(verdictsOf(judged), verdicts);
    assert.deepEqual(
      judged.timestampFindings.map(({ code }) => code),
      finding === undefined ? [] : [finding],
    );
    const open = inspect(stamped(file));
    assert.deepEqual(new Set(verdictsOf(open)), new Set(['not verified']));
    assert.deepEqual(open.timestampFindings, []);
  });
}

test('REQ-OTA-SIG-01 inspection judges no more timestamps than a station does, and says so once', () => {
  const attribute = tokenAttribute(
    ...[1, 2].map((serial) => buildToken({ content: tstInfo({ serial: integer(serial) }) })),
  );
  const crowded = inspect(withCopies(9, attribute), pinned.tsaRootsDer);
  assert.deepEqual(
    crowded.timestampFindings.map(({ code }) => code),
    ['trust.budget-exceeded'],
  );
  assert.deepEqual(new Set(verdictsOf(crowded)), new Set(['not verified']));
});

test('REQ-OTA-SIG-01 inspection names a wrong timestamp among the reasons for which a station refuses the bundle', async (t) => {
  const path = join(tempFolder(t), 'moved.bundle');
  writeFileSync(path, zipBytes(bundleParts(manifestFor([]), {}, stamped('moved'))));
  const codes = async (tsaRootsDer: readonly Uint8Array[]): Promise<string[]> =>
    (await inspectBundle(path, { now: afterStamps, tsaRootsDer })).findings.map(({ code }) => code);
  assert.ok((await codes(pinned.tsaRootsDer)).includes('trust.timestamp-imprint'));
  assert.ok(!(await codes([])).includes('trust.timestamp-imprint'));
});
