import type { BundleView } from '../../contract/schema/bundle.ts';
import type { StoredContent } from './stored-content.ts';

/** A verified bundle as the station keeps it. What was imported never changes; only a newer valid signature may take the place of the old. */
export interface BundleRecord extends BundleView {
  /** The exact text of manifest.json: `digest` is its SHA-256. */
  readonly manifestText: string;
  /** manifest.p7s, which lies in the store under its hash. */
  readonly signature: StoredContent;
}

/** A signature over a known manifest that was verified, and who made it. */
export type BundleSignature = Pick<BundleRecord, 'signature' | 'signers'>;

/** Where the station remembers its bundles; the storage room keeps it in SQLite. */
export interface BundleRepository {
  /** Call inside the transaction that also writes the audit event. The digest must be new. */
  add(record: BundleRecord): void;
  /** Puts a newly verified signature in the place of the kept one, inside the transaction that also writes the audit event. */
  replaceSignature(digest: string, signature: BundleSignature): void;
  get(digest: string): BundleRecord | null;
  has(digest: string): boolean;
  /** Newest import first. */
  list(): readonly BundleRecord[];
  /** Those of {@link list} that bring device profiles. */
  listWithProfiles(): readonly BundleRecord[];
  /** True where a bundle needs the stored content `sha256`: as an image, a document, a device profile, a manifest or a signature. */
  isReferenced(sha256: string): boolean;
}
