import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkClock, raiseFloor } from '../../../core/trust/time-floor.ts';
import { TrustStore } from '../../../core/trust/trust-store.ts';
import { MemoryTrustRepository } from './support/memory-repository.ts';

const day = (text: string): Date => new Date(`${text}T00:00:00Z`);

test('REQ-OTA-SIG-06 any clock is accepted before the first signed time', () => {
  assert.ok(checkClock({ now: day('1970-01-01'), floor: null }).ok);
});

test('REQ-OTA-SIG-06 a clock at the floor is accepted', () => {
  assert.ok(checkClock({ now: day('2026-11-22'), floor: day('2026-11-22') }).ok);
});

test('REQ-OTA-SIG-06 a clock below the floor is refused, with both times', () => {
  const result = checkClock({ now: new Date('2026-11-21T23:59:59.999Z'), floor: day('2026-11-22') });
  assert.equal(result.ok ? 'accept' : result.code, 'trust.clock-below-floor');
  assert.match(
    result.ok ? '' : result.reason,
    /clock says 2026-11-21T23:59:59.999Z.*2026-11-22T00:00:00.000Z; set date and time/,
  );
});

test('REQ-OTA-SIG-06 a clock that is no date is refused', () => {
  const result = checkClock({ now: new Date(Number.NaN), floor: null });
  assert.equal(result.ok ? 'accept' : result.code, 'trust.clock-unreadable');
});

test('REQ-OTA-SIG-06 the floor rises with a signed time and never falls', () => {
  const now = day('2026-11-22');
  assert.deepEqual(raiseFloor({ now, floor: null }, day('2026-01-01')), day('2026-01-01'));
  assert.deepEqual(raiseFloor({ now, floor: day('2026-01-01') }, day('2026-02-01')), day('2026-02-01'));
  assert.deepEqual(raiseFloor({ now, floor: day('2026-02-01') }, day('2026-01-01')), day('2026-02-01'));
});

test('REQ-OTA-SIG-06 a signed time of the future lifts the floor to now, not above', () => {
  assert.deepEqual(raiseFloor({ now: day('2026-11-22'), floor: null }, day('2099-01-01')), day('2026-11-22'));
});

test('REQ-OTA-SIG-06 the store keeps the floor and tells when it has risen', () => {
  const store = new TrustStore(new MemoryTrustRepository());
  const now = day('2026-11-22');
  assert.deepEqual(store.raiseTimeFloor(day('2026-11-01'), now), day('2026-11-01'));
  assert.equal(store.raiseTimeFloor(day('2026-10-01'), now), null);
  const result = store.checkClock(day('2026-10-15'));
  assert.equal(result.ok ? 'accept' : result.code, 'trust.clock-below-floor');
});
