import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { AuditEventDraft } from '../../../core/audit/event.ts';
import { BenchMap } from '../../../core/device/bench-map.ts';
import { createBenchRepository } from '../../../core/storage/bench-repository.ts';
import { openTestDatabase } from '../storage/open-test-database.ts';

const actor = { kind: 'operator', id: 'b5f0a1f2', username: 'tom' } as const;

function setUp(t: TestContext) {
  const { connection, transact } = openTestDatabase(t);
  const events: AuditEventDraft[] = [];
  const openJobs = new Set<string>();
  const port = { fails: false };
  const map = new BenchMap({
    repository: createBenchRepository(connection),
    transact,
    audit: {
      append: (draft) => {
        if (port.fails) throw new Error('the log cannot be written');
        events.push(draft);
      },
    },
    openJobAt: (position) => (openJobs.has(position) ? { id: 'job-1' } : null),
  });
  return { map, events, openJobs, port };
}
const codeOf = (result: { readonly ok: boolean; readonly code?: string }) => (result.ok ? 'accepted' : result.code);

test('REQ-OTA-USB-03 a place is found by number, by name in whatever capitals, and by port path', (t) => {
  const { map } = setUp(t);
  map.name({ position: '1-2.4', name: 'Prüfplatz 3 links', number: 3 }, actor);
  for (const typed of ['3', '03', 'prüfplatz 3 LINKS', ' Prüfplatz 3 links ', '1-2.4'])
    assert.deepEqual(map.resolve(typed), { ok: true, value: '1-2.4' }, typed);
  assert.deepEqual(map.resolve('1-9'), { ok: true, value: '1-9' });
  for (const typed of ['4', 'Prüfplatz 4', '1'])
    assert.equal(codeOf(map.resolve(typed)), 'device.place-unknown', typed);
  assert.deepEqual(map.placeAt('1-2.4'), { name: 'Prüfplatz 3 links', number: 3 });
  assert.equal(map.placeAt('1-2'), null);
});

test('REQ-OTA-AUD-03 every change of the map is an event with the places before and after, and none is made without it', (t) => {
  const { map, events, port } = setUp(t);
  map.name({ position: '1-1', name: 'Left', number: 1 }, actor);
  map.name({ position: '1', name: 'Far left' }, actor);
  map.learn({ number: 1, position: '2-1', name: null }, actor);
  map.move('2', '3', actor);
  map.forget('far left', actor);
  const left = { position: '1-1', name: 'Left', number: 1 };
  const farLeft = { ...left, name: 'Far left' };
  assert.deepEqual(
    events.map(({ type, data }) => [type, data]),
    [
      ['bench.changed', { change: 'named', before: [], after: [left] }],
      ['bench.changed', { change: 'named', before: [left], after: [farLeft] }],
      ['bench.changed', { change: 'learned', before: [farLeft], after: [{ ...farLeft, position: '2-1' }] }],
      [
        'bench.changed',
        {
          change: 'moved',
          before: [{ ...farLeft, position: '2-1' }],
          after: [{ ...farLeft, position: '3-1' }],
        },
      ],
      ['bench.changed', { change: 'forgotten', before: [{ ...farLeft, position: '3-1' }], after: [] }],
    ],
  );
  port.fails = true;
  assert.throws(() => map.name({ position: '1-1', name: 'Left' }, actor), /log cannot be written/);
  assert.deepEqual(map.places(), []);
});

test('REQ-OTA-USB-03 what changes nothing leaves no event; what is refused changes nothing', (t) => {
  const { map, events } = setUp(t);
  map.name({ position: '1-1', name: 'Left', number: 1 }, actor);
  map.name({ position: '1-1', name: 'Left' }, actor);
  assert.equal(events.length, 1);
  assert.equal(codeOf(map.name({ position: '1-2', name: 'LEFT' }, actor)), 'device.place-taken');
  assert.equal(codeOf(map.forget('1-7', actor)), 'device.place-unknown');
  assert.equal(codeOf(map.move('1-7', '1-8', actor)), 'device.place-unknown');
  assert.equal(events.length, 1);
});

test('REQ-OTA-APP-04 a place with an open job does not wander to another port', (t) => {
  const { map, openJobs } = setUp(t);
  map.name({ position: '1-2.1', name: 'Left', number: 1 }, actor);
  openJobs.add('1-2.1');
  const held = map.move('1-2', '1-3', actor);
  assert.ok(!held.ok && held.code === 'device.place-held');
  assert.match(held.reason, /job-1 at Left \(1-2\.1\)/);
  assert.equal(codeOf(map.learn({ number: 1, position: '1-9', name: null }, actor)), 'device.place-held');
  assert.equal(codeOf(map.learn({ number: 1, position: '1-9', name: 'Other' }, actor)), 'device.place-held');
  assert.equal(codeOf(map.name({ position: '1', name: 'Far left' }, actor)), 'accepted');
  openJobs.clear();
  assert.equal(codeOf(map.move('1-2', '1-3', actor)), 'accepted');
});

test('places are listed by number, those without one last', (t) => {
  const { map } = setUp(t);
  for (const [position, name, number] of [
    ['1-10', 'd', null],
    ['1-2', 'c', null],
    ['1-3', 'b', 12],
    ['1-4', 'a', 2],
  ] as const)
    map.name({ position, name, number }, actor);
  assert.deepEqual(
    map.places().map(({ name }) => name),
    ['a', 'b', 'c', 'd'],
  );
});

test('a bench has no more places than a person can look over', (t) => {
  const { map } = setUp(t);
  for (let port = 1; port <= 128; port++)
    assert.ok(map.name({ position: `1-1.${port}`, name: `Port ${port} x` }, actor).ok);
  assert.equal(codeOf(map.name({ position: '1-2', name: 'One more' }, actor)), 'device.place-taken');
  assert.equal(map.places().length, 128);
});
