export type Print = (line: string) => void;

/** One line of the run: `ok      types of core                  1.2 s  12 passed`. */
export function outcomeLine(ok: boolean, name: string, durationMs: number, details = ''): string {
  const seconds = `${(durationMs / 1000).toFixed(1)} s`;
  return `  ${ok ? 'ok    ' : 'FAILED'}  ${name.padEnd(28)} ${seconds.padStart(7)}  ${details}`.trimEnd();
}
