/** One check of the house. */
export interface Check {
  readonly name: string;
  /** Resolves to what is wrong, in words for the person who reads the log; empty where nothing is. */
  readonly findFaults: () => Promise<string>;
}
