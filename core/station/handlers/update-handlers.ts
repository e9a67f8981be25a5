import { accept, refuse, type Result } from '../../../contract/result.ts';
import type { UpdateJobView } from '../../../contract/schema/update-job.ts';
import type { BenchMap } from '../../device/bench-map.ts';
import type { UsbScanner } from '../../device/usb-scanner.ts';
import type { Sessions } from '../../operator/sessions.ts';
import type { UpdateEngine } from '../../update/engine.ts';
import type { UpdateRepository } from '../../update/repository.ts';
import type { Handlers } from '../dispatch.ts';
import { referTo } from './refer-to.ts';

type UpdateHandlers = Pick<
  Handlers,
  | 'update.start'
  | 'update.await'
  | 'update.resume'
  | 'update.revert'
  | 'update.cancel'
  | 'update.abandon'
  | 'update.show'
  | 'update.list'
>;

export interface UpdateHandlerDeps {
  readonly engine: UpdateEngine;
  readonly jobs: UpdateRepository;
  readonly sessions: Sessions;
  readonly scanner: UsbScanner;
  readonly map: BenchMap;
}

/** Jobs: start, follow, resume, end, look up. Whoever acts is named, not whoever acted before. */
export function createUpdateHandlers({ engine, jobs, sessions, scanner, map }: UpdateHandlerDeps): UpdateHandlers {
  return {
    'update.start': async (input, caller) => {
      const position = map.resolve(input.position);
      if (!position.ok) return position;
      // A unit that cannot be found is the job's affair, which ends with the reason.
      const sighted = await scanner.find(position.value);
      const stands = { position: position.value, place: map.placeAt(position.value) };
      const clones = sighted.ok ? sighted.value.unit.clones : [];
      const statedSerial = input.statedSerial ?? null;
      return engine.start({ ...input, ...stands, clones, statedSerial, executedBy: referTo(caller) });
    },
    'update.await': ({ id }) => engine.settled(id),
    'update.resume': ({ id }, caller) => engine.resume(id, referTo(caller)),
    'update.revert': ({ id }, caller) => engine.revert(id, referTo(caller)),
    'update.cancel': ({ id }, caller) => engine.cancel(id, referTo(caller)),
    'update.abandon': async ({ id, reason, password, code }, caller) => {
      const authority = await sessions.reauthenticate(caller.token, password, code);
      return authority.ok ? engine.abandon(id, reason, referTo(caller)) : authority;
    },
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
