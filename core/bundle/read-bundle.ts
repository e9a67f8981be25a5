import { accept, refuse } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import type { BundleSigner, Manifest } from '../../contract/schema/bundle.ts';
import type { ImportStep } from '../../contract/schema/bundle-import.ts';
import { sha256Hex } from '../digest.ts';
import type { Sha256Hex } from '../digest.ts';
import type { Archive } from './archive/archive-reader.ts';
import { MANIFEST_NAME, SIGNATURE_NAME } from './archive/entry-name.ts';
import { verifyManifest } from './check-manifest.ts';
import type { ListedImage, ProductRules } from './check-manifest.ts';
import { matchDocuments } from './documents/match-documents.ts';
import type { ListedDocument } from './documents/match-documents.ts';
import type { ImportPorts } from './import-ports.ts';
import { matchProfiles, type ListedProfile } from './profiles/match-profiles.ts';
import { verifySigners } from './verify-signers.ts';

/** `manifest.json` and `manifest.p7s` as they stand in the archive: nothing of them is believed yet. */
export interface SignedManifest {
  /** SHA-256 of the manifest's exact bytes: the bundle's identity. */
  readonly digest: Sha256Hex;
  readonly manifestBytes: Buffer;
  readonly signatureBytes: Buffer;
}

/** A bundle whose signature, chain and manifest were verified; its images, documents and profiles are still in the archive. */
export interface VerifiedBundle extends SignedManifest {
  readonly manifest: Manifest;
  readonly signers: readonly BundleSigner[];
  readonly rules: ProductRules;
  readonly images: readonly ListedImage[];
  readonly documents: readonly ListedDocument[];
  readonly profiles: readonly ListedProfile[];
}

/** Reads the two small files. Refuses `bundle.manifest-missing`, `bundle.signature-missing`, or as `readSmall` does. */
export async function readSignedManifest(archive: Archive): Promise<Result<SignedManifest>> {
  const manifestEntry = archive.entries.get(MANIFEST_NAME);
  if (!manifestEntry) return refuse('bundle.manifest-missing', `The archive holds no ${MANIFEST_NAME}.`);
  const signatureEntry = archive.entries.get(SIGNATURE_NAME);
  if (!signatureEntry) {
    return refuse('bundle.signature-missing', `The archive holds no ${SIGNATURE_NAME}: the bundle is not signed.`);
  }
  const manifestBytes = await archive.readSmall(manifestEntry);
  if (!manifestBytes.ok) return manifestBytes;
  const signatureBytes = await archive.readSmall(signatureEntry);
  if (!signatureBytes.ok) return signatureBytes;
  return accept({
    digest: sha256Hex(manifestBytes.value),
    manifestBytes: manifestBytes.value,
    signatureBytes: signatureBytes.value,
  });
}

/** REQ-OTA-SIG-01: signature and chain first; the manifest is not even parsed before they verify. */
export function verifyBundle(
  archive: Archive,
  signed: SignedManifest,
  ports: Pick<ImportPorts, 'trustedNow' | 'verifySignature' | 'rulesFor' | 'stationVersion'>,
  begin: (step: ImportStep) => void,
): Result<VerifiedBundle> {
  const now = ports.trustedNow();
  if (!now.ok) return now;
  const verified = verifySigners(signed.manifestBytes, signed.signatureBytes, now.value, ports, begin);
  if (!verified.ok) return verified;
  const { manifest, signers, rules } = verified.value;
  begin('policy');
  const images = verifyManifest(manifest, {
    rules,
    signers,
    entries: archive.entries,
    now: now.value,
    stationVersion: ports.stationVersion,
  });
  if (!images.ok) return images;
  const documents = matchDocuments(manifest, archive.entries);
  if (!documents.ok) return documents;
  const profiles = matchProfiles(manifest, archive.entries);
  if (!profiles.ok) return profiles;
  return accept({
    ...signed,
    manifest,
    signers,
    rules,
    images: images.value,
    documents: documents.value,
    profiles: profiles.value,
  });
}
