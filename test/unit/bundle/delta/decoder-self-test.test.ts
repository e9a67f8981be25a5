import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findMissingDecoders, knownDelta } from '../../../../core/bundle/delta/decoder-self-test.ts';

test('REQ-OTA-DLT-01 this runtime decodes what zstd --patch-from made', () => {
  assert.deepEqual(findMissingDecoders(), []);
});

test('REQ-OTA-DLT-01 a decoder that answers wrongly, or not at all, is named', () => {
  assert.deepEqual(findMissingDecoders({ ...knownDelta, result: 'something else' }), ['zstd with a dictionary']);
  assert.deepEqual(findMissingDecoders({ ...knownDelta, deltaHex: '00' }), ['zstd with a dictionary']);
});
