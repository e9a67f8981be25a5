import { resolve } from 'node:path';
import * as v from 'valibot';
import { accept, refuse, type Result } from '../../../contract/result.ts';
import { DocumentKind, DocumentMediaType, ImageSignature } from '../../../contract/schema/bundle.ts';
import { parseStrictJson } from '../../strict-json.ts';
import type { BundleInput } from './create-bundle.ts';

const MAX_BYTES = 1024 * 1024;

const Text = v.pipe(v.string(), v.minLength(1), v.maxLength(200));

/** What a vendor writes into the description file of `drydock bundle create` (docs/bundle-format.md). */
const BundleDescription = v.strictObject({
  product: v.strictObject({ id: Text, name: Text }),
  release: v.strictObject({
    name: Text,
    changeControl: Text,
    notes: v.exactOptional(v.pipe(v.string(), v.maxLength(4096))),
  }),
  issued: Text,
  expires: Text,
  minStationVersion: Text,
  images: v.pipe(
    v.array(
      v.strictObject({
        /** Relative to the description file. */
        path: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)),
        name: v.exactOptional(Text),
        slot: Text,
        compat: v.pipe(v.array(Text), v.minLength(1), v.maxLength(64)),
        format: v.picklist(['mcuboot', 'raw']),
        version: v.exactOptional(v.pipe(v.number(), v.safeInteger())),
        index: v.exactOptional(v.pipe(v.number(), v.safeInteger())),
        sig: v.exactOptional(ImageSignature),
        /** The older image that a delta is made from, relative to the description file, and the release it came in. */
        deltaFrom: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(4096))),
        deltaFromRelease: v.exactOptional(Text),
      }),
    ),
    v.minLength(1),
    v.maxLength(64),
  ),
  documents: v.exactOptional(
    v.pipe(
      v.array(
        v.strictObject({
          /** Relative to the description file. */
          path: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)),
          name: v.exactOptional(Text),
          kind: DocumentKind,
          title: Text,
          mediaType: DocumentMediaType,
        }),
      ),
      v.maxLength(16),
    ),
  ),
  profiles: v.exactOptional(
    v.pipe(
      v.array(
        v.strictObject({
          /** A device profile, relative to the description file. */
          path: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)),
          name: v.exactOptional(Text),
        }),
      ),
      v.maxLength(16),
    ),
  ),
});

/**
 * Reads a description file; paths in it are relative to `folder`. Refuses with `bundle.description-invalid`, which names the field.
 */
export function parseBundleDescription(bytes: Uint8Array, folder: string): Result<BundleInput> {
  const bounds = {
    maxBytes: MAX_BYTES,
    maxDepth: 8,
    code: 'bundle.description-invalid',
    what: 'The description',
  } as const;
  const json = parseStrictJson(bytes, bounds);
  if (!json.ok) return json;
  const parsed = v.safeParse(BundleDescription, json.value);
  if (parsed.success) {
    const locate = <T extends { readonly path: string }>(file: T): T => ({ ...file, path: resolve(folder, file.path) });
    const { documents = [], profiles = [] } = parsed.output;
    const images = parsed.output.images.map((image) => ({
      ...locate(image),
      ...(image.deltaFrom === undefined ? {} : { deltaFrom: resolve(folder, image.deltaFrom) }),
    }));
    return accept({ ...parsed.output, images, documents: documents.map(locate), profiles: profiles.map(locate) });
  }
  const [issue] = parsed.issues;
  const field = v.getDotPath(issue) ?? 'its top';
  return refuse('bundle.description-invalid', `The description is wrong at ${field}: ${issue.message}.`, { field });
}
