import { accept } from '../../contract/result.ts';
import type { Refusal, Result } from '../../contract/result.ts';
import type { AuditActor } from '../../contract/schema/audit.ts';
import type { Sha256Hex } from '../digest.ts';
import type { JsonObject } from '../ports.ts';
import type { VerifiedFile } from './bundle-store.ts';
import type { UnitOnBench } from './delta/find-bases.ts';
import type { ImportEvent, ImportPorts } from './import-ports.ts';
import type { VerifiedBundle } from './read-bundle.ts';
import type { BundleRecord, BundleSignature } from './repository.ts';
import { tryOnDisk } from './storage-fault.ts';

/** An event is at most 64 KiB; names and sentences that come from a file must not keep it from being written. */
const LONGEST_SUBJECT = 256;
const LONGEST_REASON = 2048;

export interface ImportedBundle {
  readonly bundle: BundleRecord;
  /** True where this very bundle was imported before: its stored contents were written afresh, and its signature where it is another one. */
  readonly alreadyPresent: boolean;
}

/** What the event says of the attempt, as far as it came. */
export interface ImportNotes {
  readonly file: string;
  digest: string | null;
  /** The unit that a delta's base was read from. */
  baseUnit: UnitOnBench | null;
}

/** A bundle whose every check passed; its files still lie in quarantine. */
export interface ReceivedBundle {
  readonly verified: VerifiedBundle;
  readonly images: readonly VerifiedFile[];
  readonly documents: readonly VerifiedFile[];
  readonly profiles: readonly VerifiedFile[];
  readonly manifestFile: VerifiedFile;
  readonly signatureFile: VerifiedFile;
  readonly importedAt: Date;
}

/**
 * Moves the files into the store, then writes the row (of a known bundle: its signature) and its event in one transaction.
 * Synchronous from the move to the commit, so that no other import sees, or undoes, half of it. Refuses `station.…`; throws
 * what the transaction throws, with the store as it was.
 */
export function commitBundle(
  actor: AuditActor,
  received: ReceivedBundle,
  notes: ImportNotes,
  ports: ImportPorts,
): Result<ImportedBundle> {
  const { verified } = received;
  const known = ports.bundles.get(verified.digest);
  // The signature that was just verified counts from now on: the certificate of a kept one may have expired or been revoked.
  const signature = describeSignature(received);
  const bundle = known === null ? describeBundle(actor, received) : { ...known, ...signature };
  const outdated = known === null || known.signature.sha256 === bundle.signature.sha256 ? [] : [known.signature.sha256];
  const before = { alreadyPresent: known !== null, signatureReplaced: outdated.length > 0 };
  const { images, documents, profiles, manifestFile, signatureFile } = received;
  const files = [...images, ...documents, ...profiles, manifestFile, signatureFile];
  const moved = tryOnDisk(() => ports.store.adopt(files));
  if (!moved.ok) return moved;
  try {
    ports.transact(() => {
      if (known === null) ports.bundles.add(bundle);
      else ports.bundles.replaceSignature(bundle.digest, signature);
      ports.audit.append(describeImport(actor, bundle, before, notes));
    });
  } catch (error) {
    // A failure after the commit also ends here; then the row stands and its contents stay.
    removeUnreferenced(moved.value, ports);
    throw error;
  }
  // The import stands whether or not this succeeds; what stays behind is collected at the next start.
  tryOnDisk(() => removeUnreferenced(outdated, ports));
  return accept({ bundle, alreadyPresent: known !== null });
}

function removeUnreferenced(contents: readonly Sha256Hex[], { store, bundles }: ImportPorts): void {
  store.remove(contents.filter((sha256) => !bundles.isReferenced(sha256)));
}

function describeBundle(actor: AuditActor, received: ReceivedBundle): BundleRecord {
  const { verified, importedAt } = received;
  return {
    digest: verified.digest,
    manifest: verified.manifest,
    manifestText: verified.manifestBytes.toString('utf8'),
    ...describeSignature(received),
    importedAt: importedAt.toISOString(),
    importedBy: actor.kind === 'operator' ? actor.id : 'station',
  };
}

function describeSignature({ verified, signatureFile }: ReceivedBundle): BundleSignature {
  return {
    signature: { sha256: signatureFile.sha256, lenBytes: verified.signatureBytes.length },
    signers: [...verified.signers],
  };
}

function describeImport(
  actor: AuditActor,
  bundle: BundleRecord,
  before: { readonly alreadyPresent: boolean; readonly signatureReplaced: boolean },
  notes: ImportNotes,
): ImportEvent {
  const { product, release, images, documents, profiles } = bundle.manifest;
  return {
    type: 'bundle.imported',
    actor,
    outcome: 'done',
    subject: { bundle: bundle.digest },
    data: {
      file: notes.file,
      ...before,
      product: product.id,
      release: release.name,
      changeControl: release.changeControl,
      signers: bundle.signers.map((signer) => ({ ...signer, subject: signer.subject.slice(0, LONGEST_SUBJECT) })),
      images: images.map(({ slot, version, hash, delta }) => ({
        slot,
        version,
        hash,
        ...(delta ? { base: delta.base.hash } : {}),
      })),
      ...(documents === undefined ? {} : { documents: documents.map(({ kind, hash }) => ({ kind, hash })) }),
      ...(profiles === undefined ? {} : { profiles: profiles.map(({ file, hash }) => ({ file, hash })) }),
      ...describeUnit(notes),
    },
  };
}

/** Whose firmware was read on the way; the unit was out of operation for that time. */
function describeUnit({ baseUnit }: ImportNotes): JsonObject {
  return baseUnit === null ? {} : { baseUnit: { position: baseUnit.position, serial: baseUnit.serial } };
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
      data: { file: notes.file, reason: refusal.reason.slice(0, LONGEST_REASON), ...describeUnit(notes) },
    }),
  );
}
