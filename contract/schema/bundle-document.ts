import * as v from 'valibot';
import { ManifestDocument } from './bundle.ts';

/** What an SBOM says, counted. Names come from the SBOM's maker and are cut at 200 characters. */
export const SbomSummary = v.strictObject({
  specVersion: v.string(),
  /** `metadata.component`: what the SBOM is of; null where it does not say. */
  component: v.nullable(v.strictObject({ name: v.string(), version: v.nullable(v.string()) })),
  /** Components at every level of nesting. */
  components: v.number(),
  /** How many of them state no licence. */
  licencesUnknown: v.number(),
});
export type SbomSummary = v.InferOutput<typeof SbomSummary>;

/** A document of an imported bundle: what the manifest says of it, and what was read from the stored bytes. */
export const DocumentView = v.strictObject({
  document: ManifestDocument,
  /** Null where it is no SBOM. */
  sbom: v.nullable(SbomSummary),
  /** How a text begins; null where it is none. May hold any character: whoever shows it replaces what could mislead. */
  beginning: v.nullable(v.strictObject({ text: v.string(), isWhole: v.boolean() })),
});
export type DocumentView = v.InferOutput<typeof DocumentView>;
