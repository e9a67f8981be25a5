import * as v from 'valibot';
import { accept, refuse } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import { Manifest } from '../../contract/schema/bundle.ts';
import { parseStrictJson } from '../strict-json.ts';
import { BUNDLE_LIMITS } from './limits.ts';

/**
 * Reads `manifest.json`: strict JSON (no duplicate key, no inexact number), then the strict schema. Names the first
 * field that is wrong. Whoever calls this has verified the signature over these very bytes.
 *
 * Refuses `bundle.manifest-invalid`.
 */
export function parseManifest(bytes: Uint8Array): Result<Manifest> {
  const json = parseStrictJson(bytes, {
    maxBytes: BUNDLE_LIMITS.manifestBytes,
    maxDepth: BUNDLE_LIMITS.manifestDepth,
    code: 'bundle.manifest-invalid',
    what: 'manifest.json',
  });
  if (!json.ok) return json;
  const parsed = v.safeParse(Manifest, json.value);
  if (parsed.success) return accept(parsed.output);
  const [issue] = parsed.issues;
  const field = v.getDotPath(issue) ?? 'manifest.json';
  // Only a key's own presence is wrong here, so the message "Expected never" would say nothing.
  const what = issue.expected === 'never' ? 'is not a key of this format' : `is not valid: ${issue.message}`;
  return refuse('bundle.manifest-invalid', `manifest.json cannot be used, ${field} ${what}.`, { field });
}
