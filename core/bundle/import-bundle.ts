import { basename, join } from 'node:path';
import { RefusalError, accept } from '../../contract/result.ts';
import type { Refusal, Result } from '../../contract/result.ts';
import type { AuditActor } from '../../contract/schema/audit.ts';
import type { ManifestImage } from '../../contract/schema/bundle.ts';
import type { ImportStep } from '../../contract/schema/bundle-import.ts';
import { sha256Hex } from '../digest.ts';
import { openArchive } from './archive/archive-reader.ts';
import type { Archive } from './archive/archive-reader.ts';
import { commitBundle, recordRefusal } from './commit-bundle.ts';
import type { ImportNotes, ImportedBundle, ReceivedBundle } from './commit-bundle.ts';
import { findBases } from './delta/find-bases.ts';
import type { FoundBases, ReadRunningImages } from './delta/find-bases.ts';
import { checkDependencies } from './images/check-dependencies.ts';
import type { ImageReceiver } from './images/image-thread.ts';
import type { ImageToReceive } from './images/receive-image.ts';
import { refuseCancelled } from './import-cancelled.ts';
import type { ImportPorts } from './import-ports.ts';
import { receiveProfiles } from './profiles/receive-profiles.ts';
import { readSignedManifest, verifyBundle } from './read-bundle.ts';
import type { VerifiedBundle } from './read-bundle.ts';
import { refuseStorageFault, tryOnDisk, waitForDisk } from './storage-fault.ts';
import { writeNewFile } from './write-file.ts';

export interface ImportRequest {
  /** Chosen by a person in a dialog or on the command line; never sent by the window. */
  readonly path: string;
  readonly actor: AuditActor;
  /** Reads the unit that was named as a source of delta bases; left out where none was. */
  readonly readUnit?: ReadRunningImages;
  /** Told of each step as it begins. */
  readonly begin?: (step: ImportStep) => void;
  /** Of the step at hand. */
  readonly progress?: (doneBytes: number, totalBytes: number) => void;
  /** Once it is aborted, nothing is committed any more. */
  readonly signal?: AbortSignal;
}

/**
 * Imports a bundle: structure of the archive, signature and chain, manifest, then each image copied and hashed in one pass
 * into quarantine and checked, then documents and device profiles; only then into the store, with the row and its audit event in one transaction.
 *
 * Whatever happens there is exactly one `bundle.imported` event, and after a refusal nothing else (REQ-OTA-MAN-03). Where
 * the event cannot be written the import did not happen (REQ-OTA-AUD-03). An import that is cancelled is one that is refused.
 *
 * Refuses with `bundle.…`, `trust.…`, `mcuboot.…`, `policy.…`, `device.profile-…`, `station.disk-full`, `station.storage-failed`, or as `readUnit` does.
 */
export async function importBundle(request: ImportRequest, ports: ImportPorts): Promise<Result<ImportedBundle>> {
  const notes: ImportNotes = {
    file: basename(request.path).toWellFormed().slice(0, 255),
    digest: null,
    baseUnit: null,
  };
  try {
    const outcome = await withQuarantine(ports, async (folder) => {
      const received = await receiveBundle(request, ports, folder, notes);
      if (!received.ok) return received;
      // The last look: from here to the commit nothing waits.
      return enter(request, 'store') ?? commitBundle(request.actor, received.value, notes, ports);
    });
    if (!outcome.ok) recordRefusal(request.actor, outcome, notes, ports);
    return outcome;
  } catch (error) {
    // The transaction itself was refused (a full disk, say): nothing was written, no event either.
    if (error instanceof RefusalError) return error.refusal;
    throw error;
  }
}

async function withQuarantine<T>(ports: ImportPorts, work: (folder: string) => Promise<Result<T>>): Promise<Result<T>> {
  const folder = tryOnDisk(() => ports.quarantine.open());
  if (!folder.ok) return folder;
  try {
    return await work(folder.value);
  } finally {
    await ports.quarantine.discard(folder.value);
  }
}

async function receiveBundle(
  request: ImportRequest,
  ports: ImportPorts,
  folder: string,
  notes: ImportNotes,
): Promise<Result<ReceivedBundle>> {
  const cancelled = enter(request, 'archive');
  if (cancelled !== null) return cancelled;
  // A thread that starts while archive, signature and manifest are checked; it hears of an image only when they have passed.
  const receiver = ports.startReceiver();
  let archive: Result<Archive> | null = null;
  try {
    archive = await openArchive(request.path);
    if (!archive.ok) return archive;
    const signed = await readSignedManifest(archive.value);
    if (!signed.ok) return signed;
    notes.digest = signed.value.digest;
    const verified = verifyBundle(archive.value, signed.value, ports, (step) => request.begin?.(step));
    if (!verified.ok) return verified;
    return await receiveFiles(request, ports, archive.value, verified.value, { folder, notes, receiver });
  } finally {
    // In this order, because the receiver may be reading from the archive.
    await receiver.end();
    if (archive?.ok === true) archive.value.close();
  }
}

/** What one import works with. */
interface ImportWorkplace {
  readonly folder: string;
  readonly notes: ImportNotes;
  readonly receiver: ImageReceiver;
}

async function receiveFiles(
  request: ImportRequest,
  ports: ImportPorts,
  archive: Archive,
  verified: VerifiedBundle,
  { folder, notes, receiver }: ImportWorkplace,
): Promise<Result<ReceivedBundle>> {
  const totalBytes = verified.images.reduce((sum, { image }) => sum + image.len, 0);
  const paperBytes = [...verified.documents, ...verified.profiles].reduce((sum, { entry }) => sum + entry.lenBytes, 0);
  const room = checkRoom(ports, totalBytes + paperBytes);
  if (room) return room;
  const { readUnit = null, signal } = request;
  const hasDeltas = verified.images.some(({ image }) => image.delta !== undefined);
  const beforeBases = hasDeltas ? enter(request, 'delta-bases') : null;
  if (beforeBases !== null) return beforeBases;
  const bases = await findBases(verified.manifest, { store: ports.store, readUnit, folder, signal });
  if (!bases.ok) return bases;
  notes.baseUnit = bases.value.unit;
  const requests = verified.images.map(({ image, entry }, index) => ({
    file: archive.file,
    entry,
    image,
    imageKeys: verified.rules.imageKeys,
    target: join(folder, `image-${index}`),
    ...basePathOf(image, bases.value),
  }));
  const beforeImages = enter(request, 'images');
  if (beforeImages !== null) return beforeImages;
  const progress = (doneBytes: number): void => request.progress?.(doneBytes, totalBytes);
  const received = await receiver.receive(requests, progress, request.signal);
  if (!received.ok) return received;
  const satisfied = checkDependencies(requests.map(({ image, target }) => ({ image, path: target })));
  if (!satisfied.ok) return satisfied;
  const papers = verified.documents.map(({ document, entry }, index) => ({
    file: archive.file,
    entry,
    document,
    target: join(folder, `document-${index}`),
  }));
  const beforePapers = papers.length > 0 ? enter(request, 'documents') : null;
  if (beforePapers !== null) return beforePapers;
  const filed = await ports.receiveDocuments(papers, request.signal);
  if (!filed.ok) return filed;
  const beforeProfiles = verified.profiles.length > 0 ? enter(request, 'profiles') : null;
  if (beforeProfiles !== null) return beforeProfiles;
  const profiles = await receiveProfiles(archive, verified.profiles, verified.manifest.product.id, folder);
  if (!profiles.ok) return profiles;

  const now = ports.trustedNow();
  if (!now.ok) return now;
  const manifestFile = { path: join(folder, 'manifest'), sha256: verified.digest };
  const signatureFile = { path: join(folder, 'signature'), sha256: sha256Hex(verified.signatureBytes) };
  const written = await waitForDisk(
    Promise.all([
      writeNewFile(manifestFile.path, verified.manifestBytes),
      writeNewFile(signatureFile.path, verified.signatureBytes),
    ]),
  );
  if (!written.ok) return written;
  const images = requests.map(({ target, image }) => ({ path: target, sha256: image.hash }));
  const documents = papers.map(({ target, document }) => ({ path: target, sha256: document.hash }));
  const contents = { images, documents, profiles: profiles.value };
  return accept({ verified, ...contents, manifestFile, signatureFile, importedAt: now.value });
}

function basePathOf({ delta }: ManifestImage, { paths }: FoundBases): Pick<ImageToReceive, 'basePath'> {
  const basePath = delta && paths.get(delta.base.hash);
  return basePath === undefined ? {} : { basePath };
}

/** Begins a step, unless the import was cancelled meanwhile. */
function enter({ begin, signal }: ImportRequest, step: ImportStep): Refusal | null {
  if (signal?.aborted === true) return refuseCancelled();
  begin?.(step);
  return null;
}

/** A full disk is better known before gigabytes are copied than after. */
function checkRoom({ quarantine }: ImportPorts, neededBytes: number): Refusal | null {
  const free = tryOnDisk(() => quarantine.freeBytes());
  if (!free.ok) return free;
  return free.value >= neededBytes ? null : refuseStorageFault('ENOSPC');
}
