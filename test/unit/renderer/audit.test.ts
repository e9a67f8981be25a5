import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditEventTypes } from '../../../contract/plain/audit-event-types.ts';
import type { AuditEvent, AuditFinding } from '../../../contract/schema/audit.ts';
import { factsOf } from '../../../renderer/features/audit/facts-of.ts';
import { firstFault } from '../../../renderer/features/audit/first-fault.ts';
import { isFiltered, noFilter, searchOf } from '../../../renderer/features/audit/search.ts';
import { eventWords } from '../../../renderer/features/audit/event-words.ts';
import { typeWords } from '../../../renderer/features/audit/type-words.ts';

test('every type of event has a sentence and a name of its own in each language', () => {
  for (const language of ['en', 'de'] as const) {
    const names = auditEventTypes.map((type) => typeWords[type][language]);
    assert.equal(new Set(names).size, auditEventTypes.length, `two types share a name in ${language}`);
    for (const type of auditEventTypes) {
      assert.match(eventWords[type][language], /\.$|\{what\}\.$/, type);
      assert.doesNotMatch(eventWords[type][language], new RegExp(type.replace('.', '\\.')), 'no code in the sentence');
    }
  }
  assert.deepEqual(
    Object.keys(typeWords).sort(),
    [...auditEventTypes].sort(),
    'nothing is named that the log cannot hold',
  );
});

test('what stands in the fields above the log becomes a question, and empty fields ask for nothing', () => {
  const nothing = { type: null, outcome: null, operator: null, unit: null, since: null, until: null };
  assert.deepEqual(searchOf(noFilter), nothing);
  assert.equal(isFiltered(noFilter), false);
  assert.equal(isFiltered({ ...noFilter, unit: '  ' }), false);
  assert.equal(isFiltered({ ...noFilter, unit: 'PUMP' }), true);
  const asked = searchOf({
    ...noFilter,
    operator: ' Otto ',
    unit: ' PUMP-0401',
    firstDay: '2026-11-29',
    lastDay: '2026-11-29',
  });
  assert.deepEqual([asked.operator, asked.unit], ['otto', 'PUMP-0401']);
  const [since, until] = [new Date(asked.since ?? 0), new Date(asked.until ?? 0)];
  assert.deepEqual(
    [since.getHours(), since.getDate(), until.getHours(), until.getDate()],
    [0, 29, 0, 30],
    'a local day, whole',
  );
});

test('REQ-OTA-AUD-02 the first event that is concerned is named, and a log that only lost its tail is told apart', () => {
  const finding = (fromSeq: number, toSeq: number) => ({
    code: 'audit.leaf-edited' as const,
    reason: '',
    fromSeq,
    toSeq,
  });
  const first = (findings: readonly AuditFinding[], findingsOmitted = 0) =>
    firstFault({ findings: [...findings], findingsOmitted, size: 9 });
  assert.equal(first([]), null);
  assert.deepEqual(first([finding(7, 7), finding(3, 4)]), { seq: 3, isTail: false, isBeside: false });
  assert.deepEqual(first([finding(10, 12)]), { seq: 10, isTail: true, isBeside: false });
  assert.deepEqual(first([finding(-5, -5)]), { seq: 1, isTail: false, isBeside: false });
  // What is kept of witnesses is no event of the log; only where all else was told is nothing else wrong.
  const lost = { ...finding(4, 4), code: 'audit.cosignature-lost' as const };
  assert.deepEqual(first([lost]), { seq: 10, isTail: false, isBeside: true });
  assert.deepEqual(first([lost, finding(7, 7)]), { seq: 7, isTail: false, isBeside: false });
  assert.deepEqual(first([lost], 1), { seq: 1, isTail: false, isBeside: false });
});

test('what an event tells is a list of names and values, none left out but what is not there', () => {
  const event: AuditEvent = {
    seq: 1,
    time: '2026-11-22T09:00:00.000Z',
    station: 's',
    type: 'update.moved',
    actor: { kind: 'station' },
    outcome: 'done',
    subject: { unit: 'PUMP-0401' },
    data: { from: 'ready', count: 2, roles: ['a', 'b'], none: null, change: { checks: [] }, isLast: true },
  };
  assert.deepEqual(factsOf(event), [
    { key: 'unit', text: 'PUMP-0401' },
    { key: 'from', text: 'ready' },
    { key: 'count', text: '2' },
    { key: 'roles', text: 'a, b' },
    { key: 'change', text: '{"checks":[]}' },
    { key: 'isLast', text: 'true' },
  ]);
});
