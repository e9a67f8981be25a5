import type { Command } from 'commander';
import type { OrderEnd, StandingOrderView } from '../../contract/schema/standing-order.ts';
import { CommandRun, type GlobalOptions } from '../command-run.ts';
import { readWholeNumber } from '../option-value.ts';
import { localTime, mark } from '../terminal/style.ts';

const endWords: Readonly<Record<OrderEnd, string>> = {
  'by-operator': 'closed by an operator',
  'time-over': 'its time was over',
  'units-started': 'as many units as it was for',
  'opener-left': 'its operator was no longer logged in',
  'station-closed': 'the program ended',
  'station-restarted': 'the program ended without closing it',
};

/** update order list: what standing orders have started. */
export function addUpdateOrder(update: Command): void {
  const order = update.command('order').description('standing orders: what --queue has started by itself');

  order
    .command('list')
    .description('standing orders, newest first, with the units that each has started')
    .option('--limit <n>', 'how many, 1 to 500', readWholeNumber(1, 500), 20)
    .action(async ({ limit }: { limit: number }, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const orders = await run.call('order.list', { openOnly: false, limit });
        run.print(orders, () =>
          orders.length === 0
            ? 'No standing order yet. drydock update batch … --queue opens one.'
            : orders.map(describeOrder).join('\n'),
        );
      });
    });
}

function describeOrder({ id, openedAt, openedBy, workOrder, positions, end, started }: StandingOrderView): string {
  const how = end === null ? 'open' : `ended: ${endWords[end]}`;
  return [
    `${id.slice(0, 8)}  ${localTime(openedAt)}  ${workOrder}  ${openedBy.username}  ${positions.join(' ')}  ${how}`,
    ...started.map(({ jobId, position, serial, state }) => {
      const sign = state === 'confirmed' ? mark.passed() : mark.refused();
      return `  ${sign} ${serial.padEnd(18)} ${position.padEnd(8)} ${state.padEnd(14)} job ${jobId.slice(0, 8)}`;
    }),
  ].join('\n');
}
