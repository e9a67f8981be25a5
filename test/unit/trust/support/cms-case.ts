import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ErrorCode } from '../../../../contract/error-code.ts';
import type { Refusal } from '../../../../contract/result.ts';
import { oid } from '../../../../core/trust/oid.ts';
import { type CmsInput, type VerifiedCms, verifyCms } from '../../../../core/trust/verify-cms.ts';
import { now } from './chain-case.ts';
import { certificate, fixtureFile } from './fixture.ts';

export function verifyFile(cms: Uint8Array, rules: Partial<CmsInput> = {}): VerifiedCms | Refusal {
  return verifyCms({
    cms,
    content: fixtureFile('cms/content.bin'),
    rootsDer: ['root', 'root384', 'rooted'].map(certificate),
    crlsDer: [],
    at: now,
    eku: oid.codeSigning,
    ...rules,
  });
}

export type CmsRow = readonly [
  title: string,
  expected: 'accept' | ErrorCode,
  cms: Uint8Array,
  rules?: Partial<CmsInput>,
];

export function testCms(requirement: string, rows: readonly CmsRow[]): void {
  for (const [title, expected, cms, rules] of rows) {
    test(`${requirement} ${expected === 'accept' ? 'accepts' : 'refuses'} ${title}`, () => {
      const result = verifyFile(cms, rules);
      assert.equal(result.ok ? 'accept' : result.code, expected, result.ok ? '' : result.reason);
    });
  }
}
