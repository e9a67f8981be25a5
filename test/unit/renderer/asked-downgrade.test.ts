import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatRoute, parseRoute } from '../../../renderer/router/parse-route.ts';
import { askedOfRoute, routeOfAsked } from '../../../renderer/station/asked-downgrade.ts';

const asked = { serial: 'PUMP/0401 ä', fromVersion: 7, toVersion: 5, workOrder: 'WO 1/2' };

test('what the bench asks for comes back from the route, whatever characters it has', () => {
  for (const one of [asked, { ...asked, workOrder: '' }]) {
    const { rest } = parseRoute(formatRoute('approvals', 'digest', ...routeOfAsked(one)));
    assert.deepEqual(askedOfRoute(rest.slice(1)), one);
  }
});

test('a route that asks for nothing, or for no counters, fills in nothing', () => {
  for (const rest of [
    [],
    ['install', 'S', '1', '2'],
    ['downgrade'],
    ['downgrade', 'S', '-1', '2'],
    ['downgrade', 'S', '1', 'x'],
  ])
    assert.equal(askedOfRoute(rest), null, rest.join('/'));
});
