import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { chargeAttempt, isLockedOut, noAttempts } from '../../../core/operator/attempt-limit.ts';
import type { Attempts } from '../../../core/operator/attempt-limit.ts';
import { refusal, value } from './operator-bench.ts';

const startMs = Date.parse('2026-11-22T09:00:00.000Z');
const at = (offsetMs: number) => new Date(startMs + offsetMs);

/** Fails `count` times, each as early as allowed; answers with the state and the time of the last failure. */
function failTimes(count: number): { attempts: Attempts; nowMs: number } {
  let attempts = noAttempts;
  let nowMs = 0;
  for (let done = 0; done < count; done += 1) {
    if (attempts.blockedUntil !== null) nowMs = Date.parse(attempts.blockedUntil) - startMs;
    attempts = value(chargeAttempt(attempts, at(nowMs)));
  }
  return { attempts, nowMs };
}

test('REQ-OTA-OPR-01 each failure in a row doubles the wait, beginning with a second', () => {
  for (let count = 1; count < 10; count += 1) {
    const { attempts, nowMs } = failTimes(count);
    const delayMs = 1000 * 2 ** (count - 1);
    refusal(chargeAttempt(attempts, at(nowMs + delayMs - 1)), 'operator.throttled', /try again in 1 s\.$/);
    assert.ok(chargeAttempt(attempts, at(nowMs + delayMs)).ok, `after ${count}`);
    assert.ok(!isLockedOut(attempts, at(nowMs)));
  }
});

test('REQ-OTA-OPR-01 the tenth failure locks for 15 minutes, and so does each one after it', () => {
  for (const count of [10, 11, 57]) {
    const { attempts, nowMs } = failTimes(count);
    const reason = new RegExp(`^Locked after ${count} failed attempts in a row; try again in 15 min`);
    refusal(chargeAttempt(attempts, at(nowMs)), 'operator.locked', reason);
    refusal(chargeAttempt(attempts, at(nowMs + 15 * 60_000 - 1)), 'operator.locked');
    assert.ok(isLockedOut(attempts, at(nowMs + 15 * 60_000 - 1)));
    assert.ok(chargeAttempt(attempts, at(nowMs + 15 * 60_000)).ok);
  }
});

test('REQ-OTA-OPR-01 after 100 failures in a row only an administrator opens the account (NIST SP 800-63B-4)', () => {
  const { attempts } = failTimes(100);
  refusal(chargeAttempt(attempts, new Date('2999-01-01T00:00:00Z')), 'operator.locked', /only an administrator/);
});

test('REQ-OTA-OPR-01 whatever the rhythm, a day of guessing is fewer than 110 tries', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 3_600_000 }), { minLength: 200, maxLength: 300 }), (pausesMs) => {
      let attempts = noAttempts;
      let nowMs = 0;
      let tries = 0;
      for (const pauseMs of pausesMs) {
        nowMs += pauseMs;
        if (nowMs > 86_400_000) break;
        const charged = chargeAttempt(attempts, at(nowMs));
        if (!charged.ok) continue;
        tries += 1;
        attempts = charged.value;
      }
      assert.ok(tries < 110 && tries === attempts.failed);
    }),
    { seed: 3, numRuns: 100 },
  );
});
