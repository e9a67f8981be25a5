import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sha256Hex } from '../../../../core/digest.ts';
import { readPackageCrls, type TakenCrls } from '../../../../core/trust/package/package-crls.ts';
import type { PackageCrl, TrustPackage } from '../../../../core/trust/package/read-package.ts';
import type { StoredCrl } from '../../../../core/trust/repository.ts';
import type { Result } from '../../../../contract/result.ts';
import { now } from '../support/chain-case.ts';
import { certificate, crl } from '../support/fixture.ts';
import { readPackage } from './fixtures.ts';

const stamp = { addedAt: now, addedBy: 'op-1' };
const listOf = (name: string, issuer = 'ica'): PackageCrl => ({ der: crl(name), issuersDer: [certificate(issuer)] });

/** A package with these lists, under both roots of the CA "ica". */
function packageWith(...crls: readonly PackageCrl[]): TrustPackage {
  const from = readPackage('v1');
  const [anchor] = from.anchors;
  assert.ok(anchor);
  const anchors = ['root', 'root2'].map((name) => {
    const der = certificate(name);
    return { ...anchor, der, fingerprintSha256: sha256Hex(der), purpose: 'bundle' } as const;
  });
  return { ...from, anchors, crls };
}

function stored(...lists: readonly PackageCrl[]): readonly StoredCrl[] {
  const read = readPackageCrls(packageWith(...lists), [], stamp);
  assert.ok(read.ok);
  assert.equal(read.value.leftOut, 0);
  return read.value.taken;
}

const outcomeOf = (read: Result<TakenCrls>): string =>
  read.ok ? `${read.value.taken.length} taken, ${read.value.leftOut} left out` : read.code;

const rows: readonly (readonly [string, string, readonly string[], string?])[] = [
  ['a current list is taken', '1 taken, 0 left out', ['ica-empty']],
  ['a list that is out of date by now is left out', '0 taken, 1 left out', ['ica-stale']],
  ['a list that is older than the station’s is left out', '0 taken, 1 left out', ['ica-empty'], 'ica-later'],
  ['a list that the station has is left out', '0 taken, 1 left out', ['ica-empty'], 'ica-empty'],
  ['a newer list than the station’s is taken', '1 taken, 0 left out', ['ica-later'], 'ica-empty'],
  ['a list that is yet to come refuses the package', 'trust.crl-not-current', ['ica-future']],
  ['a list whose number falls back refuses the package', 'trust.crl-number', ['ica-later-lower'], 'ica-empty'],
  ['a list whose number is used twice refuses the package', 'trust.crl-number', ['ica-later-same'], 'ica-empty'],
  ['a forged list refuses the package, though it is old', 'trust.signature-invalid', ['ica-forged'], 'ica-later'],
  ['a partial list refuses the package', 'trust.crl-partial', ['ica-later-user']],
  ['of two lists of a CA the newer is taken', '1 taken, 1 left out', ['ica-empty', 'ica-later']],
  ['of two lists of a CA the newer is taken in whatever order', '1 taken, 1 left out', ['ica-later', 'ica-empty']],
];

for (const [title, expected, names, known] of rows) {
  test(`REQ-OTA-SIG-05 lists of a package: ${title}`, () => {
    const lists = names.map((name) => listOf(name));
    const at = known === undefined ? [] : stored(listOf(known));
    assert.equal(outcomeOf(readPackageCrls(packageWith(...lists), at, stamp)), expected);
  });
}

test('REQ-OTA-SIG-05 lists of a package: the newer of two is the one that is taken', () => {
  const read = readPackageCrls(packageWith(listOf('ica-empty'), listOf('ica-later')), [], stamp);
  assert.deepEqual(read.ok && read.value.taken.map(({ fingerprintSha256 }) => fingerprintSha256), [
    sha256Hex(crl('ica-later')),
  ]);
});

test('REQ-OTA-SIG-05 lists of a package: older is older, whichever of the CA’s certificates the station’s came under', () => {
  const known = stored(listOf('ica-later', 'ica'));
  const read = readPackageCrls(packageWith(listOf('ica-empty', 'ica-cross')), known, stamp);
  assert.equal(outcomeOf(read), '0 taken, 1 left out');
});
