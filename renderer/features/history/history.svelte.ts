import { accept, type Refusal, type Result } from '../../../contract/result.ts';
import type { JobLine, UnitLife } from '../../../contract/schema/job-history.ts';
import type { UpdateJobView } from '../../../contract/schema/update-job.ts';
import { call } from '../../bridge/call.ts';
import { PagedList, pageRows } from '../../station/paged-list.svelte.ts';
import { station } from '../../station/live.svelte.ts';
import { isFiltered, noFilter, searchOf, type HistoryFilter } from './search.ts';

let owner: string | null = null;
let job = $state.raw<UpdateJobView | null>(null);
let life = $state.raw<UnitLife | null>(null);
let detailRefusal = $state.raw<Refusal | null>(null);
let question = 0;

/** What stands in the fields; bound by the screen, so that it is there again after another place was visited. */
export const filter = $state<{ -readonly [K in keyof HistoryFilter]: HistoryFilter[K] }>({ ...noFilter });

/** How many jobs the search finds in all, counted up to a bound. */
export const found = $state({ total: 0, isExact: true });

export const jobs = new PagedList<JobLine>(async (last, isNewest): Promise<Result<readonly JobLine[]>> => {
  const answer = await call('update.search', { ...searchOf(filter), before: last?.id ?? null, limit: pageRows });
  if (!answer.ok) return answer;
  if (last === null && isNewest())
    Object.assign(found, { total: answer.value.total, isExact: answer.value.isTotalExact });
  return accept(answer.value.jobs);
});

/** The job or the unit that is open in the drawer, as it was read; what the station tells of the job meanwhile is newer. */
export const detail = {
  get job(): UpdateJobView | null {
    return job === null ? null : (station.jobs.get(job.id) ?? job);
  },
  get life(): UnitLife | null {
    return life;
  },
  get refusal(): Refusal | null {
    return detailRefusal;
  },
};

/** Reads the list for whoever is logged in; another operator begins with empty fields. */
export async function openHistory(operator: string | null): Promise<void> {
  if (operator !== owner) {
    Object.assign(filter, noFilter);
    jobs.clear();
    closeDetail();
    owner = operator;
  }
  await jobs.restart();
}

/** Jobs that began after the list was read; none while it is narrowed: only the station knows what a search finds. */
export function newerJobs(): readonly JobLine[] {
  if (!jobs.isRead || isFiltered(filter)) return [];
  const [newest] = jobs.rows;
  const known = jobs.rows.slice(0, pageRows).map(({ id }) => id);
  return [...station.jobs.values()]
    .filter(({ id, createdAt }) => !known.includes(id) && (newest === undefined || createdAt >= newest.createdAt))
    .sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
}

export async function showJob(id: string): Promise<void> {
  const mine = closeDetail();
  const answer = await call('update.show', { id });
  if (mine !== question) return;
  if (answer.ok) job = answer.value;
  else detailRefusal = answer;
}

export async function showUnit(product: string, serial: string): Promise<void> {
  const mine = closeDetail();
  const answer = await call('unit.show', { product, serial });
  if (mine !== question) return;
  if (answer.ok) life = answer.value;
  else detailRefusal = answer;
}

/** Empties the drawer; an answer that is still on its way is not shown any more. */
export function closeDetail(): number {
  job = null;
  life = null;
  detailRefusal = null;
  question += 1;
  return question;
}
