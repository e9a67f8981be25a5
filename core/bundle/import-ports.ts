import type { ErrorCode } from '../../contract/error-code.ts';
import type { Result } from '../../contract/result.ts';
import type { AuditActor } from '../../contract/schema/audit.ts';
import type { BundleSigner } from '../../contract/schema/bundle.ts';
import type { RevocationRule } from '../../contract/schema/policy.ts';
import type { JsonObject, Transact } from '../ports.ts';
import type { BundleStore } from './bundle-store.ts';
import type { ProductRules } from './check-manifest.ts';
import type { ReceiveDocuments } from './documents/document-thread.ts';
import type { ImageReceiver } from './images/image-thread.ts';
import type { Quarantine } from './quarantine.ts';
import type { BundleRepository } from './repository.ts';

/**
 * Verifies the detached CMS `signature` over the manifest's exact bytes, each signer's chain up to a pinned anchor, at the
 * time `now`. Answers every signer; refuses with a `trust.…` code. `revocation` is null while the product, and so its policy, is not known yet.
 */
export type VerifyBundleSignature = (
  manifest: Uint8Array,
  signature: Uint8Array,
  now: Date,
  revocation: RevocationRule | null,
) => Result<readonly BundleSigner[]>;

/** The one event that an import writes, whatever becomes of it. */
export interface ImportEvent {
  readonly type: 'bundle.imported';
  readonly actor: AuditActor;
  readonly outcome: 'done' | 'refused';
  readonly subject: { readonly bundle?: string };
  readonly code?: ErrorCode;
  readonly data: JsonObject;
}

/** All that the import needs of the station around it. */
export interface ImportPorts {
  readonly store: BundleStore;
  readonly quarantine: Quarantine;
  readonly bundles: BundleRepository;
  /** The audit log's writer; called inside `transact`. */
  readonly audit: { append(event: ImportEvent): unknown };
  readonly transact: Transact;
  /** The station's clock, refused where it stands below the trusted-time floor or before the station's own log. */
  readonly trustedNow: () => Result<Date>;
  readonly verifySignature: VerifyBundleSignature;
  /** Rules of a product; refuses where the station has no policy for it. */
  readonly rulesFor: (product: string) => Result<ProductRules>;
  readonly stationVersion: string;
  /** Called before anything of the bundle is known, because a thread takes a while to start; the import ends what it was given. */
  readonly startReceiver: () => ImageReceiver;
  readonly receiveDocuments: ReceiveDocuments;
}
