import * as v from 'valibot';
import { AuditFault } from './audit-log.ts';
import { Sha256 } from './bundle.ts';

/** A witness whose cosignature verified, and when it signed by its own clock; null where what it claims is no time of the calendar. */
export const Cosigner = v.strictObject({ name: v.string(), at: v.nullable(v.string()) });
export type Cosigner = Readonly<v.InferOutput<typeof Cosigner>>;

/** A log's own key (C2SP signed-note, type 01), or a witness's (type 04). */
export const NoteKeyKind = v.picklist(['log', 'witness']);

/** A verifier key (C2SP signed-note). */
export const NoteKey = v.strictObject({
  kind: NoteKeyKind,
  name: v.string(),
  verifierKey: v.string(),
  /** Of its SubjectPublicKeyInfo, which a person compares. */
  keySha256: Sha256,
});
export type NoteKey = Readonly<v.InferOutput<typeof NoteKey>>;

/** A key that a person confirmed. */
export const ConfirmedNoteKey = v.strictObject({
  ...NoteKey.entries,
  confirmedAt: v.string(),
  /** Username. */
  confirmedBy: v.string(),
});
export type ConfirmedNoteKey = Readonly<v.InferOutput<typeof ConfirmedNoteKey>>;

/** A log of another station, as far as it was cosigned here. */
export const WitnessedLogView = v.strictObject({
  origin: v.string(),
  size: v.number(),
  rootSha256: Sha256,
  cosignedAt: v.string(),
});
export type WitnessedLogView = Readonly<v.InferOutput<typeof WitnessedLogView>>;

/** A cosignature of this station's log. `fault` null: its signatures and the log's beginning were verified just now. */
export const CosignatureView = v.strictObject({
  ...Cosigner.entries,
  size: v.number(),
  keptAt: v.string(),
  fault: v.nullable(AuditFault),
});
export type CosignatureView = Readonly<v.InferOutput<typeof CosignatureView>>;

/** All about cosigning at a station. */
export const WitnessState = v.strictObject({
  /** Events in this station's log. */
  logSize: v.number(),
  /** With these other stations verify what comes from here. */
  ownLogKey: NoteKey,
  ownWitnessKey: NoteKey,
  keys: v.array(ConfirmedNoteKey),
  witnessed: v.array(WitnessedLogView),
  /** The newest hundred. */
  cosignatures: v.array(CosignatureView),
});
export type WitnessState = Readonly<v.InferOutput<typeof WitnessState>>;
