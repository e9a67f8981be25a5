import { accept, refuse, type Result } from '../../../contract/result.ts';
import { SBOM_MEDIA_TYPE, type Manifest } from '../../../contract/schema/bundle.ts';
import type { ComponentComparison } from '../../../contract/schema/bundle-comparison.ts';
import type { BundleStore } from '../bundle-store.ts';
import { compareComponentsInWorker } from '../documents/document-thread.ts';
import { BUNDLE_LIMITS } from '../limits.ts';
import type { SbomBytes } from './sbom-components.ts';

/**
 * Compares the components of two bundles' SBOMs (`before` null: lists those of one) from their stored bytes, hashed again, in a thread of its
 * own. Refuses `bundle.sbom-too-many`, `bundle.sbom-invalid`, `bundle.stored-missing`, `bundle.stored-damaged`, `station.storage-failed`.
 */
export async function compareStoredComponents(
  before: Manifest | null,
  after: Manifest,
  store: BundleStore,
): Promise<Result<ComponentComparison>> {
  const fresh = await readSboms(after, store);
  if (!fresh.ok) return fresh;
  const old = before === null ? accept(null) : await readSboms(before, store);
  if (!old.ok) return old;
  const compared = await compareComponentsInWorker(old.value, fresh.value);
  if (!compared.ok) return compared;
  return accept({
    hasSbom: fresh.value.length > 0,
    againstHasSbom: old.value === null ? null : old.value.length > 0,
    ...compared.value,
  });
}

async function readSboms({ documents = [] }: Manifest, store: BundleStore): Promise<Result<readonly SbomBytes[]>> {
  const listed = documents.filter(({ mediaType }) => mediaType === SBOM_MEDIA_TYPE);
  const lenBytes = listed.reduce((sum, { len }) => sum + len, 0);
  if (lenBytes > BUNDLE_LIMITS.comparedSbomBytes) {
    const reason = `The bundle's SBOMs are ${lenBytes} bytes long together; at most ${BUNDLE_LIMITS.comparedSbomBytes} are compared.`;
    return refuse('bundle.sbom-too-many', reason, { lenBytes });
  }
  const found: SbomBytes[] = [];
  for (const { file, hash, len } of listed) {
    const bytes = await store.read({ sha256: hash, lenBytes: len }, BUNDLE_LIMITS.documentBytes);
    if (!bytes.ok) return bytes;
    found.push({ file, bytes: bytes.value });
  }
  return accept(found);
}
