import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FuzzOutcome, type FuzzRequest, supervise } from './supervise.ts';

function fuzzToy(name: string, changes: Partial<FuzzRequest> = {}): Promise<FuzzOutcome> {
  const targetUrl = new URL(`toys/${name}.ts`, import.meta.url).href;
  return supervise({ targetUrl, inputFolders: [], seconds: 60, seed: 1, ...changes });
}

test('the fuzzer finds a bug behind nested decisions, because it follows coverage and comparisons', async () => {
  const { failure } = await fuzzToy('nested-magic');
  assert.match(failure?.reason ?? '', /^Error: planted: the innermost branch was reached\n.*nested-magic\.ts:14/s);
  assert.equal(failure?.input.toString('latin1', 4, 8), 'dryd');
});

test('the fuzzer finds the same input again with the same seed, and others with another', async () => {
  const [first, again, other] = await Promise.all([1, 1, 2].map((seed) => fuzzToy('nested-magic', { seed })));
  assert.deepEqual(again?.failure?.input, first?.failure?.input);
  assert.notDeepEqual(other?.failure?.input, first?.failure?.input);
});

test('the fuzzer kills a reader that hangs, and names the input', async () => {
  const { failure } = await fuzzToy('planted-hang', { hangMs: 1_000 });
  assert.match(failure?.reason ?? '', /^hang: /);
  assert.equal(failure?.input[0], 0x48);
});

test('the fuzzer notices a reader that never answers', async () => {
  const { failure } = await fuzzToy('planted-silence');
  assert.match(failure?.reason ?? '', /before its work was done/);
  assert.equal(failure?.input.toString(), 'Silence');
});

test('the fuzzer notices a reader that takes much memory for a moment', async () => {
  const { failure } = await fuzzToy('memory-bomb');
  assert.match(failure?.reason ?? '', /memory: the process grew on this input: \d+ MiB, 64 MiB are allowed/);
});

test('the fuzzer notices a reader that keeps memory', async () => {
  const { failure } = await fuzzToy('leak');
  assert.match(failure?.reason ?? '', /memory: the process keeps more than at the start, by now: \d+ MiB/);
});

test('the fuzzer survives a reader that fills the heap, and names the input', async () => {
  const { failure } = await fuzzToy('heap-bomb', { heapMiB: 64 });
  assert.match(failure?.reason ?? '', /heap out of memory/);
  assert.equal(failure?.input[0], 0x4d);
});

test('the fuzzer notices a stack that ran over also where the reader hides it', async () => {
  const { failure } = await fuzzToy('swallowed-overflow');
  assert.match(failure?.reason ?? '', /Maximum call stack size exceeded/);
});
