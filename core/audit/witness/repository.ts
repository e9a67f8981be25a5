import type { WitnessedLog } from './check-request.ts';

/** A log's own key, or a witness's. */
export type NoteKeyKind = 'log' | 'witness';

/** A verifier key that a person compared with its fingerprint from another way: of a log to be cosigned, or of a witness. */
export interface ConfirmedKey {
  readonly kind: NoteKeyKind;
  readonly name: string;
  readonly verifierKey: string;
  readonly confirmedAt: string;
  /** Username. */
  readonly confirmedBy: string;
}

/** A witness cosigns each size of a log once. */
export interface CosignatureId {
  /** Name of the witness. */
  readonly witness: string;
  readonly size: number;
}

/** A checkpoint of this station's log with the cosignature of a witness. */
export interface KeptCosignature extends CosignatureId {
  /** The key by which the cosignature verified. */
  readonly verifierKey: string;
  /** By the witness's own clock; null where what it claims is no time of the calendar. */
  readonly cosignedAt: string | null;
  readonly note: string;
  readonly keptAt: string;
}

/** Where it is kept whom a station cosigns, and who cosigned it. The store itself refuses that a log goes back. */
export interface WitnessRepository {
  /** By kind and name. */
  keys(): ConfirmedKey[];
  addKey(key: ConfirmedKey): void;
  removeKey(kind: NoteKeyKind, name: string): void;
  /** Latest checkpoint that was cosigned here, of each log; by origin. */
  witnessedLogs(): (WitnessedLog & { readonly cosignedAt: string })[];
  putWitnessedLog(log: WitnessedLog, cosignedAt: string): void;
  /** Newest first, at most `limit`. */
  cosignatures(limit: number): KeptCosignature[];
  /** Events that the newest kept cosignature of a witness covers; 0 where there is none. */
  newestCosignedSize(witness: string): number;
  /** Of every cosignature that is kept, by size. */
  cosignatureIds(): CosignatureId[];
  cosignature(id: CosignatureId): KeptCosignature | null;
  addCosignature(cosignature: KeptCosignature): void;
}
