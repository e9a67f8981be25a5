import { accept } from '../../contract/result.ts';
import type { Refusal, Result } from '../../contract/result.ts';
import type { AuditActor } from '../../contract/schema/audit.ts';
import type { VerifiedFile } from './bundle-store.ts';
import type { ImportEvent, ImportPorts } from './import-ports.ts';
import type { VerifiedBundle } from './read-bundle.ts';
import type { BundleRecord } from './repository.ts';
import { tryOnDisk } from './storage-fault.ts';

/** An event is at most 64 KiB; names and sentences that come from a file must not keep it from being written. */
const LONGEST_SUBJECT = 256;
const LONGEST_REASON = 2048;

export interface ImportedBundle {
  readonly bundle: BundleRecord;
  /** True where this very bundle was imported before: nothing changed, its stored contents were written afresh. */
  readonly alreadyPresent: boolean;
}

/** What the event says of the attempt, as far as it came. */
export interface ImportNotes {
  readonly file: string;
  digest: string | null;
}

/** A bundle whose every check passed; its files still lie in quarantine. */
export interface ReceivedBundle {
  readonly verified: VerifiedBundle;
  readonly images: readonly VerifiedFile[];
  readonly manifestFile: VerifiedFile;
  readonly signatureFile: VerifiedFile;
  readonly importedAt: Date;
}

/**
 * Moves the files into the store, then writes the row and its event in one transaction. Synchronous from the move to the
 * commit, so that no other import sees, or undoes, half of it. Refuses `station.…`; throws what the transaction throws,
 * with the store as it was.
 */
export function commitBundle(
  actor: AuditActor,
  received: ReceivedBundle,
  notes: ImportNotes,
  ports: ImportPorts,
): Result<ImportedBundle> {
  const { verified } = received;
  const known = ports.bundles.get(verified.digest);
  const bundle = known ?? describeBundle(actor, received);
  // A known bundle keeps the signature it came with first: its row names that one.
  const signature = received.signatureFile.sha256 === bundle.signature.sha256 ? [received.signatureFile] : [];
  const moved = tryOnDisk(() => ports.store.adopt([...received.images, received.manifestFile, ...signature]));
  if (!moved.ok) return moved;
  try {
    ports.transact(() => {
      if (!known) ports.bundles.add(bundle);
      ports.audit.append(describeImport(actor, bundle, known !== null, notes));
    });
  } catch (error) {
    // A failure after the commit also ends here; then the row stands and its contents stay.
    ports.store.remove(moved.value.filter((sha256) => !ports.bundles.isReferenced(sha256)));
    throw error;
  }
  return accept({ bundle, alreadyPresent: known !== null });
}

function describeBundle(actor: AuditActor, received: ReceivedBundle): BundleRecord {
  const { verified, signatureFile, importedAt } = received;
  return {
    digest: verified.digest,
    manifest: verified.manifest,
    manifestText: verified.manifestBytes.toString('utf8'),
    signature: { sha256: signatureFile.sha256, lenBytes: verified.signatureBytes.length },
    signers: [...verified.signers],
    importedAt: importedAt.toISOString(),
    importedBy: actor.kind === 'operator' ? actor.id : 'station',
  };
}

function describeImport(
  actor: AuditActor,
  bundle: BundleRecord,
  alreadyPresent: boolean,
  notes: ImportNotes,
): ImportEvent {
  const { product, release, images } = bundle.manifest;
  return {
    type: 'bundle.imported',
    actor,
    outcome: 'done',
    subject: { bundle: bundle.digest },
    data: {
      file: notes.file,
      alreadyPresent,
      product: product.id,
      release: release.name,
      changeControl: release.changeControl,
      signers: bundle.signers.map((signer) => ({ ...signer, subject: signer.subject.slice(0, LONGEST_SUBJECT) })),
      images: images.map(({ slot, version, hash }) => ({ slot, version, hash })),
    },
  };
}

/** The event of an attempt that was refused. Throws where it cannot be written. */
export function recordRefusal(actor: AuditActor, refusal: Refusal, notes: ImportNotes, ports: ImportPorts): void {
  ports.transact(() =>
    ports.audit.append({
      type: 'bundle.imported',
      actor,
      outcome: 'refused',
      subject: notes.digest === null ? {} : { bundle: notes.digest },
      code: refusal.code,
      data: { file: notes.file, reason: refusal.reason.slice(0, LONGEST_REASON) },
    }),
  );
}
