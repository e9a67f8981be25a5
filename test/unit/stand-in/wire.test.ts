import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fromChromium, toChromium } from '../../stand-in/origin.ts';
import { createWire } from '../../stand-in/wire.ts';

const wire = createWire();
const through = (value: unknown): unknown => wire.decode(wire.encode(value));

test('values come through as structured clone brings them through', () => {
  const plain = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: false,
    maxDepth: 3,
  });
  fc.assert(
    fc.property(plain, (value) => assert.deepEqual(through(value), structuredClone(value))),
    { seed: 5, numRuns: 500 },
  );
  assert.deepEqual(through(new Uint8Array([1, 2])), new Uint8Array([1, 2]));
  assert.ok('a' in (through({ a: undefined }) as object));
  const error = through(new TypeError('x')) as Error;
  assert.ok(error instanceof Error && error.name === 'TypeError' && error.message === 'x');
});

test('what cannot be cloned is refused in Electron’s words', () => {
  for (const value of [() => 1, Symbol('x'), Promise.resolve(), new WeakMap()]) {
    assert.throws(() => wire.encode({ value }), { message: 'An object could not be cloned.' });
  }
});

test('addresses of the app protocol and of Chromium stand for each other', () => {
  assert.equal(toChromium('app://drydock/index.html#/x'), 'https://drydock.app.invalid/index.html#/x');
  assert.equal(fromChromium('https://drydock.app.invalid/a.js'), 'app://drydock/a.js');
  assert.equal(fromChromium('https://a.b.app.invalid/'), 'https://a.b.app.invalid/');
});
