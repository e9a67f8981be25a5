import type { ErrorCode } from '../../../contract/error-code.ts';
import { accept, refuse, type Result } from '../../../contract/result.ts';
import type { DeviceState, SelfTestView, SlotView } from '../../../contract/schema/device.ts';
import type { JobState } from '../../../contract/schema/update-job.ts';
import type { TargetProfile, UnitMode, UpdateTarget } from '../../../core/device/update-target.ts';
import { JobLog } from '../../../core/update/job-log.ts';
import type { UpdateJob } from '../../../core/update/job.ts';
import type { Plan, StepContext } from '../../../core/update/steps/step.ts';
import { TestClock } from '../../helpers/test-clock.ts';
import defaultPolicy from '../../../resources/default-policy.json' with { type: 'json' };
import * as v from 'valibot';
import { PolicyDocument } from '../../../contract/schema/policy.ts';

export const oldHash = 'a'.repeat(64);
export const newHash = 'b'.repeat(64);
export const passed: SelfTestView = { state: 'passed', results: [{ name: 'pump', passed: true, detail: '' }] };
export const failed: SelfTestView = { state: 'failed', results: [{ name: 'pump', passed: false, detail: 'stalled' }] };
const notRun: SelfTestView = { state: 'not-run', results: [] };

const slot0 = { id: 'slot0', logical: 'application', alternate: 0, name: 'image-0' } as const;
const slot1 = { id: 'slot1', logical: 'application', alternate: 1, name: 'image-1' } as const;

/** A unit that runs the new image on trial, but for what is said otherwise. */
export function onTrial(over: Partial<DeviceState> = {}, running: Partial<SlotView> = {}): DeviceState {
  const image = { version: '2.0.0+0', counter: 2, hash: newHash };
  const old = { version: '1.0.0+0', counter: 1, hash: oldHash };
  return {
    product: 'p',
    hardware: 'h',
    serial: 'S1',
    mode: 'application',
    slots: [
      { ...slot0, role: 'running', sizeBytes: 4096, state: 'testing', ...image, ...running },
      { ...slot1, role: 'staging', sizeBytes: 4096, state: 'image', ...old },
    ],
    boot: { swap: 'none', imageOk: false, copyDone: true },
    selfTest: passed,
    previousSelfTest: null,
    ...over,
  };
}

export const permanent = (over: Partial<DeviceState> = {}): DeviceState =>
  onTrial({ boot: { swap: 'none', imageOk: true, copyDone: true }, ...over }, { state: 'confirmed' });

/** A unit that runs its old image; the new one stands in the staging slot in the given state. */
export function onOld(staging: SlotView['state'] = 'image', over: Partial<DeviceState> = {}): DeviceState {
  const state = permanent({ selfTest: notRun, ...over });
  const [running, other] = state.slots;
  if (running === undefined || other === undefined) throw new Error('two slots');
  const swapped = [
    { ...running, version: other.version, counter: other.counter, hash: other.hash },
    { ...other, state: staging, version: running.version, counter: running.counter, hash: running.hash },
  ];
  return { ...state, slots: swapped };
}

export interface Script {
  /** Answers of readState, one after the other; the last one stays. */
  readonly states: readonly (DeviceState | ErrorCode)[];
  readonly markPending?: ErrorCode;
  readonly reboot?: ErrorCode;
  readonly confirm?: ErrorCode;
  readonly usbMode?: UnitMode;
  readonly confirmedBy?: TargetProfile['confirmedBy'];
}

export interface Stage {
  readonly context: StepContext;
  readonly plan: Plan;
  readonly calls: string[];
  /** A job in the given state, as its earlier moves left it. */
  job(state: JobState): UpdateJob;
}

/** A step's surroundings: a target that answers from a script, and a job log that keeps rows in memory. */
export function setStage(script: Script): Stage {
  const calls: string[] = [];
  const states = [...script.states];
  const answer = (name: string, code: ErrorCode | undefined): Promise<Result<void>> => {
    calls.push(name);
    return Promise.resolve(code === undefined ? accept(undefined) : refuse(code, `scripted ${code}`));
  };
  const target: UpdateTarget = {
    identity: { position: '1-1', serial: 'S1', profile: 'p' },
    identify: () => Promise.resolve(accept(script.usbMode ?? 'runtime')),
    readState() {
      const next = states.length > 1 ? states.shift() : states[0];
      if (next === undefined) throw new Error('no state is scripted');
      return Promise.resolve(typeof next === 'string' ? refuse(next, `scripted ${next}`) : accept(next));
    },
    enterUpdateMode: () => answer('enterUpdateMode', undefined),
    stage: () => answer('stage', undefined),
    readBack: () => answer('readBack', undefined),
    readRunning: () => answer('readRunning', undefined),
    markPending: () => answer('markPending', script.markPending),
    reboot: () => answer('reboot', script.reboot),
    confirm: () => answer('confirm', script.confirm),
    close: () => Promise.resolve(),
  };
  const profile: TargetProfile = {
    id: 'p',
    product: 'p',
    confirmedBy: script.confirmedBy ?? 'device',
    pendingBy: 'request',
    canReadBack: true,
    readsInUpdateMode: false,
    selfTestDeadlineMs: 5000,
    rebootDeadlineMs: 5000,
    missingProtections: [],
    readingRestarts: false,
    isRecoveryOnly: false,
    rawImageOffset: null,
  };
  const clock = new TestClock();
  const log = new JobLog({
    clock,
    transact: (work) => work(),
    jobs: {
      insertJob: () => undefined,
      updateJob: () => undefined,
      job: () => null,
      openJobAt: () => null,
      jobs: () => [],
      jobsBegun: () => [],
      unitHistory: () => null,
      highestConfirmedForProduct: () => null,
      recordConfirmed: ({ highestConfirmed }) => calls.push(`recordConfirmed ${highestConfirmed}`),
    },
    audit: {
      append: (draft) => {
        const to = draft.data['to'];
        calls.push(`event ${typeof to === 'string' ? to : '?'}`);
        return { time: clock.now().toISOString() };
      },
    },
    moved: () => undefined,
  });
  const { signal } = new AbortController();
  const context: StepContext = {
    clock,
    log,
    target,
    profile,
    pin: { id: profile.id, source: 'shipped', bundle: null, sha256: 'e'.repeat(64) },
    progress: () => undefined,
    ask: () => () => undefined,
    signal,
  };
  const image = {
    file: 'images/a.bin',
    version: 2,
    slot: 'application',
    len: 10,
    hash: 'c'.repeat(64),
    format: 'mcuboot',
    sig: null,
    compat: ['h'],
  } as const;
  const plan: Plan = {
    policy: v.parse(PolicyDocument, defaultPolicy),
    source: { image: { ...image, compat: [...image.compat] }, bootHash: newHash, open: () => asChunks() },
    stateBefore: null,
    expectation: {
      slot: 'application',
      targetCounter: 2,
      targetHash: newHash,
      counterBefore: 1,
      hashBefore: oldHash,
      requiredTests: [],
      staleSelfTest: false,
    },
  };
  return { context, plan, calls, job: (state) => ({ ...openedJob(), state }) };
}

function openedJob(): UpdateJob {
  return {
    id: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
    state: 'created',
    bundleDigest: 'd'.repeat(64),
    imageHash: 'c'.repeat(64),
    bootHash: newHash,
    bootHashBefore: oldHash,
    position: '1-1',
    training: false,
    product: 'p',
    serial: 'S1',
    hardware: 'h',
    workOrder: 'WO-1',
    assetTag: null,
    udi: null,
    statedSerial: null,
    kind: 'install',
    versionBefore: 1,
    versionTarget: 2,
    versionAfter: null,
    checks: [],
    selfTest: null,
    approvals: [],
    missingProtections: null,
    attention: null,
    policyDigest: null,
    puttingBack: false,
    seenOnTrial: false,
    staleSelfTest: false,
    actors: [],
    executedBy: { id: '7c9e6679-7425-40de-944b-e07fc1f90ae8', username: 'tom', printedName: 'Tom Okafor' },
    createdAt: '2026-11-22T09:00:00.000Z',
    endedAt: null,
    code: null,
    reason: null,
  };
}

async function* asChunks(): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(new Uint8Array(10));
}
