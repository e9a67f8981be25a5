/** What the parent asks of a child, as JSON on its command line. */
export interface FuzzOrder {
  /** URL of the target's module. */
  readonly targetUrl: string;
  /** Folders with inputs to run first; a folder that is missing holds none. */
  readonly inputFolders: readonly string[];
  readonly currentInputFile: string;
  /** 0 replays only. */
  readonly seconds: number;
  readonly seed: number;
  /** Name of the corpus files that are enough for the coverage of all. */
  readonly minimise: boolean;
}

export interface FuzzStatistics {
  readonly runs: number;
  readonly runsPerSecond: number;
  readonly branchesCovered: number;
  readonly branches: number;
  readonly corpusSize: number;
  readonly slowestMs: number;
  readonly peakMiB: number;
}

/** What a child tells its parent. */
export type FuzzMessage =
  | { readonly kind: 'kept'; readonly input: string }
  | { readonly kind: 'progress' | 'done'; readonly statistics: FuzzStatistics }
  | { readonly kind: 'needed'; readonly names: readonly string[] }
  | { readonly kind: 'failed'; readonly reason: string };
