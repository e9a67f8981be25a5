import { Option, type Command } from 'commander';
import type { BenchUnit } from '../../contract/schema/device.ts';
import { ApprovalKind } from '../../contract/schema/policy.ts';
import { mostUnitsOfOrder } from '../../contract/plain/most-units-of-order.ts';
import { ScanText } from '../../contract/schema/update-job.ts';
import { systemClock } from '../../core/system-clock.ts';
import { assetTagOf, readAssetTags } from '../asset-tags.ts';
import { CommandRun, type GlobalOptions } from '../command-run.ts';
import { readAs, readPlace, readWholeNumber } from '../option-value.ts';
import type { BatchBoard } from '../terminal/batch-board.ts';
import { UsageError } from '../usage-error.ts';
import { findBundle } from './find-bundle.ts';
import { followBatch } from './follow-batch.ts';

interface BatchOptions {
  readonly workOrder: string;
  readonly kind: ApprovalKind;
  readonly assetTags?: string;
  readonly queue?: boolean;
  readonly units?: number;
  readonly hours?: number;
}

const HOUR_MS = 3_600_000;
const MOST_HOURS = 12;

/** `1,2`, `1-1,1-2`, or null for `all`. */
function readPlaces(text: string): readonly string[] | null {
  if (text === 'all') return null;
  return [...new Set(text.split(',').map((part) => readPlace(part.trim())))];
}

/** update batch: many units at once. */
export function addUpdateBatch(update: Command): void {
  update
    .command('batch')
    .argument('<places>', 'places, by port path, number or name: 1,2,3, or all', readPlaces)
    .argument('<digest>', 'the approved bundle: its digest, or at least the first 6 digits')
    .description('install an approved bundle on several units at once, and follow all of them to their end')
    .requiredOption(
      '--work-order <text>',
      'under which this is done; an approval may ask for a certain one',
      readAs(ScanText, 'Give 1 to 128 printable ASCII characters, as a scanner reads them.'),
    )
    .option('--asset-tags <file>', 'the owner’s tags, a line each: serial or position, comma, tag')
    .addOption(
      new Option('--kind <kind>', 'recovery brings back units without firmware; downgrade needs a permit')
        .choices(ApprovalKind.options)
        .default('install'),
    )
    .option('--queue', 'go on with the next unit that is plugged in at one of the positions, until Ctrl-C')
    .option('--units <n>', 'with --queue: end after so many units', readWholeNumber(1, mostUnitsOfOrder))
    .option(
      '--hours <n>',
      'with --queue: end after so long, and with your session in any case',
      readWholeNumber(1, MOST_HOURS),
    )
    .addHelpText(
      'after',
      `
Ctrl-C stops the jobs where they can be resumed (drydock update resume --all). With --queue the first Ctrl-C starts no further unit and lets
those under way finish; the second stops them.

Example:
  drydock update batch all 06f3d4fd --work-order WO-1 --asset-tags tags.csv
  drydock update batch 1,2,3,4 06f3d4fd --work-order WO-1 --queue`,
    )
    .action(async (typed: readonly string[] | null, digest: string, options: BatchOptions, command: Command) => {
      checkOptions(options);
      const tags = options.assetTags === undefined ? null : readAssetTags(options.assetTags);
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const bundle = await findBundle(run, digest);
        const present = await run.call('device.list', {});
        const places = typed ?? (await findAll(run, present, options.queue === true));
        if (places.length === 0) throw new UsageError('No unit that a device profile knows is plugged in.');
        const { workOrder, kind } = options;
        const asked = { bundleDigest: bundle.digest, kind, workOrder };
        if (options.queue === true) {
          const order = { ...asked, positions: [...places], units: options.units ?? null, startPresent: true };
          const endsAt = await findEnd(run, options.hours);
          const work = async (_refused: unknown, board: BatchBoard): Promise<void> => {
            const closed = untilClosed(run, board);
            const { endsAt: end } = await run.call('order.open', { ...order, endsAt });
            await untilEnd(closed, end);
          };
          await followBatch(run, { work, drains: true });
          return;
        }
        const assetTag = new Map(places.map((place) => [place, tagAt(place, present, tags)]));
        await followBatch(run, {
          drains: false,
          work: async (refused, board) => {
            const jobs = places.map(async (position) => {
              const job = { ...asked, position, assetTag: assetTag.get(position) ?? null, udi: null };
              const started = await run.ask('update.start', job);
              if (started.ok) await run.ask('update.await', { id: started.value.id });
              else refused(board.refuse(position, started));
            });
            await Promise.all(jobs);
          },
        });
      });
    });
}

function checkOptions({ queue, units, hours, assetTags }: BatchOptions): void {
  if (queue !== true && (units !== undefined || hours !== undefined)) {
    throw new UsageError('--units and --hours end a queue; give --queue as well.');
  }
  if (queue === true && assetTags !== undefined) {
    throw new UsageError('A queue does not know which units will come; give --asset-tags without --queue.');
  }
}

/** Every unit that is there; a queue waits at the places of the bench map where nothing stands yet as well. */
async function findAll(run: CommandRun, present: readonly BenchUnit[], isQueue: boolean): Promise<readonly string[]> {
  const occupied = present.filter(({ profile }) => profile !== null).map(({ position }) => position);
  if (!isQueue) return occupied;
  const { places } = await run.call('bench.show', {});
  return [...new Set([...places.map(({ position }) => position), ...occupied])];
}

function tagAt(typed: string, present: readonly BenchUnit[], tags: ReadonlyMap<string, string> | null): string | null {
  if (tags === null) return null;
  const named = typed.toLowerCase();
  const unit = present.find(
    ({ position, place }) =>
      position === typed || String(place?.number) === typed || place?.name.toLowerCase() === named,
  );
  return assetTagOf(unit ?? { position: typed, serial: null, place: null }, tags);
}

/** Null where the session ends sooner. */
async function findEnd(run: CommandRun, hours: number | undefined): Promise<string | null> {
  if (hours === undefined) return null;
  const { expiresAt } = await run.call('session.current', {});
  const end = new Date(systemClock.now().getTime() + hours * HOUR_MS).toISOString();
  return end < expiresAt ? end : null;
}

function untilClosed(run: CommandRun, board: BatchBoard): Promise<void> {
  return new Promise((resolve) => {
    const unsubscribe = run.subscribe((event) => {
      if (event.type !== 'order.written' || event.order.closedAt === null) return;
      board.apply(event);
      unsubscribe();
      resolve();
    });
  });
}

/** The station ends an order whose time is over only when it next looks at it; here somebody watches. */
async function untilEnd(closed: Promise<void>, endsAt: string): Promise<void> {
  const noLonger = new AbortController();
  const leftMs = Math.max(0, Date.parse(endsAt) - systemClock.now().getTime());
  const over = systemClock.sleep(leftMs, noLonger.signal).catch(() => undefined);
  await Promise.race([closed, over]);
  noLonger.abort();
}
