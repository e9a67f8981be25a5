import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import type { ErrorCode } from '../../contract/error-code.ts';
import type { UpdateJobView } from '../../contract/schema/update-job.ts';
import { JobFollower } from '../terminal/job-follower.ts';
import { groupedDigest, shortDigest } from '../terminal/style.ts';
import { DemoFailed, DemoStation } from './demo-station.ts';
import { makeDemoBundles, type DemoBundles } from '../../demo/bundles.ts';
import { Narrator } from './narrator.ts';
import { verifyReportFiles } from './verify-reports.ts';

export interface DemoOptions {
  /** Where the reports go. */
  readonly reportFolder: string;
}

/** The main job, end to end, on two virtual units. Throws `DemoFailed` where a step does not end as it says. */
export async function runDemo({ reportFolder }: DemoOptions): Promise<void> {
  const narrator = new Narrator();
  const folder = mkdtempSync(join(tmpdir(), 'drydock-demo-'));
  const startedMs = performance.now();
  try {
    narrator.title('Drydock: one firmware update, from the signed bundle to the signed report');
    narrator.note(
      'Two virtual units speak real DFU. Keys, passwords and papers of this demo prove nothing about real equipment.',
    );
    const bundles = await makeDemoBundles(join(folder, 'bundles'), new Date());
    const station = new DemoStation(folder);
    try {
      await performDemo(narrator, station, bundles, reportFolder);
    } finally {
      await station.close();
    }
    narrator.line();
    narrator.done(`Everything above really happened, in ${((performance.now() - startedMs) / 1000).toFixed(1)} s.`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function performDemo(
  narrator: Narrator,
  station: DemoStation,
  bundles: DemoBundles,
  reportFolder: string,
): Promise<void> {
  narrator.step('Set up a station in a temporary folder');
  const { name, keySha256 } = await station.setUp();
  narrator.done(`Station "${name}"; Ada Moreno is its first administrator. There is no default password.`);
  narrator.note(`station key ${groupedDigest(keySha256)}`);

  narrator.step('Make operators; each replaces the initial password and then has a signing key of their own');
  await station.hire('tom', 'Tom Okafor', 'technician');
  await station.hire('ines', 'Inês Carvalho', 'approver');
  await station.hire('otto', 'Otto Lindqvist', 'auditor');
  narrator.done('Tom Okafor, technician · Inês Carvalho, approver · Otto Lindqvist, auditor');

  narrator.step('Pin the vendor’s root certificate and the boot loader’s image key');
  const pins = await station.pinRoot();
  narrator.done(`root      ${shortDigest(pins.root)}`);
  narrator.done(`image key ${shortDigest(pins.imageKey)}`);

  narrator.step('Import a bundle: signature and chain first, then the manifest, then every image');
  const good = (await station.importBundle(bundles.good)).bundle;
  const [signer] = good.signers;
  narrator.done(
    `${good.manifest.product.name}, release ${good.manifest.release.name}, change ${good.manifest.release.changeControl}`,
  );
  narrator.note(`signed by ${signer?.subject ?? ''}`);
  narrator.note(`digest ${groupedDigest(good.digest)}`);

  narrator.step('Two bundles that must not get in');
  narrator.refusedAsItShould(
    'One bit of the firmware changed',
    await station.expectRefusal('ada', 'bundle.import', { path: bundles.tampered }, 'bundle.image-hash'),
  );
  narrator.refusedAsItShould(
    'Signed by somebody else',
    await station.expectRefusal('ada', 'bundle.import', { path: bundles.wrongSigner }, 'trust.no-path'),
  );

  narrator.step('Approve it: password again, and a signature with Inês’s own key');
  const approval = await station.approve(good.digest);
  narrator.done(
    `"${approval.meaning}", ${approval.operator.printedName}, ${approval.signedAt}, valid until ${approval.expiresAt}`,
  );

  narrator.step('Update unit PUMP-0417 at position 1-1');
  const confirmed = await follow(station, () => station.update('1-1', good.digest));
  expectEnd(confirmed, 'confirmed', null);
  narrator.done(
    `${confirmed.serial ?? ''} went from version ${String(confirmed.versionBefore)} to ${String(confirmed.versionAfter)}; confirmed`,
  );

  narrator.step('Update unit PUMP-0622 at position 1-2 to a release whose self-test fails');
  const sick = (await station.importBundle(bundles.failingSelfTest)).bundle;
  await station.approve(sick.digest);
  const reverted = await follow(station, () => station.update('1-2', sick.digest));
  expectEnd(reverted, 'reverted', 'update.self-test-failed');
  narrator.done(
    `${reverted.serial ?? ''} runs version ${String(reverted.versionAfter)} again, its known good firmware`,
  );

  narrator.step('Two updates that must not happen');
  narrator.refusedAsItShould(
    'An older release',
    await expectRefusedJob(station, bundles.downgrade, '1-1', 'policy.downgrade'),
  );
  narrator.refusedAsItShould(
    'A release for other hardware',
    await expectRefusedJob(station, bundles.wrongHardware, '1-2', 'update.not-compatible'),
  );

  narrator.step('Check the audit log, and write the reports');
  const verdict = await station.call('otto', 'audit.verify', {});
  if (!verdict.intact) throw new DemoFailed('the audit log is not intact');
  narrator.done(`${verdict.size} events, ${verdict.checkpoints} signed checkpoints, all intact`);
  clearReports(reportFolder);
  for (const job of [confirmed, reverted]) {
    const { files } = await station.call('otto', 'report.export', { jobId: job.id, folder: reportFolder, paper: 'A4' });
    narrator.done(
      files
        .map((file) => relative(process.cwd(), join(reportFolder, file.name)))
        .filter((path) => /\.(pdf|json)$/.test(path))
        .join('  '),
    );
    verifyReportFiles(
      narrator,
      reportFolder,
      files.map((file) => file.name),
      keySha256,
    );
  }
}

async function follow(station: DemoStation, work: () => Promise<UpdateJobView>): Promise<UpdateJobView> {
  const follower = new JobFollower(process.stdout);
  const stop = station.subscribe((event) => follower.show(event));
  try {
    return await work();
  } finally {
    follower.end();
    stop();
  }
}

function expectEnd(job: UpdateJobView, state: UpdateJobView['state'], code: ErrorCode | null): void {
  if (job.state === state && job.code === code) return;
  throw new DemoFailed(`the job ended ${job.state} (${String(job.code)}: ${String(job.reason)}), expected ${state}`);
}

async function expectRefusedJob(station: DemoStation, path: string, position: string, code: ErrorCode) {
  const { bundle } = await station.importBundle(path);
  await station.approve(bundle.digest);
  const job = await station.update(position, bundle.digest);
  expectEnd(job, 'refused', code);
  return { code, reason: job.reason ?? '' };
}

/** Removes the reports of an earlier demo, and nothing else. */
function clearReports(folder: string): void {
  mkdirSync(resolve(folder), { recursive: true });
  for (const name of readdirSync(folder)) {
    if (/^DR-[0-9a-f]{8}-\d{8}T\d{6}Z\.(?:json|pdf)(?:\.sig)?$|^station\.pub\.pem$/.test(name))
      rmSync(join(folder, name));
  }
}
