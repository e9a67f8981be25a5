import * as v from 'valibot';
import type { OperationTable } from './operation.ts';
import { TypedPlace } from '../schema/bench-place.ts';
import { Sha256 } from '../schema/bundle.ts';
import { JobSearch, JobsFound } from '../schema/job-history.ts';
import { reauthenticationFields } from '../schema/session.ts';
import { ScanText, UpdateJobView } from '../schema/update-job.ts';
import { JobId, Label, Page } from './input.ts';

/** Update jobs. */
export const updateOperations = {
  'update.start': {
    access: 'update.execute',
    input: v.strictObject({
      position: TypedPlace,
      bundleDigest: Sha256,
      kind: v.picklist(['install', 'recovery', 'downgrade']),
      workOrder: ScanText,
      assetTag: v.nullable(ScanText),
      udi: v.nullable(ScanText),
      /** Read off the unit's label, for a unit in a ROM boot loader that does not know it. */
      statedSerial: v.exactOptional(v.nullable(ScanText)),
    }),
    output: UpdateJobView,
  },
  /** Resolves when nobody works on the job any more. */
  'update.await': { access: 'update.read', input: v.strictObject({ id: JobId }), output: UpdateJobView },
  'update.resume': { access: 'update.execute', input: v.strictObject({ id: JobId }), output: UpdateJobView },
  /** Puts the old firmware back on a unit that runs the new one on trial. */
  'update.revert': { access: 'update.execute', input: v.strictObject({ id: JobId }), output: UpdateJobView },
  /** Gives up a unit that is indeterminate and will not be heard of again; the job ends without a claim of what it runs. */
  'update.abandon': {
    access: 'update.execute',
    input: v.strictObject({ id: JobId, reason: Label, ...reauthenticationFields }),
    output: UpdateJobView,
  },
  'update.cancel': { access: 'update.execute', input: v.strictObject({ id: JobId }), output: UpdateJobView },
  'update.show': { access: 'update.read', input: v.strictObject({ id: JobId }), output: UpdateJobView },
  /** The history, newest first. `before`: the id of the last job of the page before; jobs that are added meanwhile move no page. */
  'update.search': {
    access: 'update.read',
    input: v.strictObject({ ...JobSearch.entries, before: v.nullable(JobId), limit: Page }),
    output: JobsFound,
  },
  'update.list': {
    access: 'update.read',
    input: v.strictObject({
      serial: v.nullable(v.string()),
      openOnly: v.boolean(),
      before: v.nullable(JobId),
      limit: Page,
    }),
    output: v.array(UpdateJobView),
  },
} as const satisfies OperationTable;
