import * as v from 'valibot';
import type { CommandRun } from '../command-run.ts';
import { UsageError } from '../usage-error.ts';

const JobId = v.pipe(v.string(), v.uuid());
/** Among so many of the newest jobs the first digits of an id are looked up. */
const NEWEST_JOBS = 500;

/** The id of the one job whose id begins so, as `update list` prints it; a whole id is taken as it is. */
export async function findJobId(run: CommandRun, typed: string): Promise<string> {
  const prefix = typed.trim().toLowerCase();
  if (v.safeParse(JobId, prefix).success) return prefix;
  if (!/^[0-9a-f]{4}[0-9a-f-]*$/.test(prefix))
    throw new UsageError(`"${typed}" is not a job; give at least the first 4 digits of its id (drydock update list).`);
  const jobs = await run.call('update.list', { serial: null, openOnly: false, before: null, limit: NEWEST_JOBS });
  const [found, ...others] = jobs.filter(({ id }) => id.startsWith(prefix));
  if (found === undefined) throw new UsageError(`No job's id begins with ${prefix}; drydock update list shows them.`);
  if (others.length > 0) throw new UsageError(`${others.length + 1} jobs begin with ${prefix}; give more digits.`);
  return found.id;
}
