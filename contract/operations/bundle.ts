import * as v from 'valibot';
import type { OperationTable } from './operation.ts';
import { TypedPlace } from '../schema/bench-place.ts';
import { BundleComparison, ComponentComparison, InstalledVersions } from '../schema/bundle-comparison.ts';
import { DocumentView } from '../schema/bundle-document.ts';
import { BundleView, Sha256 } from '../schema/bundle.ts';
import { ImportId } from '../schema/bundle-import.ts';
import { DiskPath, Nothing } from './input.ts';

/** Signed bundles: import, list, papers. */
export const bundleOperations = {
  'bundle.import': {
    access: 'bundle.import',
    /**
     * `basePosition`: a unit whose running image a delta may start from; it is taken out of operation while that is read. `importId`: names the
     * import in its events and for `bundle.cancel-import`. One import runs at a time, others wait in the order in which they were asked for.
     */
    input: v.strictObject({
      path: DiskPath,
      basePosition: v.exactOptional(v.nullable(TypedPlace)),
      importId: v.exactOptional(ImportId),
    }),
    output: v.strictObject({ bundle: BundleView, alreadyPresent: v.boolean() }),
  },
  /** Ends an import of one's own that waits or is under way: where this is answered, nothing of it stays. The import itself is then refused. */
  'bundle.cancel-import': { access: 'bundle.import', input: v.strictObject({ importId: ImportId }), output: Nothing },
  'bundle.list': { access: 'bundle.read', input: Nothing, output: v.array(BundleView) },
  'bundle.show': { access: 'bundle.read', input: v.strictObject({ digest: Sha256 }), output: BundleView },
  /** What changes from the bundle `against` to the bundle `digest` of the same product, as their manifests say. */
  'bundle.compare': {
    access: 'bundle.read',
    input: v.strictObject({ digest: Sha256, against: Sha256 }),
    output: BundleComparison,
  },
  /** Components of the bundle's SBOMs, and what changes from those of `against`; null: just the list. Read from the store and hashed again. */
  'bundle.components': {
    access: 'bundle.read',
    input: v.strictObject({ digest: Sha256, against: v.nullable(Sha256) }),
    output: ComponentComparison,
  },
  /** What units of the bundle's product run, as this station's jobs last found them. */
  'bundle.installed': { access: 'update.read', input: v.strictObject({ digest: Sha256 }), output: InstalledVersions },
  /** What the bundle's documents are, read from the store and hashed again; none where it has none. */
  'bundle.documents': {
    access: 'bundle.read',
    input: v.strictObject({ digest: Sha256 }),
    output: v.array(DocumentView),
  },
  'bundle.export-document': {
    access: 'bundle.read',
    /** `file` as in the manifest, `documents/<name>`; it is written as `<folder>/<name>`, which must not exist yet. */
    input: v.strictObject({ digest: Sha256, file: v.pipe(v.string(), v.maxLength(110)), folder: DiskPath }),
    output: v.strictObject({ path: v.string(), lenBytes: v.number(), sha256: Sha256 }),
  },
} as const satisfies OperationTable;
