/** One step of the database's schema. A released migration is never edited: a correction is a new one. */
export interface Migration {
  /** Becomes the database's `user_version`; the file's number. */
  readonly version: number;
  /** Short name for the history table and for messages. */
  readonly name: string;
  /** Statements that lead from `version - 1` to `version`. Tables are STRICT. */
  readonly sql: string;
}
