import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { accept } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { StoredImage, VerifiedStoredImage } from '../../../core/bundle/images/verify-stored-image.ts';
import { VerifyingThreads, verifyingThreadCount } from '../../../core/bundle/images/verifying-threads.ts';
import { imageFor } from '../../helpers/test-bundle.ts';

const image = imageFor(Buffer.alloc(1));
const requestFor = (path: string): StoredImage => ({ path, image, imageKeys: [], rawImageOffset: null });
const never = new AbortController().signal;
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await nextTurn();
};

/** Threads that answer when the test says so, or crash. */
function openPool(most: number) {
  const log: string[] = [];
  const working = new Map<string, { readonly answer: () => void; readonly crash: () => void }>();
  let started = 0;
  const startThread = () => {
    started += 1;
    const name = `thread ${started}`;
    return {
      verify: ({ path }: StoredImage) =>
        new Promise<Result<VerifiedStoredImage>>((resolve, reject) => {
          log.push(`${name} verifies ${path}`);
          const finish = (end: () => void) => () => {
            working.delete(path);
            end();
          };
          working.set(path, {
            answer: finish(() => resolve(accept({ bootHash: path, version: '1' }))),
            crash: finish(() => reject(new Error('the thread crashed'))),
          });
        }),
      end: () => {
        log.push(`${name} ends`);
        return Promise.resolve();
      },
    };
  };
  const { verify } = new VerifyingThreads({ most, startThread });
  return { log, working, verify, started: () => started };
}

test('REQ-OTA-USB-03 eight large images at once are verified in no more threads than there may be, each in its turn', async () => {
  const pool = openPool(2);
  const names = Array.from({ length: 8 }, (_, index) => `image ${index}`);
  const verdicts = Promise.all(names.map((name) => pool.verify(requestFor(name), never)));
  const order: string[] = [];
  while (order.length < names.length) {
    await settle();
    assert.ok(pool.working.size <= 2);
    const [first] = pool.working.keys();
    assert.ok(first !== undefined);
    order.push(first);
    pool.working.get(first)?.answer();
  }
  assert.deepEqual(
    (await verdicts).map((verdict) => verdict.ok && verdict.value.bootHash),
    names,
  );
  assert.deepEqual(order, names);
  assert.equal(pool.started(), 2);
  assert.deepEqual(pool.log.filter((line) => line.endsWith('ends')).length, 2, 'an idle station has no threads');
});

test('REQ-OTA-USB-03 a job that is cancelled while its image waits leaves the line; one whose image is at work ends the thread', async () => {
  const pool = openPool(1);
  const [atWork, waiting] = [new AbortController(), new AbortController()];
  const first = pool.verify(requestFor('a'), atWork.signal);
  const second = pool.verify(requestFor('b'), waiting.signal);
  const third = pool.verify(requestFor('c'), never);
  await settle();
  waiting.abort();
  const left = await second;
  assert.equal(left.ok ? 'accepted' : left.code, 'update.cancelled');
  assert.deepEqual(pool.log, ['thread 1 verifies a']);
  atWork.abort();
  const ended = await first;
  assert.equal(ended.ok ? 'accepted' : ended.code, 'update.cancelled');
  await settle();
  assert.deepEqual(pool.log, ['thread 1 verifies a', 'thread 1 ends', 'thread 2 verifies c']);
  pool.working.get('c')?.answer();
  assert.ok((await third).ok);
  const late = await pool.verify(requestFor('d'), AbortSignal.abort());
  assert.equal(late.ok ? 'accepted' : late.code, 'update.cancelled');
  assert.equal(pool.started(), 2);
});

test('REQ-OTA-USB-03 a thread that crashes fails its own job alone, and takes no place from the others', async () => {
  const pool = openPool(1);
  const first = pool.verify(requestFor('a'), never);
  const second = pool.verify(requestFor('b'), never);
  const crashed = assert.rejects(first, /crashed/);
  await settle();
  pool.working.get('a')?.crash();
  await crashed;
  await settle();
  assert.deepEqual(pool.log, ['thread 1 verifies a', 'thread 1 ends', 'thread 2 verifies b']);
  pool.working.get('b')?.answer();
  assert.ok((await second).ok);
});

test('a job that is cancelled in the moment in which its turn comes does not hold the thread', async () => {
  const pool = openPool(1);
  const cancelled = new AbortController();
  const first = pool.verify(requestFor('a'), never);
  const second = pool.verify(requestFor('b'), cancelled.signal);
  await settle();
  pool.working.get('a')?.answer();
  await first.then(() => cancelled.abort());
  const verdict = await second;
  assert.equal(verdict.ok ? 'accepted' : verdict.code, 'update.cancelled');
  const third = pool.verify(requestFor('c'), never);
  await settle();
  pool.working.get('c')?.answer();
  assert.ok((await third).ok);
});

test('one core is left to the units, and more than four threads only wait for the disk', () => {
  assert.deepEqual([1, 2, 3, 5, 64].map(verifyingThreadCount), [1, 1, 2, 4, 4]);
});
