import type { FilePurpose } from '../../contract/window/file-purpose.ts';

/** All that the shell itself says: in the system's dialogues and in the menu. The page's words are the page's own. */
export interface ShellWords {
  readonly choose: Readonly<Record<FilePurpose, string>>;
  readonly allFiles: string;
  readonly close: {
    readonly title: string;
    /** How many units are being worked on. */
    readonly message: (units: number) => string;
    /** @param places one line for each unit */
    readonly detail: (places: readonly string[]) => string;
    readonly keepWorking: string;
    readonly closeAll: string;
  };
  /** Where not even a window can be shown. */
  readonly startFailed: { readonly title: string; readonly text: string };
  readonly menu: {
    readonly file: string;
    readonly edit: string;
    readonly view: string;
    readonly bench: string;
    readonly bundles: string;
    readonly history: string;
    readonly settings: string;
    readonly about: string;
    readonly lock: string;
    readonly quit: string;
    readonly training: string;
    readonly station: string;
    readonly developerTools: string;
  };
}
