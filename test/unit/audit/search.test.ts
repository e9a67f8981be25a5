import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { AuditEventDraft } from '../../../core/audit/event.ts';
import type { AuditFilter, AuditPage } from '../../../core/audit/repository.ts';
import { draft, openTestLog, type TestLog } from './open-test-log.ts';

interface Wanted {
  readonly type?: 'session.login';
  readonly outcome?: 'refused';
  readonly username?: string;
  readonly unit?: string;
  readonly since?: string;
  readonly until?: string;
}

const people = ['tom', 'ines', 'otto'].map((username, at) => ({ kind: 'operator' as const, id: `id-${at}`, username }));
const types = ['update.moved', 'session.login', 'operation.refused'] as const;
const outcomes = ['done', 'refused'] as const;

/** 60 events in an order in which each of their marks comes at another beat, one minute apart; the clock once goes back. */
function fill(t: TestContext): TestLog {
  const opened = openTestLog(t);
  for (let n = 0; n < 60; n += 1) {
    opened.clock.advance(60_000);
    const more: Partial<AuditEventDraft> = {
      type: types[n % 3] ?? 'update.moved',
      outcome: outcomes[n % 2] ?? 'done',
      subject: n % 5 === 0 ? { unit: `SN-${n % 4}` } : {},
      actor: people[n % 4] ?? { kind: 'station' },
    };
    opened.record(draft(`event ${n}`, more));
  }
  return opened;
}

function find({ repository }: TestLog, filter: AuditFilter, page: Partial<AuditPage> = {}): number[] {
  return repository.findEvents({ filter, limit: 100, ...page }).map(({ seq }) => seq);
}

test('the log is searched by type, outcome, operator, unit and time, each alone and all together', (t) => {
  const opened = fill(t);
  const events = opened.log.list({ filter: {}, limit: 100 });
  const [since, until] = [events[50]?.time ?? '', events[10]?.time ?? ''];
  const marks = [
    { type: 'session.login' as const },
    { outcome: 'refused' as const },
    { username: 'ines' },
    { unit: 'SN-1' },
    { since },
    { until },
  ];
  // Every choice of the six, 64 in all, against reading them all and looking.
  for (let chosen = 0; chosen < 2 ** marks.length; chosen += 1) {
    const wanted = marks.filter((_, at) => (chosen >> at) & 1).reduce<Wanted>((all, mark) => ({ ...all, ...mark }), {});
    const { type, ...rest } = wanted;
    const expected = events.filter(
      (event) =>
        (type === undefined || event.type === type) &&
        (rest.outcome === undefined || event.outcome === rest.outcome) &&
        (rest.username === undefined || (event.actor.kind === 'operator' && event.actor.username === rest.username)) &&
        (rest.unit === undefined || event.subject.unit === rest.unit) &&
        (rest.since === undefined || event.time >= rest.since) &&
        (rest.until === undefined || event.time < rest.until),
    );
    const filter: AuditFilter = { ...rest, ...(type === undefined ? {} : { types: [type] }) };
    assert.deepEqual(
      find(opened, filter),
      expected.map(({ seq }) => seq),
      JSON.stringify(wanted),
    );
  }
  assert.ok(find(opened, { unit: 'SN-1', username: 'ines' }).length > 0, 'the marks meet');
});

test('pages lead both ways without a gap or an event twice, also where a filter thins the log', (t) => {
  const opened = fill(t);
  for (const filter of [{}, { username: 'tom' }, { types: ['update.moved' as const], outcome: 'done' as const }]) {
    const all = find(opened, filter);
    const down: number[] = [];
    for (let page = find(opened, filter, { limit: 7 }); page.length > 0;) {
      down.push(...page);
      page = find(opened, filter, { limit: 7, before: page.at(-1) ?? 0 });
    }
    assert.deepEqual(down, all, 'from the newest down');
    let up: number[] = [];
    for (let page = find(opened, filter, { limit: 7, after: 0 }); page.length > 0;) {
      up = [...page, ...up];
      page = find(opened, filter, { limit: 7, after: page[0] ?? 0 });
    }
    assert.deepEqual(up, all, 'from the oldest up');
  }
  assert.deepEqual(find(opened, {}, { after: 10, before: 14 }), [13, 12, 11]);
});

test('a search goes along an index whatever is asked for, and sorts nothing but a span of time', (t) => {
  const { database, repository } = fill(t);
  const plans: string[] = [];
  const prepare = database.connection.prepare.bind(database.connection);
  t.mock.method(database.connection, 'prepare', (sql: string) => {
    const statement = prepare(sql);
    if (sql.includes('WHERE seq IN')) {
      const count = sql.split('?').length - 1;
      const plan = prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`);
      plans.push(
        plan
          .all(...Array.from({ length: count }, () => 1))
          .map(({ detail }) => detail)
          .join(' | '),
      );
    }
    return statement;
  });
  const planOf = (filter: AuditFilter): string => {
    repository.findEvents({ filter, limit: 10 });
    return plans.pop() ?? '';
  };
  assert.match(planOf({ types: ['session.login'] }), /audit_event_by_type \(type=\?\)/);
  assert.match(planOf({ username: 'tom' }), /audit_event_by_username/);
  assert.match(planOf({ unit: 'SN-1', since: '2026' }), /audit_event_by_unit/);
  assert.match(planOf({ since: '2026' }), /audit_event_by_time.*TEMP B-TREE/);
  for (const filter of [{ outcome: 'failed' as const }, { username: 'tom', since: '2026' }]) {
    assert.match(planOf(filter), /audit_event_line/);
    assert.doesNotMatch(planOf(filter), /TEMP B-TREE/);
  }
});
