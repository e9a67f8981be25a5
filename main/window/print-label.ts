import type { WebContentsPrintOptions } from 'electron';
import { accept, refuse, type Result } from '../../contract/result.ts';
import type { LabelPaper } from '../../contract/window/window-operations.ts';

/** What the system said when the page had been printed, as Electron gives it. */
export interface PrintOutcome {
  readonly success: boolean;
  readonly failureReason: string;
}

/** Prints the page by the system's dialogue. */
export type PrintPage = (options: WebContentsPrintOptions) => Promise<PrintOutcome>;

/** Micrometres. */
const sizes = {
  label: { width: 62_000, height: 29_000 },
  A4: { width: 210_000, height: 297_000 },
} as const satisfies Readonly<Record<LabelPaper, { readonly width: number; readonly height: number }>>;

/** The page lays out its own margins, and a label is no place for a header with an address. */
export function printOptions(paper: LabelPaper): WebContentsPrintOptions {
  return { pageSize: sizes[paper], margins: { marginType: 'none' }, printBackground: true, header: '', footer: '' };
}

/** Chromium has one sentence for a dialogue that was closed. */
const cancelled = /cancell?ed/i;

/** Refuses with `window.print-failed`. */
export function readOutcome({ success, failureReason }: PrintOutcome): Result<{ printed: boolean }> {
  if (success || cancelled.test(failureReason)) return accept({ printed: success });
  const why = failureReason === '' ? 'no reason was given' : failureReason;
  return refuse(
    'window.print-failed',
    `The system did not print the label: ${why}. The update itself is not affected.`,
  );
}
