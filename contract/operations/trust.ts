import * as v from 'valibot';
import type { OperationTable } from './operation.ts';
import { Sha256, UtcTime } from '../schema/bundle.ts';
import { reauthenticationFields } from '../schema/session.ts';
import { AnchorView, ImageKeyView, ReportFile } from '../schema/station.ts';
import { ApprovedTrustChange, ProposedTrustChange, TrustExport, TrustOverview } from '../schema/trust.ts';
import { TrustInspection } from '../schema/trust-inspection.ts';
import { DiskPath, Label, Nothing } from './input.ts';

const Pem = v.pipe(v.string(), v.maxLength(64 * 1024));
const Products = v.pipe(v.array(v.pipe(v.string(), v.maxLength(128))), v.minLength(1), v.maxLength(64));

/** What the station trusts, and how that changes. */
export const trustOperations = {
  /** What a certificate or public key is, before it is pinned; changes nothing. */
  'trust.inspect': { access: 'trust.manage', input: v.strictObject({ path: DiskPath }), output: TrustInspection },
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
    input: v.strictObject({ path: DiskPath }),
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
    input: v.strictObject({ reason: Label, ...reauthenticationFields }),
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
   * Writes into a folder what another station needs to trust the same: the package in force of `family`, byte for byte, and its anchors as PEM; or, with
   * `family` null, every root and image key that was pinned by hand. All files or none.
   */
  'trust.export-files': {
    access: 'station.read',
    input: v.strictObject({ family: v.nullable(v.string()), folder: DiskPath }),
    output: v.strictObject({ files: v.array(ReportFile) }),
  },
  /**
   * Verifies trust packages, each one version above the one before, and keeps them for approval. `begin`: the first package of a
   * family, or a new beginning after a compromise, by its typed SHA-256.
   */
  'trust.propose': {
    access: 'trust.manage',
    input: v.strictObject({
      packages: v.pipe(
        v.array(v.strictObject({ document: DiskPath, signature: DiskPath })),
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
    input: v.strictObject({ family: v.string(), sha256: Sha256, meaning: Label, ...reauthenticationFields }),
    output: ApprovedTrustChange,
  },
  'trust.reject': {
    access: 'trust.approve',
    input: v.strictObject({ family: v.string(), sha256: Sha256, reason: Label }),
    output: Nothing,
  },
} as const satisfies OperationTable;
