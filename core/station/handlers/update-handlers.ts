import { accept, refuse, type Result } from '../../../contract/result.ts';
import type { UpdateJobView } from '../../../contract/schema/update-job.ts';
import type { UpdateEngine } from '../../update/engine.ts';
import type { UpdateRepository } from '../../update/repository.ts';
import type { Handlers } from '../dispatch.ts';

type UpdateHandlers = Pick<
  Handlers,
  'update.start' | 'update.await' | 'update.resume' | 'update.revert' | 'update.cancel' | 'update.show' | 'update.list'
>;

/** Jobs: start, follow, resume, cancel, look up. */
export function createUpdateHandlers({
  engine,
  jobs,
}: {
  engine: UpdateEngine;
  jobs: UpdateRepository;
}): UpdateHandlers {
  return {
    'update.start': (input, { operator }) => {
      const { id, username, printedName } = operator;
      return engine.start({ ...input, executedBy: { id, username, printedName } });
    },
    'update.await': ({ id }) => engine.settled(id),
    'update.resume': ({ id }) => engine.resume(id),
    'update.revert': ({ id }) => engine.revert(id),
    'update.cancel': ({ id }) => engine.cancel(id),
    'update.show': ({ id }) => findJob(jobs, id),
    'update.list': ({ serial, openOnly, before, limit }) =>
      accept([
        ...jobs.jobs({
          limit,
          open: openOnly,
          ...(serial === null ? {} : { serial }),
          ...(before === null ? {} : { before }),
        }),
      ]),
  };
}

function findJob(jobs: UpdateRepository, id: string): Result<UpdateJobView> {
  const job = jobs.job(id);
  return job === null ? refuse('update.job-unknown', `There is no job ${id}.`) : accept(job);
}
