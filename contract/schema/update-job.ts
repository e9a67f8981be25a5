import * as v from 'valibot';
import { PlaceLabel } from './bench-place.ts';
import { ImageHash, MissingProtection, SelfTestView, Position } from './device.ts';
import { Sha256, UtcTime } from './bundle.ts';

/**
 * States of one update of one unit. `refused` and `failed` leave the unit on its old firmware (nothing written to the
 * running slot); `indeterminate` means that no contact was made after activation: never guessed. `abandoned` closes such a job
 * without ever saying what the unit runs.
 */
export const JobState = v.picklist([
  'created',
  'ready',
  'staging',
  'staged',
  'activating',
  'testing',
  'confirming',
  'reverting',
  'confirmed',
  'reverted',
  'indeterminate',
  'refused',
  'failed',
  'cancelled',
  'abandoned',
]);
export type JobState = v.InferOutput<typeof JobState>;

/** Longest sentence that a job carries; what comes from outside is cut to it. */
export const longestSentence = 1024;

/** One preflight or later check of a job, with what was found: the report prints each. */
export const JobCheck = v.strictObject({
  name: v.pipe(v.string(), v.maxLength(64)),
  passed: v.boolean(),
  detail: v.pipe(v.string(), v.maxLength(longestSentence)),
  at: UtcTime,
});
export type JobCheck = v.InferOutput<typeof JobCheck>;

/** What a person at the bench is asked to do; the job waits for it and goes on by itself. */
export const Attention = v.strictObject({
  kind: v.picklist(['power-cycle']),
  since: UtcTime,
  /** What to do, in words for the technician. */
  text: v.pipe(v.string(), v.maxLength(longestSentence)),
});
export type Attention = v.InferOutput<typeof Attention>;

/** Free text that a scanner fills: work order, asset tag, UDI. */
export const ScanText = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(128), v.regex(/^[\x20-\x7e]+$/));

/** Who acted: the id for machines, the names for people (21 CFR 11.50 wants the printed one). */
export const OperatorRef = v.strictObject({
  id: v.pipe(v.string(), v.uuid()),
  username: v.string(),
  printedName: v.string(),
});
export type OperatorRef = v.InferOutput<typeof OperatorRef>;

/** The device profile by which a job drives its unit, by its exact bytes; `bundle`: the digest of the bundle that brought it. */
export const JobProfile = v.strictObject({
  id: v.string(),
  source: v.picklist(['shipped', 'station', 'bundle']),
  bundle: v.nullable(Sha256),
  sha256: Sha256,
});
export type JobProfile = v.InferOutput<typeof JobProfile>;

export const UpdateJobView = v.strictObject({
  id: v.pipe(v.string(), v.uuid()),
  state: JobState,
  bundleDigest: Sha256,
  /** SHA-256 of the image file, as the manifest states it. */
  imageHash: v.nullable(Sha256),
  /** Hash TLV of the image that is installed, and of the one that ran before: what the unit itself reports. */
  bootHash: v.nullable(ImageHash),
  bootHashBefore: v.nullable(ImageHash),
  position: Position,
  /** How the position was called when the job began. Absent in jobs from before there was a bench map. */
  place: v.exactOptional(v.nullable(PlaceLabel)),
  /** Where else a unit with the same serial stood when the job began: clones, or a maker's mistake. */
  clones: v.exactOptional(v.array(Position)),
  /** The unit was a virtual one: the job proves nothing about real equipment, and every paper says so. */
  training: v.boolean(),
  product: v.nullable(v.string()),
  serial: v.nullable(v.string()),
  hardware: v.nullable(v.string()),
  /** Absent before the preflight has looked, and in jobs from before bundles could bring profiles. */
  profile: v.exactOptional(JobProfile),
  workOrder: ScanText,
  assetTag: v.nullable(ScanText),
  udi: v.nullable(ScanText),
  /** Serial number that the operator read off the unit, for one whose boot loader does not know it; null for every other. */
  statedSerial: v.nullable(ScanText),
  kind: v.picklist(['install', 'recovery', 'downgrade']),
  versionBefore: v.nullable(v.number()),
  versionTarget: v.nullable(v.number()),
  versionAfter: v.nullable(v.number()),
  checks: v.array(JobCheck),
  selfTest: v.nullable(SelfTestView),
  /** What units of this kind do not give; null before the preflight has looked. */
  missingProtections: v.nullable(v.array(MissingProtection)),
  /** Set while the job waits for a person at the bench. */
  attention: v.nullable(Attention),
  /** Policy that preflight applied: the job is judged by it to its end. */
  policyDigest: v.nullable(Sha256),
  /** True from the moment at which the old firmware was to be put back, for whatever reason. */
  puttingBack: v.boolean(),
  /** True once the station saw the unit run the new image on trial. */
  seenOnTrial: v.boolean(),
  /** The unit brought an older self-test of an image with the same security counter along: it says nothing of this job. */
  staleSelfTest: v.boolean(),
  /** Whoever went on with the job beside the operator who began it. */
  actors: v.pipe(v.array(OperatorRef), v.maxLength(64)),
  /** Ids of the approvals that counted at preflight. */
  approvals: v.array(v.pipe(v.string(), v.uuid())),
  executedBy: OperatorRef,
  createdAt: UtcTime,
  endedAt: v.nullable(UtcTime),
  /** Set where the job ended other than confirmed. */
  code: v.nullable(v.string()),
  reason: v.nullable(v.pipe(v.string(), v.maxLength(longestSentence))),
});
export type UpdateJobView = v.InferOutput<typeof UpdateJobView>;
