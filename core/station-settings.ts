/** The station's own few values (its id, its name, when it was created), each under a key. */
export interface StationSettings {
  /** Null where the key was never set. */
  get(key: string): string | null;
  set(key: string, value: string): void;
}
