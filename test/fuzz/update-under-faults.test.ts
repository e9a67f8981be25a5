import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import fc from 'fast-check';
import type { UpdateJobView } from '../../contract/schema/update-job.ts';
import { isClosed } from '../../core/update/transitions.ts';
import type { Fault, TransferName } from '../../simulator/faults.ts';
import { signedImage, VirtualDepot } from '../helpers/virtual-depot.ts';

/** What a person, the bench or fate may do once a job has come to rest. */
type Deed = 'resume' | 'revert' | 'cancel' | 'power-cycle' | 'restart-station';

const transfers: readonly TransferName[] = [
  'DETACH',
  'DNLOAD',
  'UPLOAD',
  'GETSTATUS',
  'ABORT',
  'INFO',
  'ACTIVATE',
  'RESET',
];
const nth = fc.integer({ min: 1, max: 6 });
const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({ kind: fc.constant('stall'), transfer: fc.constantFrom(...transfers), nth }),
  fc.record({ kind: fc.constant('timeout'), transfer: fc.constantFrom(...transfers), nth, applied: fc.boolean() }),
  fc.record({
    kind: fc.constant('unplug'),
    transfer: fc.constantFrom(...transfers),
    nth,
    replugAfterMs: fc.constant(400),
  }),
  fc.record({ kind: fc.constant('corrupt-write'), transfer: fc.constant('DNLOAD'), nth }),
  fc.record({ kind: fc.constant('corrupt-read'), transfer: fc.constant('UPLOAD'), nth }),
  fc.record({
    kind: fc.constant('power-cut'),
    flashOperation: fc.integer({ min: 1, max: 60 }),
    restoreAfterMs: fc.constant(300),
  }),
  fc.record({ kind: fc.constant('no-return') }),
);
const deeds = fc.array(fc.constantFrom<Deed>('resume', 'revert', 'cancel', 'power-cycle', 'restart-station'), {
  maxLength: 4,
});
const story = fc.record({
  faults: fc.array(fault, { minLength: 1, maxLength: 3 }),
  deeds,
  selfTestPasses: fc.boolean(),
  confirmedBy: fc.constantFrom('device' as const, 'station' as const),
});

type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;

/** The counter that the unit runs after its next power-up: the truth that a closed job must not contradict. */
async function readTruth(depot: VirtualDepot): Promise<number | null> {
  const unit = depot.bench.unit('VU-0001');
  unit.disarm();
  await depot.bench.bus.settle();
  depot.bench.bus.powerCycle('1-1');
  await depot.bench.bus.settle();
  const state = await depot.call('technician', 'device.read', { position: '1-1' });
  return state.slots.find((slot) => slot.role === 'running')?.counter ?? null;
}

async function settled(depot: VirtualDepot, id: string): Promise<UpdateJobView> {
  return depot.call('technician', 'update.await', { id });
}

async function perform(depot: VirtualDepot, deed: Deed, id: string): Promise<UpdateJobView> {
  await depot.bench.bus.settle();
  if (deed === 'power-cycle') depot.bench.bus.powerCycle('1-1');
  else if (deed === 'restart-station') await depot.restart();
  else await depot.ask('technician', `update.${deed}`, { id });
  return settled(depot, id);
}

async function tell(t: TestContext, { faults, deeds: planned, selfTestPasses, confirmedBy }: Story): Promise<void> {
  const depot = await VirtualDepot.set(t, [{ confirmedBy }]);
  const selfTests = [{ name: 'pump', passes: selfTestPasses, detail: '' }];
  const images = [{ bytes: signedImage(2, { bodyBytes: 5000, description: { selfTests } }) }];
  const digest = await depot.approved({ images });
  for (const one of faults) depot.bench.unit('VU-0001').arm(one);
  let job = await depot.update(digest);
  for (const deed of planned) job = await perform(depot, deed, job.id);

  const wasClosed = isClosed(job.state);
  const truth = await readTruth(depot);
  assert.ok(truth === 1 || truth === 2, `the unit boots ${String(truth)}`);
  for (let tries = 0; !isClosed(job.state) && tries < 3; tries += 1) job = await perform(depot, 'resume', job.id);
  assert.ok(isClosed(job.state), `the job stays ${job.state}: ${String(job.reason)}`);

  const runs = wasClosed ? truth : await readTruth(depot);
  if (job.versionAfter !== null) assert.equal(runs, job.versionAfter, `${job.state} says ${job.versionAfter}`);
  const keeps = job.state === 'confirmed' || job.code === 'update.kept-unproven';
  assert.equal(runs, keeps ? 2 : 1, `${job.state} (${String(job.code)}), and the unit runs ${String(runs)}`);
  if (job.state === 'confirmed') assert.ok(selfTestPasses && job.selfTest?.state === 'passed');
  assert.equal((await depot.call('auditor', 'audit.verify', {})).intact, true);
  await depot.close();
}

test('REQ-OTA-APP-04 REQ-OTA-TST-02 whatever happens to unit, bus, station and job: a closed job says what the unit runs from then on', async (t) => {
  await fc.assert(
    fc.asyncProperty(story, (told) => tell(t, told)),
    {
      seed: Number(process.env['DRYDOCK_FUZZ_SEED'] ?? 20261122),
      numRuns: Number(process.env['DRYDOCK_FUZZ_RUNS'] ?? 40),
      endOnFailure: true,
    },
  );
});
