import type { ErrorCode } from '../../contract/error-code.ts';
import type { JobCheck, UpdateJobView } from '../../contract/schema/update-job.ts';

/** One update of one unit: exactly what its audit events say, folded (see `fold-job.ts`). */
export type UpdateJob = UpdateJobView;

/** The fields a move or a check may set; `id`, `state` and the request itself never change this way. */
export type JobChange = Partial<
  Pick<
    UpdateJob,
    | 'product'
    | 'serial'
    | 'hardware'
    | 'profile'
    | 'imageHash'
    | 'bootHash'
    | 'bootHashBefore'
    | 'versionBefore'
    | 'versionTarget'
    | 'versionAfter'
    | 'selfTest'
    | 'approvals'
    | 'missingProtections'
    | 'attention'
    | 'policyDigest'
    | 'puttingBack'
    | 'seenOnTrial'
    | 'staleSelfTest'
    | 'actors'
    | 'reason'
  >
> & {
  readonly code?: ErrorCode | null;
  /** Checks made since the last event; appended. */
  readonly checks?: readonly JobCheck[];
};

/** What a job is opened with: the part of it that a person asked for. */
export type JobRequest = Pick<
  UpdateJob,
  | 'id'
  | 'bundleDigest'
  | 'position'
  | 'place'
  | 'clones'
  | 'training'
  | 'workOrder'
  | 'assetTag'
  | 'udi'
  | 'statedSerial'
  | 'executedBy'
  | 'kind'
>;
