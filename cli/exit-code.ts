/** Exit codes of `drydock` (docs/command-line.md). A script tells "no" from "broken" by them. */
export const ExitCode = {
  /** Done; for an update: confirmed. */
  ok: 0,
  /** A fault of the program or of the machine. */
  fault: 1,
  /** The command line is wrong; nothing was tried. */
  usage: 2,
  /** A check said no: see the error code. Nothing was changed but the audit log. */
  refused: 3,
  /** The update ended without being confirmed; the job says what the unit runs. */
  notUpdated: 4,
  /** Nobody knows what the unit runs: go and look. */
  indeterminate: 5,
  /** A verification (audit log, report) found something wrong. */
  notVerified: 6,
  /** A person stopped the command (128 and the number of SIGINT, as shells count). */
  interrupted: 130,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
