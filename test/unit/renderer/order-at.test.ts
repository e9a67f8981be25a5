import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OrderWithheldEvent } from '../../../contract/events.ts';
import type { StandingOrderView } from '../../../contract/schema/standing-order.ts';
import type { Card } from '../../../renderer/features/bench/cards.ts';
import { orderAt } from '../../../renderer/features/bench/order-at.ts';
import { rangeOf } from '../../../renderer/features/bench/range-of.ts';

/** Only what is looked at; the contract's whole views are proven elsewhere. */
const closed = { id: 'a', positions: ['1-1'], closedAt: '2026-11-29T09:00:00Z' } as unknown as StandingOrderView;
const open = { id: 'b', positions: ['1-1', '1-2'], closedAt: null } as unknown as StandingOrderView;

function card(serial: string | null, job: 'none' | 'open' | 'closed' = 'none', position = '1-1'): Card {
  const unit = serial === null ? null : { serial };
  const endedAt = job === 'open' ? null : '2026-11-29T09:00:00Z';
  return { position, place: null, unit, job: job === 'none' ? null : { endedAt } } as unknown as Card;
}

function withheld(serial: string): ReadonlyMap<string, OrderWithheldEvent> {
  return new Map([['b 1-1', { serial, code: 'order.unit-done' } as unknown as OrderWithheldEvent]]);
}

test('REQ-OTA-UI-01 a place with a standing order says what it waits for, and why the unit that is there was not started', () => {
  assert.equal(orderAt(card('P1'), [closed], new Map()), null);
  assert.equal(orderAt(card('P1', 'none', '1-3'), [closed, open], new Map()), null);
  const at = (of: Card, told = new Map<string, OrderWithheldEvent>() as ReadonlyMap<string, OrderWithheldEvent>) =>
    orderAt(of, [closed, open], told)?.waits;
  assert.equal(at(card(null)), 'unit');
  assert.equal(at(card('P1', 'closed')), 'unit');
  assert.equal(at(card('P1', 'open'), withheld('P1')), 'job');
  assert.equal(at(card('P1'), withheld('P1')), null);
  // It was told of a unit that is not here any more.
  assert.equal(at(card('P2'), withheld('P1')), 'unit');
  assert.equal(at(card(null), withheld('P1')), 'unit');
});

test('a range is chosen from either end, and begins at itself where nothing was chosen before', () => {
  const all = ['1', '2', '3', '4'];
  assert.deepEqual(rangeOf(all, '2', '4'), ['2', '3', '4']);
  assert.deepEqual(rangeOf(all, '4', '2'), ['2', '3', '4']);
  assert.deepEqual(rangeOf(all, null, '3'), ['3']);
  assert.deepEqual(rangeOf(all, 'gone', '3'), ['3']);
});
