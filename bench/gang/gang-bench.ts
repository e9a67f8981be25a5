import { createHash, createPublicKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { makeDemoBundles } from '../../demo/bundles.ts';
import { demoImage, demoImageKeyPem, demoProduct, demoRootPem } from '../../demo/materials.ts';
import type { OperationInput, OperationName, OperationOutput } from '../../contract/operations.ts';
import { openStation, type Station } from '../../core/station.ts';
import { systemClock } from '../../core/system-clock.ts';
import { FULL_SPEED } from '../../simulator/bus-speed.ts';
import { openVirtualBench } from '../../simulator/virtual-bench.ts';
import { expectOk } from '../import/expect-ok.ts';
import { describeMachine } from '../import/machine.ts';
import { median } from '../median.ts';

const PLACES = 8;
const MIB = 1 << 20;
const password = 'a station that is thrown away';

interface Batch {
  readonly places: number;
  readonly seconds: number;
  /** Heap, buffers and all else that the process holds: highest above what it held right before, MiB. */
  readonly peakMib: number;
  /** Longest delay of the main thread, ms. */
  readonly delayMs: number;
}

/**
 * Eight virtual units at once against one, on a full-speed bus: time, memory and the main thread's longest delay. One and eight take turns,
 * each time on fresh units, so that a change of the machine's load meets both; round 0 warms up and is not counted.
 */
export async function gangBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { rounds: { type: 'string', default: '3' } } });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds must be a positive whole number');
  const folder = mkdtempSync(join(tmpdir(), 'drydock-gang-'));
  const batches: Batch[] = [];
  try {
    for (let round = 0; round <= rounds; round++) {
      for (const places of [1, PLACES]) {
        const batch = await measure(join(folder, `${round}-${places}`), places);
        if (round > 0) batches.push(batch);
      }
    }
    process.stdout.write(`${describeMachine(folder)}\n\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  printTable(batches);
}

async function measure(folder: string, places: number): Promise<Batch> {
  const factoryImage = demoImage(3, '2.3.1');
  const units = Array.from({ length: places }, (_, index) => ({
    ...{ position: `1-${index + 1}`, serial: `VU-000${index + 1}`, imagePublicKey: demoImageKeyPem, factoryImage },
  }));
  const bench = openVirtualBench({ clock: systemClock, busSpeed: FULL_SPEED, units });
  const cost = { memoryKib: 8, passes: 1, lanes: 1 };
  const station = expectOk(
    openStation({ dataFolder: folder, create: true, usb: bench.bus, training: true, passwordCost: cost }),
  );
  try {
    return await updateAll(station, await prepare(station, folder), places);
  } finally {
    await station.close();
    await bench.close();
  }
}

async function updateAll(station: Station, { token, bundleDigest }: Prepared, places: number): Promise<Batch> {
  globalThis.gc?.();
  const before = heldBytes();
  let peak = before;
  const sampler = setInterval(() => (peak = Math.max(peak, heldBytes())), 5);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const startMs = performance.now();
  const jobs = Array.from({ length: places }, async (_, index) => {
    const asked = {
      position: `1-${index + 1}`,
      bundleDigest,
      kind: 'install',
      workOrder: 'B',
      assetTag: null,
      udi: null,
    };
    const { id } = expectOk(await station.call('update.start', asked, token));
    const job = expectOk(await station.call('update.await', { id }, token));
    if (job.state !== 'confirmed') throw new Error(`${job.position}: ${job.state}, ${job.reason ?? ''}`);
  });
  await Promise.all(jobs);
  const seconds = (performance.now() - startMs) / 1000;
  delay.disable();
  clearInterval(sampler);
  return { places, seconds, peakMib: (peak - before) / MIB, delayMs: delay.max / 1e6 };
}

/** What JavaScript holds and what its buffers hold; the resident size also counts what the allocator keeps for later. */
function heldBytes(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

interface Prepared {
  readonly token: string;
  readonly bundleDigest: string;
}

/** A station with a pinned root, an approved bundle and a technician's session. */
async function prepare(station: Station, folder: string): Promise<Prepared> {
  const tokens = new Map<string, string>();
  const call = async <N extends OperationName>(who: string, name: N, input: OperationInput<N>) =>
    expectOk<OperationOutput<N>>(await station.call(name, input, tokens.get(who) ?? null));
  const enter = async (username: string, typed: string): Promise<void> => {
    tokens.set(username, (await call(username, 'session.login', { username, password: typed })).token);
  };
  const administrator = { username: 'ada', printedName: 'Ada Moreno', password };
  await call('', 'station.initialise', { name: 'Bench', administrator });
  await enter('ada', password);
  for (const [username, role] of [
    ['tom', 'technician'],
    ['ines', 'approver'],
  ] as const) {
    const initialPassword = 'handed over on a slip of paper';
    await call('ada', 'operator.create', { username, printedName: 'An Operator', roles: [role], initialPassword });
    await enter(username, initialPassword);
    const change = { currentPassword: initialPassword, newPassword: password };
    await call(username, 'operator.change-password', change);
    await enter(username, password);
  }
  const pin = { label: 'Bench', products: [demoProduct.id] };
  const root = { certificate: demoRootPem, typedFingerprint: sha256(new X509Certificate(demoRootPem).raw) };
  await call('ada', 'trust.pin-anchor', { ...pin, ...root });
  const spki = createPublicKey(demoImageKeyPem).export({ format: 'der', type: 'spki' });
  await call('ada', 'trust.pin-image-key', { ...pin, publicKey: demoImageKeyPem, typedFingerprint: sha256(spki) });
  const { good } = await makeDemoBundles(join(folder, 'bundles'), new Date());
  const { bundle } = await call('ada', 'bundle.import', { path: good });
  const scope = { serials: '*' as const, workOrder: null };
  const statement = { product: demoProduct.id, scope, meaning: 'Approved', reasonCode: null, downgrade: null };
  const request = { kind: 'install' as const, bundleDigest: bundle.digest, ...statement };
  await call('ines', 'approval.sign', { request, password });
  return { token: tokens.get('tom') ?? '', bundleDigest: bundle.digest };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function printTable(batches: readonly Batch[]): void {
  const of = (places: number) => batches.filter((batch) => batch.places === places);
  const row = (what: string, pick: (batch: Batch) => number, digits: number): string => {
    const [one, all] = [median(of(1).map(pick)), median(of(PLACES).map(pick))];
    return `| ${what} | ${one.toFixed(digits)} | ${all.toFixed(digits)} | ${(all / one).toFixed(2)} |`;
  };
  const lines = [
    `| Medians of ${of(1).length} rounds | 1 unit | ${PLACES} units | ratio |`,
    '| --- | --- | --- | --- |',
    row('Seconds from the first start to the last confirmation', ({ seconds }) => seconds, 2),
    row('Peak of heap and buffers above that before, MiB', ({ peakMib }) => peakMib, 1),
    row('Longest delay of the main thread, ms', ({ delayMs }) => delayMs, 0),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
