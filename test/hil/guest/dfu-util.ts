import { execFile } from 'node:child_process';

export interface ToolRun {
  readonly code: number;
  /** Standard output and standard error. */
  readonly text: string;
}

/** Runs dfu-util: DFU by other people's code, from the same USB stack. */
export function dfuUtil(...args: readonly string[]): Promise<ToolRun> {
  return new Promise((resolve) => {
    execFile('dfu-util', args, (error, out, err) => {
      const code = typeof error?.code === 'number' ? error.code : error === null ? 0 : 1;
      resolve({ code, text: out + err });
    });
  });
}

/** Run-time and DFU ids of the reference unit, and where it is: what dfu-util needs to follow it through its detach. */
export function unitAt(position: string): string[] {
  return ['--device', '1209:0001,1209:0002', '--path', position];
}
