import * as v from 'valibot';

/** What a file or folder is chosen for. A choice for one purpose is good for no other. */
export const FilePurpose = v.picklist([
  'bundle',
  'certificate',
  'crl',
  'trust-package',
  'trust-signature',
  'policy',
  'report',
  'checkpoint',
  'verifier-key',
  'witness-request',
  'export-folder',
  'data-folder',
]);
export type FilePurpose = v.InferOutput<typeof FilePurpose>;

/**
 * Stands for a path that a person chose in a dialogue or dropped on the window: 256 random bits, base64url. The renderer never
 * sees the path, and cannot make one up; the main process replaces a ticket by its path.
 */
export const FileTicket = v.pipe(v.string(), v.regex(/^ticket:[A-Za-z0-9_-]{43}$/));
export type FileTicket = v.InferOutput<typeof FileTicket>;

/** A file or folder that a person chose. */
export const ChosenFile = v.strictObject({
  ticket: FileTicket,
  /** The last part of its path, to be shown. */
  name: v.string(),
  /** Null for a folder. */
  lenBytes: v.nullable(v.number()),
});
export type ChosenFile = v.InferOutput<typeof ChosenFile>;
