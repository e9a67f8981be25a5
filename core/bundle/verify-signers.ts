import { accept, type Result } from '../../contract/result.ts';
import type { BundleSigner, Manifest } from '../../contract/schema/bundle.ts';
import type { ImportStep } from '../../contract/schema/bundle-import.ts';
import type { ProductRules } from './check-manifest.ts';
import type { ImportPorts } from './import-ports.ts';
import { parseManifest } from './parse-manifest.ts';

/** A manifest, who signed it, and the rules of the product that it names; whether these signers are enough is asked by `checkSigners`. */
export interface SignedByRule {
  readonly manifest: Manifest;
  readonly signers: readonly BundleSigner[];
  readonly rules: ProductRules;
}

/**
 * REQ-OTA-SIG-01, -02: the one way from a manifest's bytes to what it says, at import and again before each use. Signature and chain come first,
 * and the manifest is not even parsed before they verify; it names the product, and then they are verified once more under that product's rule
 * of revocation, so that whoever has the manifest has that rule applied. `begin` is told of each step.
 */
export function verifySigners(
  manifestBytes: Uint8Array,
  signatureBytes: Uint8Array,
  now: Date,
  ports: Pick<ImportPorts, 'verifySignature' | 'rulesFor'>,
  begin: (step: ImportStep) => void = () => undefined,
): Result<SignedByRule> {
  begin('signature');
  const known = ports.verifySignature(manifestBytes, signatureBytes, now, null);
  if (!known.ok) return known;
  begin('manifest');
  const manifest = parseManifest(manifestBytes);
  if (!manifest.ok) return manifest;
  const rules = ports.rulesFor(manifest.value.product.id);
  if (!rules.ok) return rules;
  const { revocation } = rules.value;
  if (revocation !== null) begin('revocation');
  const signers = revocation === null ? known : ports.verifySignature(manifestBytes, signatureBytes, now, revocation);
  if (!signers.ok) return signers;
  return accept({ manifest: manifest.value, signers: signers.value, rules: rules.value });
}
