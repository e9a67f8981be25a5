import { refuse, type Result } from '../../contract/result.ts';
import type { BundleStore } from '../bundle/bundle-store.ts';
import { checkSigners, type ProductRules } from '../bundle/check-manifest.ts';
import { verifyStoredImage } from '../bundle/images/verify-stored-image.ts';
import type { VerifyBeside } from '../bundle/images/verifying-threads.ts';
import type { VerifyBundleSignature } from '../bundle/import-ports.ts';
import { BUNDLE_LIMITS } from '../bundle/limits.ts';
import type { BundleRepository } from '../bundle/repository.ts';
import { verifySigners } from '../bundle/verify-signers.ts';
import { found, type Finding } from '../update/check-list.ts';
import type { ImageToOpen, InstallableBundles } from '../update/install-rules.ts';
import type { ImageSource } from '../update/steps/step.ts';

export interface InstallableBundleSources {
  readonly store: BundleStore;
  readonly bundles: BundleRepository;
  readonly trustedNow: () => Result<Date>;
  readonly verifySignature: VerifyBundleSignature;
  readonly rulesFor: (product: string) => Result<ProductRules>;
  /** For images that would hold up the main thread. */
  readonly verifyBeside: VerifyBeside;
}

/** Small enough that a chunk is on its way within a moment, large enough not to matter. */
const FLASH_CHUNK_BYTES = 64 * 1024;

/** Up to here the main thread is held up for a few milliseconds at most, and a thread of its own would take longer to start. */
const MAIN_THREAD_BYTES = 4 << 20;

/** The store, asked again at the moment of use: what was true at import is verified anew (REQ-OTA-MAN-02). */
export function createInstallableBundles(sources: InstallableBundleSources): InstallableBundles {
  return {
    find(digest) {
      const record = sources.bundles.get(digest);
      return record === null ? null : { digest, manifest: record.manifest, importedBy: record.importedBy };
    },
    verifyAgain: (digest) => verifyStored(digest, sources),
    openImage: (request) => openStoredImage(request, sources),
  };
}

async function verifyStored(digest: string, sources: InstallableBundleSources): Promise<Result<Finding<void>>> {
  const { bundles, store, trustedNow } = sources;
  const record = bundles.get(digest);
  if (record === null) return refuse('update.bundle-unknown', `No imported bundle has the digest ${digest}.`);
  const signature = await store.read(record.signature, BUNDLE_LIMITS.signatureBytes);
  if (!signature.ok) return signature;
  const now = trustedNow();
  if (!now.ok) return now;
  const verified = verifySigners(Buffer.from(record.manifestText, 'utf8'), signature.value, now.value, sources);
  if (!verified.ok) return verified;
  const { manifest, signers, rules } = verified.value;
  const refusal = checkSigners(manifest, rules, signers);
  if (refusal !== null) return refusal;
  const names = signers.map(({ subject, notAfter }) => `${subject}, until ${notAfter.slice(0, 10)}`).join('; ');
  return found(undefined, `Signed by ${names}.`);
}

async function openStoredImage(
  { image, product, rawImageOffset, signal }: ImageToOpen,
  { store, rulesFor, verifyBeside }: InstallableBundleSources,
): Promise<Result<Finding<ImageSource>>> {
  const rules = rulesFor(product);
  if (!rules.ok) return rules;
  if (image.format !== 'mcuboot' && rawImageOffset === null) {
    return refuse(
      'update.image-not-bootable',
      `${image.file} is a raw image; this unit's boot loader starts MCUboot images only.`,
    );
  }
  const { imageKeys } = rules.value;
  const request = { path: store.pathOf(image.hash), image, imageKeys, rawImageOffset };
  const verified =
    image.len > MAIN_THREAD_BYTES ? await verifyBeside(request, signal) : await verifyStoredImage(request);
  if (!verified.ok) return verified;
  const content = { sha256: image.hash, lenBytes: image.len };
  const source: ImageSource = {
    image,
    bootHash: verified.value.bootHash,
    open: () => store.open(content, FLASH_CHUNK_BYTES),
  };
  const checked =
    image.format === 'mcuboot'
      ? "the image's own signature is valid"
      : `the MCUboot image ${verified.value.version} in it matches its own hash`;
  return found(source, `${image.len} bytes with the manifest's SHA-256; ${checked}.`);
}
