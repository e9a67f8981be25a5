import type { DeviceState, SelfTestView, SlotView } from '../../contract/schema/device.ts';

/** What the engine must know of the job to read a unit's answer after the reset. */
export interface Expectation {
  /** Logical slot that the job is about; which physical one runs is read, since it may change with every update. */
  readonly slot: string;
  readonly targetCounter: number;
  /** Hash TLV of the target image, hex; it tells images with equal counters apart. */
  readonly targetHash: string;
  /** What ran before; null where the unit had no valid image. */
  readonly counterBefore: number | null;
  readonly hashBefore: string | null;
  /** Self-tests that the product's policy requires by name. */
  readonly requiredTests: readonly string[];
  /** What the unit kept of a self-test before this job is no evidence of a test boot in it. */
  readonly staleSelfTest: boolean;
}

export type Verdict =
  /** The new image runs and its self-test is not over. */
  | { readonly kind: 'wait' }
  /** The new image runs and every test passed; `permanent` once `image_ok` is set. */
  | { readonly kind: 'passed'; readonly permanent: boolean; readonly selfTest: SelfTestView }
  /** The new image runs and must not stay; a reset reverts it unless it is already `permanent`. */
  | {
      readonly kind: 'failed';
      readonly permanent: boolean;
      readonly failing: readonly string[];
      readonly selfTest: SelfTestView;
    }
  /** The new image runs for good, and what its self-test found is no longer to be had. */
  | { readonly kind: 'kept' }
  /** The old image runs again after a test boot of the new one. */
  | { readonly kind: 'reverted'; readonly selfTest: SelfTestView }
  /** The old image runs and the unit tells of no test boot: the boot loader refused the image, or none was made. */
  | { readonly kind: 'not-booted' }
  /** The unit sits in its boot loader without a bootable image. */
  | { readonly kind: 'no-image' }
  | { readonly kind: 'unexpected'; readonly counter: number | null; readonly hash: string | null };

/**
 * Reads the unit's state after activation against what the job expects (REQ-OTA-TST-01). Pure: the version that really runs
 * decides, never the fact that the download was acknowledged.
 */
export function judge(state: DeviceState, expected: Expectation): Verdict {
  const running = state.slots.find(({ logical, role }) => logical === expected.slot && role === 'running');
  if (running === undefined || !holdsImage(running)) return { kind: 'no-image' };
  if (runs(running, expected.targetCounter, expected.targetHash)) return judgeSelfTest(state, expected);
  if (!runs(running, expected.counterBefore, expected.hashBefore)) {
    return { kind: 'unexpected', counter: running.counter, hash: running.hash };
  }
  const previous = state.previousSelfTest;
  if (previous !== null && previous.counter === expected.targetCounter && !expected.staleSelfTest) {
    return { kind: 'reverted', selfTest: { state: previous.state, results: previous.results } };
  }
  return { kind: 'not-booted' };
}

function holdsImage(slot: SlotView): boolean {
  return slot.state !== 'empty' && slot.state !== 'invalid';
}

function runs(slot: SlotView, counter: number | null, hash: string | null): boolean {
  return slot.counter === counter && slot.hash === hash;
}

function judgeSelfTest(state: DeviceState, expected: Expectation): Verdict {
  const { selfTest } = state;
  switch (selfTest.state) {
    case 'not-run':
      return state.boot.imageOk ? { kind: 'kept' } : { kind: 'wait' };
    case 'running':
      return { kind: 'wait' };
    case 'not-reported': {
      if (!state.boot.imageOk) return { kind: 'wait' };
      // That the unit made the image permanent itself stands for its self-test, and for no test that the policy names.
      const failing = failingTests(selfTest, expected.requiredTests);
      return failing.length > 0
        ? { kind: 'failed', permanent: true, failing, selfTest }
        : { kind: 'passed', permanent: true, selfTest };
    }
    case 'failed':
    case 'passed': {
      const failing = failingTests(selfTest, expected.requiredTests);
      // A unit that says "failed" without naming a test is believed; one that says "passed" is held to its own list.
      if (selfTest.state === 'failed' || failing.length > 0) {
        return { kind: 'failed', permanent: state.boot.imageOk, failing, selfTest };
      }
      return { kind: 'passed', permanent: state.boot.imageOk, selfTest };
    }
  }
}

/** Tests that failed, and required ones that the unit did not report (REQ-OTA-POL-01). */
function failingTests(selfTest: SelfTestView, required: readonly string[]): readonly string[] {
  const failed = selfTest.results.filter((result) => !result.passed).map((result) => result.name);
  const reported = new Set(selfTest.results.map((result) => result.name));
  const missing = required.filter((name) => !reported.has(name));
  return [...failed, ...missing];
}
