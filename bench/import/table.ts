import { median } from '../median.ts';
import type { MadeFile } from './materials.ts';
import type { ImportCost } from './measured-import.ts';

export interface Measurements {
  readonly bundle: MadeFile;
  readonly lenBytes: number;
  /** Seconds. */
  readonly digests: readonly number[];
  /** Seconds; empty where RAUC was not measured. */
  readonly infos: readonly number[];
  readonly imports: readonly ImportCost[];
}

/** Prints medians with their range, in Markdown. */
export function printTable({ bundle, lenBytes, digests, infos, imports }: Measurements): void {
  const lenMib = lenBytes / (1 << 20);
  const reference = median(digests);
  const row = (what: string, seconds: readonly number[]): string =>
    `| ${what} | ${range(seconds, 2)} | ${(median(seconds) / reference).toFixed(2)} | ${(lenMib / median(seconds)).toFixed(0)} |`;
  const lines = [
    `| Bundle of ${lenMib.toFixed(0)} MiB, ${digests.length} rounds | Seconds: median (least–most) | ÷ openssl | MiB/s |`,
    '| --- | --- | --- | --- |',
    row('`openssl dgst -sha256`', digests),
    row(
      '`bundle.import`',
      imports.map(({ seconds }) => seconds),
    ),
    ...(infos.length === 0 ? [] : [row('`rauc info`', infos)]),
    row('`drydock bundle create`, once', [bundle.createSeconds]),
    row('`drydock bundle sign`, once', [bundle.signSeconds]),
    '',
    '| During `bundle.import` | Median (least–most) |',
    '| --- | --- |',
    `| Resident memory before, MiB | ${rangeOf(imports, ({ idleRssMib }) => idleRssMib)} |`,
    `| Peak above that, MiB | ${rangeOf(imports, ({ idleRssMib, peakRssMib }) => peakRssMib - idleRssMib)} |`,
    `| Longest gap of a 1 ms timer in the main thread, ms | ${rangeOf(imports, ({ longestGapMs }) => longestGapMs)} |`,
    `| Longest delay by \`monitorEventLoopDelay\`, ms | ${rangeOf(imports, ({ longestDelayMs }) => longestDelayMs)} |`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function rangeOf(imports: readonly ImportCost[], pick: (cost: ImportCost) => number): string {
  return range(imports.map(pick), 0);
}

function range(values: readonly number[], digits: number): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return `${median(values).toFixed(digits)} (${least.toFixed(digits)}–${most.toFixed(digits)})`;
}
