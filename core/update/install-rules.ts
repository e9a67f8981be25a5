import type { Result } from '../../contract/result.ts';
import type { Manifest, ManifestImage } from '../../contract/schema/bundle.ts';
import type { DeviceState, SlotView } from '../../contract/schema/device.ts';
import type { PolicyDocument } from '../../contract/schema/policy.ts';
import type { OperatorRef } from '../../contract/schema/update-job.ts';
import type { ProfilePin } from '../device/profile/profile-pin.ts';
import type { Finding } from './check-list.ts';
import type { UpdateJob } from './job.ts';
import type { ImageSource } from './steps/step.ts';

/** A bundle as the engine needs it. */
export interface InstallableBundle {
  readonly digest: string;
  readonly manifest: Manifest;
  /** Id of the operator who imported it. */
  readonly importedBy: string;
}

/** The store of verified bundles, asked again at the moment of use. */
export interface InstallableBundles {
  find(digest: string): InstallableBundle | null;
  /** Verifies signature, chain and revocation of the stored manifest anew, as of now. */
  verifyAgain(digest: string): Promise<Result<Finding<void>>>;
  /** Hashes the stored image anew and opens it for flashing (REQ-OTA-MAN-02). */
  openImage(request: ImageToOpen): Promise<Result<Finding<ImageSource>>>;
}

export interface ImageToOpen {
  readonly image: ManifestImage;
  readonly product: string;
  /** Where in a raw file the MCUboot image begins; null where raw files are of no use to the unit. */
  readonly rawImageOffset: number | null;
  readonly signal: AbortSignal;
}

/** What approvals and anti-rollback are asked, with the unit in hand. */
export interface InstallQuestion {
  readonly job: UpdateJob;
  /** Who starts the job or goes on with it. */
  readonly actor: OperatorRef;
  readonly bundle: InstallableBundle;
  readonly image: ManifestImage;
  readonly state: DeviceState;
  readonly running: SlotView;
  readonly policy: PolicyDocument;
  readonly policyDigest: string;
}

/** By what a unit is driven, and for whom. */
export interface ProfileQuestion {
  readonly pin: ProfilePin;
  readonly job: UpdateJob;
  /** Who starts the job or goes on with it. */
  readonly actor: OperatorRef;
}

/** What a standing order asks before it starts a unit. */
export interface AheadQuestion {
  readonly bundle: InstallableBundle;
  readonly kind: UpdateJob['kind'];
  readonly workOrder: string;
  readonly serial: string | null;
  readonly executor: OperatorRef;
}

/** The rules of core/policy, bound to the station's records. */
export interface InstallRules {
  policyFor(product: string): Result<Finding<{ readonly document: PolicyDocument; readonly digest: string }>>;
  /** A policy that was once in force, by its digest; null where there never was one. */
  policyOf(digest: string): PolicyDocument | null;
  /** Whether an operator may go on with a job that was activated, or put its old firmware back: duties stay separate. */
  checkActor(job: UpdateJob, actor: OperatorRef): Result<void>;
  /** Whether the policy lets the one who acts execute. */
  checkExecutor(question: InstallQuestion): Result<Finding<void>>;
  /** Approvals that are valid now, for this bundle, unit, work order and executor; answers their ids (REQ-OTA-POL-01). */
  checkApprovals(question: InstallQuestion): Result<Finding<readonly string[]>>;
  /** The same before a unit is opened, of which nothing but the serial number is known; whether its image is approved is asked again then. */
  checkApprovedAhead(question: AheadQuestion): Result<void>;
  /** REQ-OTA-VER-01 to -03. */
  checkVersion(question: InstallQuestion): Result<Finding<void>>;
  /**
   * Whether the profile that drives the unit counts now, for these people: one that a bundle brings stands on approvals of its own. Refuses
   * `device.profile-not-in-force`.
   */
  checkProfile(question: ProfileQuestion): Promise<Result<Finding<void>>>;
  checkWindow(policy: PolicyDocument): Result<Finding<void>>;
}
