import { parseArgs } from 'node:util';
import { describeMachine } from '../import/machine.ts';
import { listCells } from './cell.ts';
import { formatTables } from './dfu-table.ts';
import { measureInProcess } from './measure-in-process.ts';
import type { Measurement } from './measurement.ts';

/** DFU downloads: the station against the floor that wire and unit set. */
export async function dfuBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      full: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '7' },
      'in-process': { type: 'boolean', default: false },
    },
  });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds takes a whole number from 1 on`);
  const cells = listCells(values.full);
  process.stdout.write(`${describeMachine('.')}\n\n`);
  const measured: Measurement[] = [];
  for (const cell of cells) measured.push(await measureInProcess(cell, rounds));
  process.stdout.write(
    `Units in the station's own process; median (least–most) of ${rounds}\n\n${formatTables(measured)}\n`,
  );
}
