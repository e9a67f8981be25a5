import { parseArgs } from 'node:util';
import { describeMachine } from '../import/machine.ts';
import { listCells, type Cell } from './cell.ts';
import { formatTables } from './dfu-table.ts';
import { measureInGuest } from './measure-in-guest.ts';
import { measureInProcess } from './measure-in-process.ts';
import type { Measurement } from './measurement.ts';

/** Blocks of a download in the short grid. An emulated machine needs long for each; there `--blocks` gives another number. */
const BLOCKS_IN_PROCESS = 1024;
const BLOCKS_IN_GUEST = '128';
const MINUTES = 60_000;

/** DFU downloads: the station against dfu-util in the kernel bench's guest, and against the floor that wire and unit set. */
export async function dfuBench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      full: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '7' },
      blocks: { type: 'string', default: BLOCKS_IN_GUEST },
      only: { type: 'string' },
      minutes: { type: 'string', default: '60' },
      'in-process': { type: 'boolean', default: false },
    },
  });
  const { full: isFull } = values;
  const rounds = positive(values.rounds, '--rounds');
  const blocks = positive(values.blocks, '--blocks');
  const isWanted = ({ part }: Cell): boolean => values.only === undefined || values.only === part;
  const limitMs = positive(values.minutes, '--minutes') * MINUTES;
  print(`${describeMachine('.')}; median (least–most) of ${rounds} rounds`);
  if (!values['in-process']) {
    await benchInGuest({ cells: listCells({ isFull, blocks }).filter(isWanted), rounds }, limitMs);
  }
  print("The station alone, with the units in its own process and on this machine's clock:");
  const measured: Measurement[] = [];
  for (const cell of listCells({ isFull, blocks: BLOCKS_IN_PROCESS }).filter(isWanted)) {
    measured.push(await measureInProcess(cell, rounds));
  }
  print(formatTables(measured));
}

async function benchInGuest(order: Parameters<typeof measureInGuest>[0], limitMs: number): Promise<void> {
  const run = await measureInGuest(order, limitMs);
  if (typeof run === 'string') {
    print(`dfu-util was not measured, since there is no kernel to run it on: ${run}.`);
    return;
  }
  print(`Station and dfu-util in turn, units served by USB/IP: ${run.machine}`);
  print(formatTables(run.measured));
  if (run.shortfall !== undefined) print(run.shortfall);
}

function print(text: string): void {
  process.stdout.write(`${text}\n\n`);
}

function positive(text: string, option: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`${option} takes a whole number from 1 on, not ${text}`);
}
