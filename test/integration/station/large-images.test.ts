import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Worker } from 'node:worker_threads';
import { signedImage, VirtualDepot } from '../../helpers/virtual-depot.ts';

const LARGE_BYTES = 5 << 20;
const places = Array.from({ length: 8 }, (_, index) => `1-${index + 1}`);

/** Units that say of their slots that they are large; none of these jobs comes to write to them. */
async function setDepot(t: TestContext): Promise<VirtualDepot> {
  const depot = await VirtualDepot.set(
    t,
    places.map(() => ({})),
  );
  places.forEach((_, index) => {
    depot.bench.unit(`VU-000${index + 1}`).faults.lies.tell({ kind: 'false-slots', sizeBytes: 2 * LARGE_BYTES });
  });
  return depot;
}

test('REQ-OTA-USB-03 eight jobs with large images at once have all of them verified, and each goes on to its next check', async (t) => {
  const depot = await setDepot(t);
  // Nobody has approved it, so that the job ends right after the image was verified.
  const path = depot.bundle({ images: [{ bytes: signedImage(2, { bodyBytes: LARGE_BYTES }) }] });
  const { bundle } = await depot.call('administrator', 'bundle.import', { path });
  const jobs = await Promise.all(places.map((position) => depot.update(bundle.digest, position)));
  for (const job of jobs) {
    assert.equal(job.state, 'refused', `${String(job.code)}: ${String(job.reason)}`);
    assert.equal(job.checks.find(({ name }) => name === 'stored-image')?.passed, true);
    assert.equal(job.checks.at(-1)?.name, 'approvals');
  }
});

for (const end of ['cancelled', 'station closed'] as const) {
  test(`REQ-OTA-APP-04 ${end} while a large image is verified: the job is ${end === 'cancelled' ? 'cancelled' : 'left open, to be resumed'}, and not refused`, async (t) => {
    const depot = await setDepot(t);
    const digest = await depot.approved({ images: [{ bytes: signedImage(2, { bodyBytes: LARGE_BYTES }) }] });
    const { promise: threadStarted, resolve } = Promise.withResolvers<unknown>();
    process.once('worker', resolve);
    const { id } = await depot.call('technician', 'update.start', {
      position: '1-1',
      bundleDigest: digest,
      kind: 'install',
      workOrder: 'WO-2026-0815',
      assetTag: null,
      udi: null,
    });
    const first = await Promise.race([threadStarted, depot.call('technician', 'update.await', { id })]);
    assert.ok(first instanceof Worker, 'the job never came to its image');
    if (end === 'cancelled') {
      const job = await depot.call('technician', 'update.cancel', { id });
      assert.deepEqual([job.state, job.code], ['cancelled', 'update.cancelled']);
      return;
    }
    await depot.restart();
    const job = await depot.call('technician', 'update.show', { id });
    assert.deepEqual([job.state, job.code], ['created', null]);
  });
}
