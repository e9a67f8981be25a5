import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkSecurityCounter } from '../../../core/policy/anti-rollback.ts';
import type { CounterQuestion } from '../../../core/policy/anti-rollback.ts';
import { DowngradePermit } from '../../../core/policy/downgrade-permit.ts';
import { evaluateApprovals } from '../../../core/policy/evaluate-approvals.ts';
import { refusal, value } from '../operator/operator-bench.ts';
import { ana, approve, bo, downgradeRequest, later, now, questionOf } from './policy-bench.ts';

/** A unit that runs version 7, of a fleet whose newest is 9. */
const unit: CounterQuestion = {
  product: 'org.example.pump',
  serial: 'SN-7',
  imageVersion: 8,
  deviceVersion: 7,
  deviceHasValidImage: true,
  deviceImageIsConfirmed: true,
  highestConfirmedForSerial: 7,
  highestConfirmedForProduct: 9,
  recoveryApproved: false,
  permit: null,
  now,
};
const check = (change: Partial<CounterQuestion>) => checkSecurityCounter({ ...unit, ...change });
const accepted = (change: Partial<CounterQuestion>) => value(check(change));

const approvals = [await approve(ana, downgradeRequest), await approve(bo, downgradeRequest)];
const question = questionOf({ kind: 'downgrade', imageVersion: 5 });
const permit = value(DowngradePermit.fromApprovals(question, value(evaluateApprovals(approvals, question))));

test('REQ-OTA-VER-01 only a higher version than the unit’s own passes', () => {
  assert.equal(accepted({}), 'upgrade');
  refusal(check({ imageVersion: 7 }), 'policy.same-version', /^The bundle's version 7 is on the unit\.$/);
  refusal(
    check({ imageVersion: 6 }),
    'policy.downgrade',
    /^The bundle's version 6 is older than version 7, which is on the unit\.$/,
  );
  assert.equal(accepted({ imageVersion: 0xffff_ffff }), 'upgrade');
});

test('REQ-OTA-VER-02 a unit that claims less than it was confirmed with is not believed', () => {
  const reason = /^The bundle's version 6 is older than version 7, which was confirmed on the unit SN-7 before\.$/;
  refusal(check({ deviceVersion: 3, imageVersion: 6 }), 'policy.downgrade-history', reason);
  assert.equal(accepted({ deviceVersion: 3, imageVersion: 8 }), 'upgrade');
});

test('REQ-OTA-VER-01 REQ-OTA-VER-02 a unit that runs an older confirmed image is brought up to the highest of its serial, and no lower', () => {
  const twin = { deviceVersion: 3, highestConfirmedForSerial: 7 } as const;
  assert.equal(accepted({ ...twin, imageVersion: 7 }), 'upgrade-again');
  refusal(check({ ...twin, imageVersion: 6 }), 'policy.downgrade-history');
  refusal(check({ ...twin, imageVersion: 4 }), 'policy.downgrade-history');
  refusal(check({ ...twin, imageVersion: 3 }), 'policy.downgrade-history');
  // What it runs already is no step, whatever the history says.
  refusal(check({ ...twin, deviceVersion: 7, imageVersion: 7 }), 'policy.same-version', /is on the unit\.$/);
  refusal(check({ deviceVersion: 8, highestConfirmedForSerial: 7, imageVersion: 7 }), 'policy.downgrade');
});

test('REQ-OTA-VER-02 up to the highest of its serial: not where nothing readable and confirmed runs', () => {
  const twin = { deviceVersion: 3, highestConfirmedForSerial: 9, imageVersion: 9 } as const;
  assert.equal(accepted(twin), 'upgrade-again');
  const wiped = { ...twin, deviceVersion: null, deviceHasValidImage: false, deviceImageIsConfirmed: false } as const;
  refusal(check(wiped), 'policy.same-version', /a recovery must be approved/);
  refusal(check({ ...twin, deviceVersion: null }), 'policy.same-version', /a recovery must be approved/);
  refusal(check({ ...twin, deviceVersion: 0 }), 'policy.same-version', /a recovery must be approved/);
  refusal(check({ ...twin, deviceHasValidImage: false }), 'policy.same-version', /a recovery must be approved/);
  refusal(check({ ...twin, deviceImageIsConfirmed: false }), 'policy.same-version');
  // A recovery approval opens the step for what cannot be read, as ever.
  assert.equal(accepted({ ...wiped, recoveryApproved: true }), 'recovery');
  assert.equal(accepted({ ...twin, deviceVersion: 0, recoveryApproved: true }), 'recovery');
});

test('REQ-OTA-VER-02 a unit that claims the counter 0 is measured by the product’s history, as one that claims none', () => {
  const nothing = { deviceVersion: 0, highestConfirmedForSerial: null, highestConfirmedForProduct: 9 } as const;
  refusal(check({ ...nothing, imageVersion: 8 }), 'policy.downgrade-history', /on another org\.example\.pump/);
  assert.equal(accepted({ ...nothing, imageVersion: 10 }), 'upgrade');
});

test('REQ-OTA-VER-02 a wiped unit is measured by its own history and by the product’s', () => {
  const wiped = { deviceVersion: null, deviceHasValidImage: false } as const;
  refusal(
    check({ ...wiped, imageVersion: 8 }),
    'policy.downgrade-history',
    /older than version 9, which was confirmed on another org\.example\.pump/,
  );
  refusal(
    check({ ...wiped, imageVersion: 9 }),
    'policy.same-version',
    /to install it again, a recovery must be approved/,
  );
  assert.equal(accepted({ ...wiped, imageVersion: 10 }), 'upgrade');
  const own = { ...wiped, highestConfirmedForProduct: null };
  refusal(check({ ...own, imageVersion: 6 }), 'policy.downgrade-history', /on the unit SN-7 before/);
});

test('REQ-OTA-VER-02 a version beside an image that does not verify is a mere claim', () => {
  const corrupt = { deviceVersion: 3, deviceHasValidImage: false, highestConfirmedForSerial: null } as const;
  refusal(check({ ...corrupt, imageVersion: 8 }), 'policy.downgrade-history', /older than version 9/);
});

test('REQ-OTA-VER-03 the same version again: only for a unit that runs nothing readable, and only with a recovery approval', () => {
  const wiped = { deviceVersion: null, deviceHasValidImage: false, imageVersion: 9 } as const;
  assert.equal(accepted({ ...wiped, recoveryApproved: true }), 'recovery');
  refusal(check({ ...wiped, imageVersion: 8, recoveryApproved: true }), 'policy.downgrade-history');
  refusal(check({ imageVersion: 7, recoveryApproved: true }), 'policy.same-version');
  assert.equal(
    accepted({ imageVersion: 7, deviceHasValidImage: false, highestConfirmedForProduct: 7, recoveryApproved: true }),
    'recovery',
  );
});

test('REQ-OTA-APP-05 a unit of which nothing is known needs a recovery approval', () => {
  const blank = {
    deviceVersion: null,
    deviceHasValidImage: false,
    highestConfirmedForSerial: null,
    highestConfirmedForProduct: null,
  } as const;
  refusal(check(blank), 'policy.version-unknown', /cannot be read and this station has no history of it/);
  assert.equal(accepted({ ...blank, recoveryApproved: true }), 'recovery');
  refusal(check({ ...blank, permit }), 'policy.version-unknown');
});

test('REQ-OTA-VER-03 a permit opens exactly one step, for one unit, for a time', () => {
  const back = { imageVersion: 5, permit } as const;
  assert.equal(accepted(back), 'downgrade');
  assert.equal(accepted({ ...back, deviceVersion: 9, highestConfirmedForSerial: 9 }), 'downgrade');
  refusal(
    check({ ...back, serial: 'SN-8' }),
    'policy.permit-mismatch',
    /for unit SN-7 of org\.example\.pump, not for SN-8/,
  );
  refusal(check({ ...back, serial: null }), 'policy.permit-mismatch', /a unit without serial number/);
  refusal(check({ ...back, product: 'org.example.other' }), 'policy.permit-mismatch');
  refusal(check({ ...back, imageVersion: 4 }), 'policy.permit-mismatch', /leads to version 5, and the bundle's is 4/);
  refusal(check({ ...back, imageVersion: 6 }), 'policy.permit-mismatch');
  refusal(
    check({ ...back, deviceVersion: 10 }),
    'policy.permit-mismatch',
    /starts from version 9 at most, and version 10 is on the unit/,
  );
  refusal(check({ ...back, highestConfirmedForSerial: 10 }), 'policy.permit-mismatch', /version 10 was confirmed/);
  assert.equal(accepted({ ...back, now: new Date(later(72).getTime() - 1) }), 'downgrade');
  refusal(check({ ...back, now: later(72) }), 'policy.permit-mismatch', /expired on 2026-11-25 at 09:00 UTC/);
});

test('REQ-OTA-VER-03 a permit is no hindrance to an upgrade', () => {
  assert.equal(accepted({ imageVersion: 8, permit }), 'upgrade');
});

test('REQ-OTA-VER-01 REQ-OTA-VER-02 REQ-OTA-VER-03 whatever unit and history: never at or below what is known, but by recovery or permit', () => {
  const version = fc.integer({ min: 1, max: 12 });
  const known = fc.option(version);
  const anything = fc.record({
    imageVersion: version,
    deviceVersion: fc.option(fc.integer({ min: 0, max: 12 })),
    deviceHasValidImage: fc.boolean(),
    deviceImageIsConfirmed: fc.boolean(),
    highestConfirmedForSerial: known,
    highestConfirmedForProduct: known,
    recoveryApproved: fc.boolean(),
    permit: fc.constantFrom(null, permit),
    serial: fc.constantFrom('SN-7', 'SN-8', null),
    product: fc.constantFrom('org.example.pump', 'org.example.other'),
  });
  fc.assert(
    fc.property(anything, (change) => {
      const result = check(change);
      if (!result.ok) return;
      const own = [change.deviceVersion, change.highestConfirmedForSerial].filter((counter) => counter !== null);
      const isReadable = change.deviceHasValidImage && change.deviceVersion !== null && change.deviceVersion > 0;
      const all =
        isReadable || change.highestConfirmedForProduct === null ? own : [...own, change.highestConfirmedForProduct];
      const highest = Math.max(0, ...all);
      if (result.value === 'upgrade') assert.ok(all.length > 0 && change.imageVersion > highest);
      else if (result.value === 'upgrade-again')
        assert.ok(
          isReadable &&
            change.deviceImageIsConfirmed &&
            change.imageVersion === change.highestConfirmedForSerial &&
            (change.deviceVersion ?? 0) < change.imageVersion,
        );
      else if (result.value === 'recovery')
        assert.ok(change.recoveryApproved && !isReadable && (all.length === 0 || change.imageVersion === highest));
      else
        assert.ok(
          change.permit !== null &&
            change.serial === 'SN-7' &&
            change.product === 'org.example.pump' &&
            change.imageVersion === 5 &&
            highest <= 9,
        );
    }),
    { seed: 17, numRuns: 5000 },
  );
});

test('REQ-OTA-VER-01 knowing more never lets through what was refused', () => {
  const version = fc.integer({ min: 1, max: 12 });
  fc.assert(
    fc.property(version, version, version, fc.option(version), (imageVersion, deviceVersion, history, product) => {
      const less = {
        imageVersion,
        deviceVersion,
        highestConfirmedForSerial: null,
        highestConfirmedForProduct: product,
      };
      if (!check(less).ok) assert.ok(!check({ ...less, highestConfirmedForSerial: history }).ok);
      if (!check(less).ok) assert.ok(!check({ ...less, deviceVersion: deviceVersion + 1 }).ok);
    }),
    { seed: 19, numRuns: 1000 },
  );
});
