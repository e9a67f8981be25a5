import * as v from 'valibot';
import type { Permission } from './permission.ts';
import { AuditEventSchema, AuditEventTypeSchema, AuditOutcomeSchema, AuditVerificationSchema } from './schema/audit.ts';
import { BundleView, Sha256, UtcTime } from './schema/bundle.ts';
import { BenchPlace, BenchView } from './schema/bench.ts';
import { PlaceName, PlaceNumber, TypedPlace } from './schema/bench-place.ts';
import { DocumentView } from './schema/bundle-document.ts';
import { BenchUnit, DeviceState, Position } from './schema/device.ts';
import { ProfileView } from './schema/device-profile.ts';
import { ApprovalRequest, ApprovalStatement, PolicyView } from './schema/policy.ts';
import {
  ChangePasswordInput,
  FirstAdministratorInput,
  LoginInput,
  LoginOutput,
  NewOperatorInput,
  OperatorId,
  OperatorView,
  SessionView,
  TypedPassword,
} from './schema/session.ts';
import { mostPositionsOfOrder, OrderUnits, StandingOrderView } from './schema/standing-order.ts';
import { StationView, AnchorView, ImageKeyView, ReportFile } from './schema/station.ts';
import { ApprovedTrustChange, ProposedTrustChange, TrustExport, TrustOverview } from './schema/trust.ts';
import { ScanText, UpdateJobView } from './schema/update-job.ts';

const Nothing = v.strictObject({});
const FolderPath = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));
const FilePath = FolderPath;
const Label = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100));
const Pem = v.pipe(v.string(), v.maxLength(64 * 1024));
const JobId = v.pipe(v.string(), v.uuid());
const OrderId = JobId;
const OrderPlaces = v.pipe(v.array(TypedPlace), v.minLength(1), v.maxLength(mostPositionsOfOrder));
const Page = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500));
const Products = v.pipe(v.array(v.pipe(v.string(), v.maxLength(128))), v.minLength(1), v.maxLength(64));

/** `public`: needs no operator. `session`: any operator who is logged in. Otherwise the one permission that is checked. */
export type Access = 'public' | 'session' | Permission;

interface OperationContract {
  readonly access: Access;
  readonly input: v.GenericSchema;
  readonly output: v.GenericSchema;
}

/**
 * THE contract: operation → who may call it, what goes in, what comes out. The window, the command line and the tests call
 * nothing else, and the core's one choke point parses both sides (REQ-OTA-OPR-02). Paths are given by the shell that asked a
 * person for them, never by the renderer.
 */
export const operations = {
  'station.status': { access: 'public', input: Nothing, output: StationView },
  'station.initialise': {
    access: 'public',
    input: v.strictObject({ name: Label, administrator: FirstAdministratorInput }),
    output: StationView,
  },

  'session.login': { access: 'public', input: LoginInput, output: LoginOutput },
  'session.logout': { access: 'session', input: Nothing, output: Nothing },
  'session.current': { access: 'session', input: Nothing, output: SessionView },
  'operator.create': { access: 'operator.manage', input: NewOperatorInput, output: OperatorView },
  'operator.list': { access: 'operator.manage', input: Nothing, output: v.array(OperatorView) },
  'operator.disable': { access: 'operator.manage', input: v.strictObject({ id: OperatorId }), output: OperatorView },
  'operator.unlock': { access: 'operator.manage', input: v.strictObject({ id: OperatorId }), output: OperatorView },
  'operator.reset-password': {
    access: 'operator.manage',
    input: v.strictObject({ id: OperatorId, initialPassword: TypedPassword }),
    output: OperatorView,
  },
  'operator.change-password': { access: 'session', input: ChangePasswordInput, output: OperatorView },

  'trust.pin-anchor': {
    access: 'trust.manage',
    input: v.strictObject({ certificate: Pem, label: Label, products: Products, typedFingerprint: v.string() }),
    output: AnchorView,
  },
  'trust.pin-image-key': {
    access: 'trust.manage',
    input: v.strictObject({ publicKey: Pem, label: Label, products: Products, typedFingerprint: v.string() }),
    output: ImageKeyView,
  },
  'trust.import-crl': {
    access: 'trust.manage',
    input: v.strictObject({ path: FilePath }),
    output: v.strictObject({ issuer: v.string(), nextUpdate: v.nullable(v.string()) }),
  },
  'trust.remove-anchor': {
    access: 'trust.manage',
    input: v.strictObject({ fingerprintSha256: Sha256 }),
    output: AnchorView,
  },
  'trust.remove-image-key': {
    access: 'trust.manage',
    input: v.strictObject({ keySha256: Sha256 }),
    output: ImageKeyView,
  },
  /**
   * An administrator vouches for the clock after it once ran ahead: events of that time no longer count against it. Signed times
   * still do.
   */
  'trust.accept-clock': {
    access: 'trust.manage',
    input: v.strictObject({ reason: Label, password: TypedPassword }),
    output: v.strictObject({ now: UtcTime }),
  },
  'trust.list': {
    access: 'station.read',
    input: Nothing,
    output: v.strictObject({
      anchors: v.array(AnchorView),
      imageKeys: v.array(ImageKeyView),
      /** No clock below this time is accepted; null before anything signed was seen. */
      timeFloor: v.nullable(UtcTime),
    }),
  },

  /** What a trust package manages, what was pinned by hand, revocation lists, what waits for approval, and the clock. */
  'trust.show': { access: 'station.read', input: Nothing, output: TrustOverview },
  /** The package in force, byte for byte, for another station. */
  'trust.export': { access: 'station.read', input: v.strictObject({ family: v.string() }), output: TrustExport },
  /**
   * Verifies trust packages, each one version above the one before, and keeps them for approval. `begin`: the first package of a
   * family, or a new beginning after a compromise, by its typed SHA-256.
   */
  'trust.propose': {
    access: 'trust.manage',
    input: v.strictObject({
      packages: v.pipe(
        v.array(v.strictObject({ document: FilePath, signature: FilePath })),
        v.minLength(1),
        v.maxLength(16),
      ),
      begin: v.nullable(v.strictObject({ typedFingerprint: v.string(), anew: v.boolean() })),
    }),
    output: ProposedTrustChange,
  },
  /** Puts a proposed change in force, signed with the operator's own key. */
  'trust.approve': {
    access: 'trust.approve',
    input: v.strictObject({ family: v.string(), sha256: Sha256, meaning: Label, password: TypedPassword }),
    output: ApprovedTrustChange,
  },
  'trust.reject': {
    access: 'trust.approve',
    input: v.strictObject({ family: v.string(), sha256: Sha256, reason: Label }),
    output: Nothing,
  },

  'policy.install': { access: 'policy.manage', input: v.strictObject({ path: FilePath }), output: PolicyView },
  'policy.show': { access: 'station.read', input: v.strictObject({ product: v.string() }), output: PolicyView },

  'bundle.import': {
    access: 'bundle.import',
    /** `basePosition`: a unit whose running image a delta may start from; it is taken out of operation while that is read. */
    input: v.strictObject({ path: FilePath, basePosition: v.exactOptional(v.nullable(TypedPlace)) }),
    output: v.strictObject({ bundle: BundleView, alreadyPresent: v.boolean() }),
  },
  'bundle.list': { access: 'bundle.read', input: Nothing, output: v.array(BundleView) },
  'bundle.show': { access: 'bundle.read', input: v.strictObject({ digest: Sha256 }), output: BundleView },
  /** What the bundle's documents are, read from the store and hashed again; none where it has none. */
  'bundle.documents': {
    access: 'bundle.read',
    input: v.strictObject({ digest: Sha256 }),
    output: v.array(DocumentView),
  },
  'bundle.export-document': {
    access: 'bundle.read',
    /** `file` as in the manifest, `documents/<name>`; it is written as `<folder>/<name>`, which must not exist yet. */
    input: v.strictObject({ digest: Sha256, file: v.pipe(v.string(), v.maxLength(110)), folder: FolderPath }),
    output: v.strictObject({ path: v.string(), lenBytes: v.number(), sha256: Sha256 }),
  },

  'approval.sign': {
    access: 'approval.sign',
    input: v.strictObject({ request: ApprovalRequest, password: TypedPassword }),
    output: ApprovalStatement,
  },
  'approval.list': {
    access: 'bundle.read',
    input: v.strictObject({ bundleDigest: Sha256 }),
    output: v.array(ApprovalStatement),
  },

  'device.list': { access: 'device.read', input: Nothing, output: v.array(BenchUnit) },
  /** The device profiles by which this station knows units. */
  'device.profiles': { access: 'device.read', input: Nothing, output: v.array(ProfileView) },
  /** What is plugged in now; from here on the station's events tell of units that come and go, until it closes. */
  'device.watch': { access: 'device.read', input: Nothing, output: v.array(BenchUnit) },
  'device.read': {
    access: 'device.read',
    /** `enterUpdateMode`: a unit that can be read in no other way may be taken out of operation for it. */
    input: v.strictObject({ position: TypedPlace, enterUpdateMode: v.exactOptional(v.boolean()) }),
    output: DeviceState,
  },

  /** The bench map: which port of the house is which place of the bench. */
  'bench.show': { access: 'device.read', input: Nothing, output: BenchView },
  /** Gives a position a name, or another one. Number left out: as it was; null: none. */
  'bench.name': {
    access: 'bench.manage',
    input: v.strictObject({
      position: TypedPlace,
      name: PlaceName,
      number: v.exactOptional(v.nullable(PlaceNumber)),
    }),
    output: BenchPlace,
  },
  /** The place of this number is at this position from now on, wherever it was before. Name null: as it was. */
  'bench.learn': {
    access: 'bench.manage',
    input: v.strictObject({ number: PlaceNumber, position: Position, name: v.nullable(PlaceName) }),
    output: BenchPlace,
  },
  'bench.forget': { access: 'bench.manage', input: v.strictObject({ position: TypedPlace }), output: BenchPlace },
  /** A hub hangs on another port: all places below `from` are now below `to`. */
  'bench.move': {
    access: 'bench.manage',
    input: v.strictObject({ from: Position, to: Position }),
    output: v.array(BenchPlace),
  },

  'update.start': {
    access: 'update.execute',
    input: v.strictObject({
      position: TypedPlace,
      bundleDigest: Sha256,
      kind: v.picklist(['install', 'recovery', 'downgrade']),
      workOrder: ScanText,
      assetTag: v.nullable(ScanText),
      udi: v.nullable(ScanText),
      /** Read off the unit's label, for a unit in a ROM boot loader that does not know it. */
      statedSerial: v.exactOptional(v.nullable(ScanText)),
    }),
    output: UpdateJobView,
  },
  /** Resolves when nobody works on the job any more. */
  'update.await': { access: 'update.read', input: v.strictObject({ id: JobId }), output: UpdateJobView },
  'update.resume': { access: 'update.execute', input: v.strictObject({ id: JobId }), output: UpdateJobView },
  /** Puts the old firmware back on a unit that runs the new one on trial. */
  'update.revert': { access: 'update.execute', input: v.strictObject({ id: JobId }), output: UpdateJobView },
  /** Gives up a unit that is indeterminate and will not be heard of again; the job ends without a claim of what it runs. */
  'update.abandon': {
    access: 'update.execute',
    input: v.strictObject({ id: JobId, reason: Label, password: TypedPassword }),
    output: UpdateJobView,
  },
  'update.cancel': { access: 'update.execute', input: v.strictObject({ id: JobId }), output: UpdateJobView },
  'update.show': { access: 'update.read', input: v.strictObject({ id: JobId }), output: UpdateJobView },
  'update.list': {
    access: 'update.read',
    input: v.strictObject({
      serial: v.nullable(v.string()),
      openOnly: v.boolean(),
      before: v.nullable(JobId),
      limit: Page,
    }),
    output: v.array(UpdateJobView),
  },

  /**
   * A standing order: from now on a unit that comes to one of the positions starts by itself, in the name of the operator and while
   * that operator stays logged in. `endsAt` null: with the session. `startPresent`: units that stand there already as well.
   */
  'order.open': {
    access: 'update.execute',
    input: v.strictObject({
      positions: OrderPlaces,
      bundleDigest: Sha256,
      kind: v.picklist(['install', 'recovery', 'downgrade']),
      workOrder: ScanText,
      units: v.nullable(OrderUnits),
      endsAt: v.nullable(UtcTime),
      startPresent: v.boolean(),
    }),
    output: StandingOrderView,
  },
  /** Newest first. */
  'order.list': {
    access: 'update.read',
    input: v.strictObject({ openOnly: v.boolean(), limit: Page }),
    output: v.array(StandingOrderView),
  },
  /** Nothing is started under the order any more; jobs that it has started go on. */
  'order.close': { access: 'update.execute', input: v.strictObject({ id: OrderId }), output: StandingOrderView },

  'audit.list': {
    access: 'audit.read',
    input: v.strictObject({
      before: v.nullable(v.pipe(v.number(), v.safeInteger())),
      type: v.nullable(AuditEventTypeSchema),
      outcome: v.nullable(AuditOutcomeSchema),
      limit: Page,
    }),
    output: v.array(AuditEventSchema),
  },
  'audit.verify': { access: 'audit.read', input: Nothing, output: AuditVerificationSchema },
  'audit.checkpoint': {
    access: 'audit.export',
    input: Nothing,
    output: v.strictObject({ checkpoint: v.string(), verifierKey: v.string() }),
  },

  'report.export': {
    access: 'report.export',
    input: v.strictObject({ jobId: JobId, folder: FolderPath, paper: v.picklist(['A4', 'Letter']) }),
    output: v.strictObject({ files: v.array(ReportFile), stationKeySha256: Sha256 }),
  },
} as const satisfies Record<string, OperationContract>;

export type OperationName = keyof typeof operations;
export type OperationInput<N extends OperationName> = v.InferOutput<(typeof operations)[N]['input']>;
export type OperationOutput<N extends OperationName> = v.InferOutput<(typeof operations)[N]['output']>;

export function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(operations, name);
}
