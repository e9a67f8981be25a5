import type { Command } from 'commander';
import type { ScanReading } from '../../contract/schema/scan.ts';
import { CommandRun, type GlobalOptions } from '../command-run.ts';
import { mark } from '../terminal/style.ts';
import { printable } from '../terminal/printable.ts';

/** scan: what a scanned code says. */
export function addScan(program: Command): void {
  program
    .command('scan')
    .argument('<text>', 'what the code reader sends; FNC1 as the character GS (0x1D)')
    .description('take a scanned code apart: GS1, HIBC or plain text')
    .action(async (text: string, _options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const reading = await run.call('scan.read', { text });
        run.print(reading, () => describeReading(reading));
      });
    });
}

const kindWords: Readonly<Record<ScanReading['kind'], string>> = {
  gs1: 'a GS1 code',
  hibc: 'an HIBC code',
  plain: 'plain text',
};

function describeReading({ elements, fields, kind, marked, text }: ScanReading): string {
  const rows: readonly (readonly [string, string | null])[] = [
    ['device', fields.deviceIdentifier],
    ['serial', fields.serial],
    ['lot', fields.lot],
    ['made', fields.made],
    ['expires', fields.expires],
  ];
  const others = elements.filter(({ ai }) => !['01', '10', '11', '17', '21'].includes(ai));
  return [
    `${mark.passed()} ${kindWords[kind]}: ${printable(text)}`,
    ...(kind === 'gs1' && !marked ? [`${mark.warning()} Its digits only look like one: compare with the label.`] : []),
    ...rows.flatMap(([name, value]) => (value === null ? [] : [`  ${name.padEnd(8)} ${printable(value)}`])),
    ...others.map(({ ai, title, value }) => `  (${ai}) ${title}: ${printable(value)}`),
  ].join('\n');
}
