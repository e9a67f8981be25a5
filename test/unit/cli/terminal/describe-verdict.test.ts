import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { describeVerdict } from '../../../../cli/terminal/describe-audit.ts';
import type { AuditVerification } from '../../../../contract/schema/audit.ts';

const intact: AuditVerification = {
  intact: true,
  size: 1300,
  rootSha256: 'ab'.repeat(32),
  checkpoints: 1250,
  cosignatures: { verified: 0, uncounted: 0, upTo: [] },
  findings: [],
  findingsOmitted: 0,
};

function describe(changes: Partial<AuditVerification>): string[] {
  return stripVTControlCharacters(describeVerdict({ ...intact, ...changes })).split('\n');
}

test('REQ-OTA-AUD-02 an intact log is told with what others vouch for, each witness with its last event', () => {
  const upTo = [
    { witness: 'depot/north', size: 1204 },
    { witness: 'depot/south', size: 800 },
  ];
  assert.deepEqual(describe({ cosignatures: { verified: 3, uncounted: 2, upTo } }), [
    '✓ 1300 events and 1250 checkpoints, all intact.',
    `  Root ${'ab'.repeat(32)}`,
    '✓ 3 kept cosignatures, all fit.',
    '  Cosigned by depot/north up to event 1204.',
    '  Cosigned by depot/south up to event 800.',
    '! Kept cosignatures that do not count: 2 (the key of their witness was removed).',
  ]);
  assert.match(describe({}).at(-1) ?? '', /^! .*No witness vouches for this log\.$/);
});

test('what was found is told with its code, and a name that somebody wrote into the database moves no cursor', () => {
  const reason = 'depot/\u001b[2Jnorth cosigned another history of this log.';
  const finding = { code: 'audit.cosignature-contradicted' as const, reason, fromSeq: 1, toSeq: 5 };
  const lines = describe({ intact: false, findings: [finding], findingsOmitted: 2 });
  assert.deepEqual(lines, [
    '✗ depot/[U+001B][2Jnorth cosigned another history of this log.',
    '  audit.cosignature-contradicted',
    '  and 2 more',
  ]);
});
