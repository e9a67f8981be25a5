import * as v from 'valibot';
import { Sha256 } from './bundle.ts';

/** A witness whose cosignature verified, and when it signed by its own clock; null where what it claims is no time of the calendar. */
export const Cosigner = v.strictObject({ name: v.string(), at: v.nullable(v.string()) });
export type Cosigner = Readonly<v.InferOutput<typeof Cosigner>>;

/** A verifier key (C2SP signed-note): a log's own (type 01), or a witness's (type 04). */
export const NoteKey = v.strictObject({
  kind: v.picklist(['log', 'witness']),
  name: v.string(),
  verifierKey: v.string(),
  /** Of its SubjectPublicKeyInfo, which a person compares. */
  keySha256: Sha256,
});
export type NoteKey = Readonly<v.InferOutput<typeof NoteKey>>;
