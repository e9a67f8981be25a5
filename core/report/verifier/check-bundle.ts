import * as v from 'valibot';
import { refuse, type Result } from '../../../contract/result.ts';
import type { AuditEvent } from '../../../contract/schema/audit.ts';
import { BundleSigner, Manifest, type ManifestImage } from '../../../contract/schema/bundle.ts';
import type { ReportModel } from '../../../contract/schema/report.ts';
import { canonicalJson } from '../../canonical-json.ts';
import { sha256Hex } from '../../digest.ts';
import type { JsonValue } from '../../ports.ts';
import { parseStrictJson } from '../../strict-json.ts';
import type { UpdateJob } from '../../update/job.ts';
import { found, type Finding } from './check-list.ts';

const RecordedSigner = v.looseObject({
  subject: v.string(),
  certificateSha256: BundleSigner.entries.certificateSha256,
});

/** The manifest carried is the one that the digest names, the job used and the log saw imported, with these signers. */
export function checkBundle(
  { bundle, job }: Pick<ReportModel, 'bundle' | 'job'>,
  events: readonly AuditEvent[],
): Result<Finding<Manifest>> {
  const bytes = Buffer.from(bundle.manifest);
  const digest = sha256Hex(bytes);
  if (digest !== bundle.digest)
    return refuseBundle(`The manifest has the digest ${digest}, but the report states ${bundle.digest}.`);
  if (job.bundleDigest !== bundle.digest)
    return refuseBundle(`The job used the bundle ${job.bundleDigest}, not ${bundle.digest}.`);
  const json = parseStrictJson(bytes, {
    maxBytes: 1_048_576,
    maxDepth: 16,
    code: 'report.bundle-differs',
    what: 'The manifest',
  });
  if (!json.ok) return json;
  const manifest = v.safeParse(Manifest, json.value);
  if (!manifest.success) return refuseBundle(`The manifest does not have its form: ${manifest.issues[0].message}.`);
  const imported = events.find(
    ({ type, outcome, subject }) => type === 'bundle.imported' && outcome === 'done' && subject['bundle'] === digest,
  );
  if (imported === undefined) return refuseBundle('The report holds no event that says that the bundle was imported.');
  if (!recordsSigners(imported.data['signers'], bundle.signers)) {
    return refuseBundle(`The signers are not those that event ${imported.seq} recorded at the import.`);
  }
  const signers = bundle.signers.map(({ subject }) => subject).join('; ');
  return found(`The bundle ${digest} was imported with event ${imported.seq}, signed by ${signers}.`, manifest.output);
}

/** The event keeps a part of each signer's facts, a long subject cut short; what it keeps must be the same. */
function recordsSigners(recorded: JsonValue | undefined, signers: readonly BundleSigner[]): boolean {
  if (!Array.isArray(recorded) || recorded.length !== signers.length) return false;
  return signers.every((signer, index) => {
    const facts = v.safeParse(RecordedSigner, recorded[index]);
    if (!facts.success || !signer.subject.startsWith(facts.output.subject)) return false;
    // A timestamp that the log does not know would be a fact that nobody recorded.
    if (signer.timestamp !== undefined && !('timestamp' in facts.output)) return false;
    return canonicalJson({ ...signer, ...facts.output, subject: signer.subject }) === canonicalJson(signer);
  });
}

/** The job's image and versions are the manifest's, and they only went the way that the job's kind allows. */
export function checkVersions(job: UpdateJob, manifest: Manifest, wasStaged: boolean): Result<Finding<true>> {
  const image = manifest.images.find(({ hash }) => hash === job.imageHash) ?? null;
  if (job.imageHash !== null && image === null)
    return refuseVersion(`The image ${job.imageHash} is not in the manifest.`);
  if (image !== null && job.versionTarget !== null && job.versionTarget !== image.version) {
    return refuseVersion(
      `The job's target version is ${job.versionTarget}, but the manifest's image has ${image.version}.`,
    );
  }
  if (!wasStaged) return found('Nothing was written to the unit.', true);
  if (image === null) return refuseVersion('The unit was written to, but the job names no image.');
  return checkStagedImage(job, manifest, image);
}

function checkStagedImage(job: UpdateJob, manifest: Manifest, image: ManifestImage): Result<Finding<true>> {
  if (job.product !== manifest.product.id)
    return refuseVersion(`The unit is of product ${job.product ?? 'unknown'}, the bundle for ${manifest.product.id}.`);
  if (job.hardware === null || !image.compat.includes(job.hardware)) {
    return refuseVersion(`The image is not made for hardware ${job.hardware ?? 'unknown'}.`);
  }
  if (job.versionTarget === null) return refuseVersion('The unit was written to, but the job names no target version.');
  if (!goesAllowedWay(job.kind, job.versionBefore, job.versionTarget)) {
    return refuseVersion(
      `A job of kind ${job.kind} may not go from version ${job.versionBefore ?? 'none'} to ${job.versionTarget}.`,
    );
  }
  if (job.state === 'confirmed' && job.versionAfter !== job.versionTarget) {
    return refuseVersion(
      `The job is confirmed, but the unit runs version ${job.versionAfter ?? 'unknown'} and not ${job.versionTarget}.`,
    );
  }
  return found(
    `The image is the manifest's; version ${job.versionBefore ?? 'none'} → ${job.versionTarget} is allowed for a job of kind ${job.kind}.`,
    true,
  );
}

/** REQ-OTA-VER-01, REQ-OTA-VER-03. */
function goesAllowedWay(kind: UpdateJob['kind'], before: number | null, target: number): boolean {
  switch (kind) {
    case 'install':
      return before === null || target > before;
    case 'recovery':
      return before === null || target >= before;
    case 'downgrade':
      // A unit that was wiped may show a lower version than its history; the approval's terms say what is allowed.
      return true;
  }
}

function refuseBundle(reason: string): Result<never> {
  return refuse('report.bundle-differs', reason);
}

function refuseVersion(reason: string): Result<never> {
  return refuse('report.version-invalid', reason);
}
